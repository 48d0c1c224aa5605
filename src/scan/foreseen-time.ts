// How long calls to a target will take: pure.
import type { PaceLimits } from '../core/ports.ts';

/** Before anything is known of a target a call is taken to last this long. */
export const ASSUMED_CALL_SECONDS = 1;

/**
 * Seconds that `calls` take by each of their limits; the larger holds. `secondsPerCall`: how long one takes by itself, while
 * `concurrency` are under way at once.
 */
export const foreseenSeconds = (
  calls: number,
  secondsPerCall: number,
  { concurrency, qpm }: PaceLimits,
): { readonly byAnswers: number; readonly byRate: number } => ({
  byAnswers: (calls * secondsPerCall) / concurrency,
  byRate: qpm === null ? 0 : (calls * 60) / qpm,
});
