// How trainings and benches of the guard print a share.
import type { wilson } from '../src/core/score/interval.ts';

type Rate = ReturnType<typeof wilson>;

/** In percent, with its 95 % interval and what it was measured on; "-" where that is nothing. */
export const saidRate = ({ rate, low, high, k, n }: Rate): string =>
  rate === null
    ? '-'
    : `${(100 * rate).toFixed(1)} % (${(100 * low!).toFixed(1)} to ${(100 * high!).toFixed(1)}; ${k} of ${n})`;
