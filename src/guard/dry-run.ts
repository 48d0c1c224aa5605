// What a draft of a policy would have done to recorded decisions: how many more it would deny or flag, and which.
import type { Clock } from '../core/ports.ts';
import { createSlices } from '../core/slices.ts';
import { decide } from './decide.ts';
import type { RecordedDecision, RecordedFinding } from './decision-log.ts';
import { evaluate } from './evaluate.ts';
import type { Decision, Finding } from './finding.ts';
import type { GuardMessage } from './message.ts';
import type { OpenPolicy } from './open-policy.ts';
import { newSessionMemory, sessionRiskOver, type TurnReader } from './session-risk.ts';
import { sessionWeights } from './turn-risk.ts';

type Verdict = Pick<Decision, 'flagged' | 'denied' | 'redacted' | 'undecided'>;

/** A recorded decision that the draft would have made otherwise. */
export interface DryRunChange {
  readonly id: string;
  readonly createdAt: number;
  readonly was: Verdict;
  readonly would: Verdict;
  /** Detectors of the draft that fired. */
  readonly fired: readonly string[];
  /** The messages as they were recorded. */
  readonly messages: readonly GuardMessage[];
}

export interface DryRun {
  /** Recorded decisions that were looked at, and those that could not be, as their messages were not kept. */
  readonly n: number;
  readonly withoutMessages: number;
  readonly denies: { readonly before: number; readonly after: number };
  readonly flags: { readonly before: number; readonly after: number };
  /** Newest first, at most as many as were asked for. */
  readonly denied: readonly DryRunChange[];
  readonly released: readonly DryRunChange[];
}

export interface DryRunOptions {
  readonly clock: Clock;
  readonly reader: TurnReader;
  /** Changes shown of each kind. */
  readonly most: number;
}

const verdictOf = ({ flagged, denied, redacted, undecided }: Verdict): Verdict => ({
  flagged,
  denied,
  redacted,
  undecided,
});

const count = (rows: readonly { readonly verdict: Verdict }[], is: (verdict: Verdict) => boolean): number =>
  rows.filter(({ verdict }) => is(verdict)).length;

/** What another policy found at the time; it would find the same. Whether it was open or closed is not recorded. */
const asFound = (finding: RecordedFinding): Finding => ({
  ...finding,
  onFailure: 'closed',
  overrideResponse: null,
  hits: [],
  asked: true,
  ms: 0,
});

/**
 * Asks the draft about what was recorded, in place of the policy of the same id; what other policies found stays.
 * Recorded messages have what was found replaced by labels, so that a draft cannot find the same values again unless
 * the log keeps full messages.
 */
export async function dryRun(
  draft: OpenPolicy,
  recorded: readonly RecordedDecision[],
  options: DryRunOptions,
): Promise<DryRun> {
  const before: { verdict: Verdict }[] = [];
  const after: { verdict: Verdict }[] = [];
  const [denied, released]: DryRunChange[][] = [[], []];
  const slices = createSlices();
  for (const decision of recorded) {
    if (slices.isOver()) await slices.next();
    const { messages } = decision;
    if (messages === null) continue;
    const session = sessionRiskOver(newSessionMemory(), options.reader, sessionWeights());
    const findings = await evaluate(draft.checks, messages, { clock: options.clock, session, failFast: false });
    const others = decision.findings.filter(({ policyId }) => policyId !== draft.policy.id).map(asFound);
    const would = decide([...others, ...findings], null);
    before.push({ verdict: decision });
    after.push({ verdict: would });
    const change = (): DryRunChange => ({
      id: decision.id,
      createdAt: decision.createdAt,
      was: verdictOf(decision),
      would: verdictOf(would),
      fired: findings.filter((finding) => finding.detected).map((finding) => finding.detector),
      messages,
    });
    if (would.denied && !decision.denied) denied!.push(change());
    if (!would.denied && decision.denied) released!.push(change());
  }
  return {
    n: after.length,
    withoutMessages: recorded.length - after.length,
    denies: { before: count(before, (it) => it.denied), after: count(after, (it) => it.denied) },
    flags: { before: count(before, (it) => it.flagged), after: count(after, (it) => it.flagged) },
    denied: denied!.slice(0, options.most),
    released: released!.slice(0, options.most),
  };
}
