// Guardion's words to ours and back: pure.
import { SAFE_LABEL } from '../../guard/detectors/detector.ts';
import { type Finding, firedLabel } from '../../guard/finding.ts';
import type { PolicyWords } from '../../guard/open-policy.ts';
import { type Action, DEFAULT_TIME_LIMIT_MS, type Policy } from '../../guard/policy.ts';
import type { GuardRequest, GuardResult } from '../../guard/service.ts';
import {
  type Corrected,
  correctedChoices,
  correctedTools,
  namedPlace,
  type Place,
  placedMessages,
} from './guard-places.ts';
import type { EvalBody, GuardBody, PolicyBody } from './schema.ts';

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

export interface GuardCall {
  readonly request: GuardRequest;
  /** Where the caller wrote each of the request's messages. */
  readonly places: readonly Place[];
}

export function guardCall(projectId: string, body: GuardBody): GuardCall {
  const read = placedMessages(body);
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
  return { request, places: read.map(({ place }) => place) };
}

const UNDECIDED = 'could not decide';

const isShown = (finding: Finding, all: boolean): boolean => all || finding.detected || finding.undecided !== null;

const topLabel = (finding: Finding): string => (finding.detected ? (firedLabel(finding) ?? 'DETECTED') : SAFE_LABEL);

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
function guardBreakdown(finding: Finding, { request, places }: GuardCall): Record<string, unknown> {
  const spans = finding.hits.flatMap(({ index, spans: found }) =>
    found.map(({ start, end, label, score }) => ({
      label,
      score,
      text: request.messages[index]!.content.slice(start, end),
      spans: { start, end },
      ...namedPlace(places[index]!),
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

type AnyCorrection = Readonly<Record<string, unknown>> | null;

/** Said in place of everything else. */
const overriding = ({ decision: { override } }: GuardResult): AnyCorrection =>
  override === null ? null : { choices: [{ role: 'assistant', content: override }] };

function correctedOf({ decision, correction }: GuardResult): Corrected | null {
  if (correction === null) return null;
  return {
    messages: correction.messages,
    flagged: new Set(decision.findings.flatMap(({ hits }) => hits.map((hit) => hit.index))),
    redacted: new Set(correction.redactions.map(({ index }) => index)),
  };
}

function evalCorrection(result: GuardResult): AnyCorrection {
  const corrected = correctedOf(result);
  if (result.decision.override !== null || corrected === null) return overriding(result);
  const choices = corrected.messages.map(({ role, content }, index) => ({
    role,
    index,
    flagged: corrected.flagged.has(index),
    redacted: corrected.redacted.has(index),
    content,
  }));
  return { choices };
}

/** `redaction_spans` are places in contents alone: whoever applies them to a message changes nothing else. */
function guardCorrection(result: GuardResult, { places }: GuardCall, body: GuardBody): AnyCorrection {
  const corrected = correctedOf(result);
  const instead = overriding(result);
  if (instead !== null) return { ...instead, redaction_spans: [] };
  if (corrected === null) return null;
  const tools = correctedTools(body, places, corrected);
  const spans = result.correction!.redactions.flatMap(({ index: at, ...redaction }) => {
    const { index, at: elsewhere } = namedPlace(places[at]!);
    return index === undefined || elsewhere !== undefined ? [] : [{ index, ...redaction }];
  });
  return {
    choices: correctedChoices(body, places, corrected),
    ...(tools === null ? {} : { tools }),
    redaction_spans: spans,
  };
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
  correction: evalCorrection(result),
});

export function guardAnswer(
  result: GuardResult,
  call: GuardCall,
  body: GuardBody,
  now: number,
): Record<string, unknown> {
  return {
    id: result.id,
    object: 'guard',
    ...sharedAnswer(result, now),
    breakdown: result.decision.findings
      .filter((each) => isShown(each, body.breakdown_all === true))
      .map((finding) => guardBreakdown(finding, call)),
    correction: guardCorrection(result, call, body),
  };
}
