// Success of a search within its first k tries, estimated from the tries that were made.
import { type Rate, wilson } from './interval.ts';

/** One search: how many tries it made, how many succeeded, and at which (from 0) it first did. */
export interface SearchTries {
  readonly tries: number;
  readonly successes: number;
  readonly firstSuccess: number | null;
}

/**
 * Chance that `k` tries drawn without replacement out of `tries` hold one of `successes`: 1 - C(n-c, k) / C(n, k)
 * (Chen et al. 2021, arXiv 2107.03374, equation 1). 1 <= k <= tries.
 */
export function drawnSuccess(tries: number, successes: number, k: number): number {
  if (successes === 0) return 0;
  if (tries - successes < k) return 1;
  let missed = 1;
  for (let n = tries - successes + 1; n <= tries; n++) missed *= 1 - k / n;
  return 1 - missed;
}

/** Success within k of one search. One that stopped at its success says only at which try that was. */
function successOf({ tries, successes, firstSuccess }: SearchTries, k: number): number {
  if (firstSuccess === null) return 0;
  const hasStopped = successes === 1 && firstSuccess === tries - 1;
  return hasStopped || k > tries ? Number(firstSuccess < k) : drawnSuccess(tries, successes, k);
}

/** Share of the searches that succeed within k tries, with its interval. */
export const successAtK = (searches: readonly SearchTries[], k: number): Rate =>
  wilson(
    searches.reduce((sum, search) => sum + successOf(search, k), 0),
    searches.length,
  );

/**
 * What remains of a success rate once the successes that the judge alone made are taken off: (p - f) / (1 - f), in 0..1,
 * where f is the rate on controls. Null where either is unknown.
 */
export function withoutFalseSuccess(rate: number | null, falseRate: number | null): number | null {
  if (rate === null || falseRate === null || falseRate >= 1) return null;
  return Math.max(0, (rate - falseRate) / (1 - falseRate));
}
