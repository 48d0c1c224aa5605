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

/** A wrong key or address stays wrong. */
const mendedByAPerson = new Set<CallFailure['kind']>(['client_error', 'not_allowed']);

/**
 * Gone is a target that failed 50 calls in a row and has not answered for 60 s, or never. A wrong key or address
 * (4xx) needs no such wait: nothing but a person mends it.
 */
export function createOutageWatch(): OutageWatch {
  let inARow = 0;
  let refusedInARow = 0;
  let lastSuccess: number | null = null;
  let last: CallFailure | null = null;
  let answered = false;
  const succeed = (now: number): null => {
    inARow = 0;
    refusedInARow = 0;
    lastSuccess = now;
    answered = true;
    return null;
  };
  const isGone = (now: number): boolean => {
    const isSilent = lastSuccess === null || now - lastSuccess >= PATIENCE_MS;
    return refusedInARow >= FAILURES_IN_A_ROW || (inARow >= FAILURES_IN_A_ROW && isSilent);
  };
  return {
    record(ok, failure, now) {
      if (ok || failure === null) return succeed(now);
      if (failure.kind === 'adapted' || failure.kind === 'interrupted') return null;
      last = failure;
      if (!ofTheEndpoint.has(failure.kind)) answered = true;
      inARow += 1;
      refusedInARow = mendedByAPerson.has(failure.kind) ? refusedInARow + 1 : 0;
      return isGone(now) ? `The target failed ${inARow} calls in a row. The last one: ${failure.message}` : null;
    },
    neverAnswered: () =>
      answered || last === null ? null : `The target answered none of the calls. The last one: ${last.message}`,
  };
}
