// Makes a policy ready to be asked: its detectors found, their references checked and compiled.
import { invalidField, RedoubtError } from '../core/errors.ts';
import { plainIssue } from '../core/issue-words.ts';
import type { Detector, DetectorServices, OpenDetector } from './detectors/detector.ts';
import { detectors, requireDetector } from './detectors/index.ts';
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
  const issue = plainIssue(parsed.error.issues[0]!);
  const place = [field, ...issue.path].join('.');
  throw invalidField(
    place,
    reference == null
      ? `detector "${detector.id}" needs ${what}.`
      : `detector "${detector.id}" takes ${what}: ${issue.message}.`,
  );
}

/** Opens the detector; a complaint about its reference gets the place of that reference. */
async function opened(
  detector: Detector,
  reference: unknown,
  services: DetectorServices,
  place: string,
): Promise<OpenDetector> {
  try {
    return await detector.open(reference, services);
  } catch (error) {
    if (!(error instanceof RedoubtError) || error.code !== 'INVALID_FIELD') throw error;
    throw invalidField(`${place}${error.details.field}`, error.details.reason ?? '');
  }
}

/** What the writer of a policy calls its parts, for error messages; `policy` is its place, empty where it is all there is. */
export interface PolicyWords {
  readonly policy: string;
  readonly rules: string;
  readonly detector: string;
}

/** As policies are written in files. */
export const ownWords = (policy: string): PolicyWords => ({ policy, rules: 'rules', detector: 'detector' });

/** Throws UNKNOWN_VALUE or INVALID_FIELD, in the words given. */
export async function openPolicy(policy: Policy, services: DetectorServices, words: PolicyWords): Promise<OpenPolicy> {
  const checks: Check[] = [];
  for (const [index, rule] of policy.rules.entries()) {
    const place = `${words.policy === '' ? '' : `${words.policy}.`}${words.rules}[${index}]`;
    const detector = requireDetector(rule.detector, `${place}.${words.detector}`);
    checkedReference(detector, rule.reference, `${place}.reference`);
    const open = await opened(detector, rule.reference ?? null, services, `${place}.`);
    const question = `${detector.id} ${rule.reference === undefined ? '' : JSON.stringify(rule.reference)}`;
    checks.push({ policy, rule, detector, open, question });
  }
  return { policy, checks };
}

/** Stands in for a detector that is no longer there. */
const missing = (id: string): Detector => ({
  id,
  title: id,
  summary: 'Is no longer there.',
  version: 1,
  cost: 'rules',
  experimental: false,
  reads: 'raw',
  asks: 'message',
  threshold: 0.5,
  reference: null,
  open: () => {
    throw new Error(`detector "${id}" is no longer there`);
  },
});

/** A policy that could not be made ready: none of its rules can decide, and its failure setting says what follows. */
export function unopenedPolicy(policy: Policy, reason: string): OpenPolicy {
  const open: OpenDetector = {
    detect: () => {
      throw new Error(`policy "${policy.id}" cannot be used: ${reason}`);
    },
  };
  const checks = policy.rules.map((rule, index): Check => {
    const detector = detectors.find(({ id }) => id === rule.detector) ?? missing(rule.detector);
    return { policy, rule, detector, open, question: `unopened ${policy.id} ${index}` };
  });
  return { policy, checks };
}
