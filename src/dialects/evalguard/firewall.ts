// The guard under EvalGuard's two names: what its clients ask of `/guardrails` and `/firewall/check`. Pure.
import { unknownValue } from '../../core/errors.ts';
import { detectors } from '../../guard/detectors/index.ts';
import { type Finding, firedLabel } from '../../guard/finding.ts';
import { DEFAULT_TIME_LIMIT_MS, type Policy } from '../../guard/policy.ts';
import type { GuardRequest, GuardResult } from '../../guard/service.ts';

/** What its clients call the rules. */
const aliases: Readonly<Record<string, string>> = {
  injection: 'modern-guard',
  'prompt-injection': 'modern-guard',
  jailbreak: 'modern-guard',
  secret: 'secrets',
  toxic: 'moderation',
  toxicity: 'moderation',
};

const INLINE = 'rules';

function detectorOf(rule: string, index: number): string {
  const name = rule.trim().toLowerCase();
  const id = aliases[name] ?? name;
  // What needs a reference cannot be asked for by name alone.
  const allowed = detectors
    .filter(({ reference }) => reference === null || reference.safeParse(undefined).success)
    .map((detector) => detector.id);
  if (!allowed.includes(id)) throw unknownValue(`${INLINE}[${index}]`, rule, [...Object.keys(aliases), ...allowed]);
  return id;
}

const policyOver = (rules: readonly string[]): Policy => ({
  id: INLINE,
  version: 1,
  definition: null,
  targets: ['user'],
  rules: [...new Set(rules.map(detectorOf))].map((detector) => ({ detector, action: 'block', threshold: null })),
  onFailure: 'closed',
  timeLimitMs: DEFAULT_TIME_LIMIT_MS,
  overrideResponse: null,
  byDefault: false,
});

/** One text of a user, under the named rules or the project's default policies. */
export const guardRequest = (projectId: string, text: string, rules: readonly string[] = []): GuardRequest => ({
  projectId,
  messages: [{ role: 'user', content: text }],
  session: null,
  inline: rules.length === 0 ? [] : [policyOver(rules)],
  enabled: [],
  fields: { inline: INLINE, enabled: INLINE, words: { policy: '', rules: INLINE, detector: 'rule' } },
  overrideResponse: null,
  failFast: false,
});

const labelOf = (finding: Finding): string => firedLabel(finding) ?? finding.detector;

const milliseconds = (ms: number): number => Math.round(ms * 100) / 100;

const fired = ({ decision }: GuardResult): Finding[] =>
  decision.findings
    .filter(({ detected }) => detected)
    .toSorted((left, right) => (right.score ?? 0) - (left.score ?? 0));

function reasonOf(finding: Finding): Record<string, unknown> {
  const detail = finding.undecided ?? `score ${finding.score} at threshold ${finding.threshold}`;
  return {
    rule: finding.policyId,
    type: finding.detector,
    detail: `${labelOf(finding)}: ${detail}`,
    severity: finding.action === 'block' ? 'high' : 'medium',
  };
}

/** `action` is what may happen: what would only be redacted is flagged. */
export function guardrailAnswer(result: GuardResult): Record<string, unknown> {
  const { decision } = result;
  const undecided = decision.findings.filter((finding) => finding.undecided !== null);
  return {
    action: decision.denied ? 'block' : decision.flagged || decision.redacted ? 'flag' : 'allow',
    reasons: [...fired(result), ...undecided].map(reasonOf),
    latencyMs: milliseconds(result.ms),
  };
}

/** `score` is the strongest that fired, or else that was measured, in 0..1. */
export function firewallAnswer(result: GuardResult): Record<string, unknown> {
  const { decision } = result;
  const hits = fired(result);
  const [first] = hits;
  const measured = decision.findings.map(({ score }) => score ?? 0);
  return {
    blocked: decision.denied,
    score: first?.score ?? Math.max(0, ...measured),
    category: first?.detector ?? 'none',
    subcategory: first ? labelOf(first) : 'none',
    latencyMs: milliseconds(result.ms),
    hits: hits.map((finding) => ({
      rule: finding.policyId,
      type: finding.detector,
      label: labelOf(finding),
      score: finding.score,
      threshold: finding.threshold,
      spans: finding.hits.flatMap(({ spans }) => spans),
    })),
    undecided: decision.undecided,
  };
}
