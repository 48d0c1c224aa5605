// How long we wait before asking again, and when we stop asking: pure (design.md "How a scan runs").
import type { CallFailure, CallFailureKind } from '../core/chat.ts';

export const MAX_CALLS_PER_TRY = 5;
export const TRY_BUDGET_MS = 120_000;
const BASE_DELAYS_MS = [1_000, 2_000, 4_000, 8_000] as const;

const retried: ReadonlySet<CallFailureKind> = new Set([
  'adapted',
  'rate_limited',
  'server_error',
  'unreachable',
  'hung_up',
  'timeout',
  'cut',
  'empty',
  'unparseable',
]);

/** Whether asking again may help: 429, 5xx, lost, cut, empty and unreadable answers; never another 4xx. */
export const isRetryable = (failure: CallFailure): boolean => retried.has(failure.kind);

/**
 * Milliseconds to wait before call number `callsMade + 1`, or null to give up. The endpoint's own wish comes first;
 * else 1, 2, 4, 8 s with full jitter (Brooker, "Exponential Backoff And Jitter", 2015). `spentMs` is what calls and
 * waits of this try have taken; `random` lies in [0, 1).
 */
export function retryDelay(
  failure: CallFailure,
  callsMade: number,
  spentMs: number,
  random: number,
  mostCalls = MAX_CALLS_PER_TRY,
): number | null {
  if (!isRetryable(failure) || callsMade >= mostCalls) return null;
  const base = BASE_DELAYS_MS[Math.min(callsMade, BASE_DELAYS_MS.length) - 1] ?? BASE_DELAYS_MS[0];
  const delay = failure.retryAfterMs ?? Math.round(random * base);
  return spentMs + delay >= TRY_BUDGET_MS ? null : delay;
}
