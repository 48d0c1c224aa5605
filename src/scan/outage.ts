// Notices that a target is gone for good, so that a scan ends as Failed instead of burning its tests.
import type { CallFailure } from '../core/chat.ts';

export const FAILURES_IN_A_ROW = 50;
export const PATIENCE_MS = 60_000;

export interface OutageWatch {
  /** Takes note of a call's end; gives the reason once the target counts as gone. */
  record(ok: boolean, failure: CallFailure | null, now: number): string | null;
  /** The reason where not a single call has been answered at all. */
  neverAnswered(): string | null;
}

/** Failures that say: the endpoint itself is wrong or away, not this one answer. */
const ofTheEndpoint = new Set<CallFailure['kind']>([
  'client_error',
  'server_error',
  'unreachable',
  'hung_up',
  'timeout',
  'not_allowed',
  'rate_limited',
]);

/** Whether what came of a call, as it is counted, shows an endpoint that is there: an answer, if a useless one. */
export const saysThatItIsThere = (result: string): boolean => {
  const [kind] = result.split(' ');
  return kind !== 'adapted' && kind !== 'interrupted' && !ofTheEndpoint.has(kind as CallFailure['kind']);
};

const LAST = ' The last one: ';

export const unansweredSentence = (who: string, last: string): string =>
  `The ${who} answered none of the calls.${LAST}${last}`;

/** The reason without the words of the endpoint in it, but with the status that it answered. */
export function withoutItsWords(reason: string): string {
  const end = reason.indexOf(LAST);
  if (end < 0) return reason;
  const answered = /^The endpoint answered HTTP \d{3}/.exec(reason.slice(end + LAST.length));
  return answered === null ? reason.slice(0, end) : `${reason.slice(0, end)}${LAST}${answered[0]}.`;
}

/** A wrong key stays wrong, and so does an address at which nothing has ever listened. */
const hopeless = new Set<CallFailure['kind']>(['client_error', 'not_allowed']);
const hopelessFromTheStart = new Set<CallFailure['kind']>([...hopeless, 'unreachable']);

/**
 * Gone is a target that failed 50 calls in a row and has not answered for 60 s. What nothing but a person mends (4xx,
 * an address at which nothing ever answered) needs no such wait; a rate limit at the very start does.
 */
export function createOutageWatch(who: 'target' | 'judge model' = 'target'): OutageWatch {
  let inARow = 0;
  let hopelessInARow = 0;
  let lastSign: number | null = null;
  let last: CallFailure | null = null;
  let hadSuccess = false;
  let answered = false;
  const succeed = (now: number): null => {
    inARow = 0;
    hopelessInARow = 0;
    lastSign = now;
    hadSuccess = true;
    answered = true;
    return null;
  };
  const isGone = (now: number): boolean => {
    const isSilent = lastSign !== null && now - lastSign >= PATIENCE_MS;
    return hopelessInARow >= FAILURES_IN_A_ROW || (inARow >= FAILURES_IN_A_ROW && isSilent);
  };
  return {
    record(ok, failure, now) {
      if (ok || failure === null) return succeed(now);
      if (failure.kind === 'adapted' || failure.kind === 'interrupted') return null;
      last = failure;
      lastSign ??= now;
      if (!ofTheEndpoint.has(failure.kind)) answered = true;
      inARow += 1;
      const isHopeless = (hadSuccess ? hopeless : hopelessFromTheStart).has(failure.kind);
      hopelessInARow = isHopeless ? hopelessInARow + 1 : 0;
      return isGone(now) ? `The ${who} failed ${inARow} calls in a row.${LAST}${failure.message}` : null;
    },
    neverAnswered: () => (answered || last === null ? null : unansweredSentence(who, last.message)),
  };
}
