// Makes a policy ready to be asked: its detectors found, their references checked and compiled.
import { invalidField } from '../core/errors.ts';
import type { Detector, DetectorServices, OpenDetector } from './detectors/detector.ts';
import { requireDetector } from './detectors/index.ts';
import type { Policy, PolicyRule } from './policy.ts';

/** One rule of a policy, ready. */
export interface Check {
  readonly policy: Policy;
  readonly rule: PolicyRule;
  readonly detector: Detector;
  readonly open: OpenDetector;
  /** The same for rules that ask the same question, so that it is asked once a request. */
  readonly question: string;
}

export interface OpenPolicy {
  readonly policy: Policy;
  readonly checks: readonly Check[];
}

function checkedReference(detector: Detector, reference: unknown, field: string): void {
  if (detector.reference === null) return;
  const parsed = detector.reference.safeParse(reference);
  if (parsed.success) return;
  const what = detector.reference.description ?? 'something to look for';
  const [issue] = parsed.error.issues;
  const place = [field, ...(issue?.path ?? [])].join('.');
  throw invalidField(
    place,
    reference == null
      ? `detector "${detector.id}" needs ${what}.`
      : `detector "${detector.id}" takes ${what}: ${issue?.message}.`,
  );
}

/** `field` names the policy in what the caller wrote. Throws UNKNOWN_VALUE or INVALID_FIELD. */
export async function openPolicy(policy: Policy, services: DetectorServices, field: string): Promise<OpenPolicy> {
  const checks: Check[] = [];
  for (const [index, rule] of policy.rules.entries()) {
    const place = `${field}.rules[${index}]`;
    const detector = requireDetector(rule.detector, `${place}.detector`);
    checkedReference(detector, rule.reference, `${place}.reference`);
    const open = await detector.open(rule.reference ?? null, services);
    const question = `${detector.id} ${rule.reference === undefined ? '' : JSON.stringify(rule.reference)}`;
    checks.push({ policy, rule, detector, open, question });
  }
  return { policy, checks };
}
