// Guardion's words to ours and back: pure.
import type { Finding } from '../../guard/finding.ts';
import type { GuardMessage } from '../../guard/message.ts';
import type { PolicyWords } from '../../guard/open-policy.ts';
import { type Action, DEFAULT_TIME_LIMIT_MS, type Policy } from '../../guard/policy.ts';
import type { GuardRequest, GuardResult } from '../../guard/service.ts';
import type { EvalBody, GuardBody, GuardMessageBody, PolicyBody } from './schema.ts';

type Expected = PolicyBody['detectors'][number]['expected'];

const actionOf: Readonly<Record<Expected, Action>> = { block: 'block', async: 'redact', pass: 'flag', strip: 'strip' };
const expectedOf: Readonly<Record<Action, Expected>> = {
  block: 'block',
  redact: 'async',
  flag: 'pass',
  strip: 'strip',
};

/** What its documents call the parts of a policy. */
export const vendorWords: PolicyWords = { policy: '', rules: 'detectors', detector: 'model' };

export const policyOf = (body: PolicyBody): Policy => ({
  id: body.id,
  version: 1,
  definition: body.definition ?? null,
  targets: body.target,
  rules: body.detectors.map(({ model, expected, threshold, reference }) => ({
    detector: model,
    action: actionOf[expected],
    threshold: threshold ?? null,
    ...(reference == null ? {} : { reference }),
  })),
  onFailure: body.on_failure ?? 'closed',
  timeLimitMs: body.time_limit_ms ?? DEFAULT_TIME_LIMIT_MS,
  overrideResponse: body.override_response ?? null,
  byDefault: body.default ?? false,
});

/** A policy as its documents write one, with what is ours beside it. */
export const policyAnswer = (policy: Policy): Record<string, unknown> => ({
  id: policy.id,
  version: policy.version,
  definition: policy.definition,
  target: policy.targets.length === 1 ? policy.targets[0] : policy.targets,
  detectors: policy.rules.map((rule) => ({
    model: rule.detector,
    expected: expectedOf[rule.action],
    threshold: rule.threshold,
    reference: rule.reference ?? null,
  })),
  override_response: policy.overrideResponse,
  on_failure: policy.onFailure,
  time_limit_ms: policy.timeLimitMs,
  default: policy.byDefault,
});

export const evalRequest = (projectId: string, body: EvalBody): GuardRequest => ({
  projectId,
  messages: body.messages,
  session: body.session ?? null,
  inline: (body.policies ?? []).map(policyOf),
  enabled: body.enabled_policies ?? [],
  fields: { inline: 'policies', enabled: 'enabled_policies', words: vendorWords },
  overrideResponse: body.override_response ?? null,
  failFast: body.fail_fast ?? true,
});

/** Which of the caller's messages each of ours came from; -1: from a tool's description. */
export interface GuardCall {
  readonly request: GuardRequest;
  readonly origins: readonly number[];
}

const textOf = (content: GuardMessageBody['content']): string => {
  if (content == null) return '';
  if (typeof content === 'string') return content;
  return content.flatMap((part) => (part.text === undefined ? [] : [part.text])).join('\n');
};

const callTexts = (message: GuardMessageBody): string[] =>
  (message.tool_calls ?? []).map((call) => {
    const given = call.function?.arguments;
    return typeof given === 'string' ? given : JSON.stringify(given ?? {});
  });

interface Origin {
  readonly origin: number;
  readonly message: GuardMessage;
}

function messagesOf(body: GuardBody): Origin[] {
  const said = body.messages.flatMap((message, origin): Origin[] => [
    { origin, message: { role: message.role, content: textOf(message.content) } },
    ...callTexts(message).map((content): Origin => ({ origin: -1, message: { role: message.role, content } })),
  ]);
  const offered = (body.tools ?? []).map(
    (tool): Origin => ({ origin: -1, message: { role: 'tool', content: JSON.stringify(tool) } }),
  );
  return [...said, ...offered];
}

export function guardCall(projectId: string, body: GuardBody): GuardCall {
  const read = messagesOf(body);
  const byName = body.override_enabled_policies ?? [];
  const enabled = byName.length > 0 ? byName : (body.policy ?? []);
  const request: GuardRequest = {
    projectId,
    messages: read.map(({ message }) => message),
    session: body.session ?? null,
    inline: (body.policies ?? []).map(policyOf),
    enabled,
    fields: {
      inline: 'policies',
      enabled: byName.length > 0 ? 'override_enabled_policies' : 'policy',
      words: vendorWords,
    },
    overrideResponse: body.override_response ?? null,
    failFast: body.fail_fast ?? false,
  };
  return { request, origins: read.map(({ origin }) => origin) };
}

const SAFE = 'SAFE';
const UNDECIDED = 'could not decide';

const isShown = (finding: Finding, all: boolean): boolean => all || finding.detected || finding.undecided !== null;

const topLabel = (finding: Finding): string => (finding.detected ? (finding.labels[0]?.label ?? 'DETECTED') : SAFE);

const breakdownOf = (finding: Finding): Record<string, unknown> => ({
  policy_id: finding.policyId,
  detector: finding.detector,
  detected: finding.detected,
  threshold: finding.threshold,
  score: finding.score,
});

function evalBreakdown(finding: Finding): Record<string, unknown> {
  const result = finding.undecided === null ? topLabel(finding) : `${UNDECIDED}: ${finding.undecided}`;
  return { ...breakdownOf(finding), result: finding.asked ? result : null };
}

/** The published client reads a list of labels, or nothing at all: null would break it. */
function guardBreakdown(finding: Finding, messages: readonly GuardMessage[]): Record<string, unknown> {
  const spans = finding.hits.flatMap(({ index, spans: found }) =>
    found.map(({ start, end, label, score }) => ({
      label,
      score,
      text: messages[index]!.content.slice(start, end),
      spans: { start, end },
      index,
    })),
  );
  const result = spans.length > 0 ? spans : finding.labels.map(({ label, score }) => ({ label, score }));
  return {
    ...breakdownOf(finding),
    policy: finding.policyId,
    top_label: finding.asked && finding.undecided === null ? topLabel(finding) : null,
    labels: finding.labels.map(({ label }) => label),
    label_scores: Object.fromEntries(finding.labels.map(({ label, score }) => [label, score])),
    ...(result.length > 0 ? { result } : {}),
    ...(finding.undecided === null ? {} : { undecided: finding.undecided }),
  };
}

interface Choice {
  readonly role: string;
  readonly index: number;
  readonly flagged: boolean;
  readonly redacted: boolean;
  readonly content: string;
}

function correctionOf(result: GuardResult, origins: readonly number[] | null): { choices: unknown[] } | null {
  const { decision, correction } = result;
  if (decision.override !== null) return { choices: [{ role: 'assistant', content: decision.override }] };
  if (correction === null) return null;
  const flagged = new Set(decision.findings.flatMap(({ hits }) => hits.map((hit) => hit.index)));
  const changed = new Set(correction.redactions.map(({ index }) => index));
  const choices = correction.messages.flatMap(({ role, content }, at): Choice[] => {
    const index = origins === null ? at : origins[at]!;
    return index < 0 ? [] : [{ role, index, flagged: flagged.has(at), redacted: changed.has(at), content }];
  });
  return { choices };
}

const sharedAnswer = ({ decision, sessionRisk, ms }: GuardResult, now: number): Record<string, unknown> => ({
  time: Math.round(ms * 1000) / 1000,
  created: Math.floor(now / 1000),
  flagged: decision.flagged,
  deny: decision.denied,
  redacted: decision.redacted,
  ...(sessionRisk === null ? {} : { session_risk_score: Math.round(sessionRisk * 10_000) / 10_000 }),
});

export const evalAnswer = (result: GuardResult, body: EvalBody, now: number): Record<string, unknown> => ({
  object: 'eval',
  ...sharedAnswer(result, now),
  status: result.decision.flagged ? 'flagged' : 'safe',
  breakdown: result.decision.findings.filter((each) => isShown(each, body.breakdown_all === true)).map(evalBreakdown),
  correction: correctionOf(result, null),
});

export function guardAnswer(
  result: GuardResult,
  call: GuardCall,
  body: GuardBody,
  now: number,
): Record<string, unknown> {
  const { origins, request } = call;
  const correction = correctionOf(result, origins);
  const redactionSpans = (result.correction?.redactions ?? []).flatMap(({ index, ...redaction }) =>
    origins[index]! < 0 ? [] : [{ index: origins[index]!, ...redaction }],
  );
  return {
    id: result.id,
    object: 'guard',
    ...sharedAnswer(result, now),
    breakdown: result.decision.findings
      .filter((each) => isShown(each, body.breakdown_all === true))
      .map((finding) => guardBreakdown(finding, request.messages)),
    correction: correction === null ? null : { ...correction, redaction_spans: redactionSpans },
  };
}
