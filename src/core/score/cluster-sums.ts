// Running sums over cases, from which the width of a clustered rate's interval is known at once, however many cases there
// are. For deciding where the next test is worth most; what is shown is `clusteredRate`.
// Source: Miller, "Adding Error Bars to Evals", arXiv 2411.00640, equation 4 (clustered standard errors).
import { wilson } from './interval.ts';

/** Sums over cases of which each has `n` decided tests, `k` of them counted. */
export interface ClusterSums {
  readonly cases: number;
  readonly k: number;
  readonly n: number;
  readonly kk: number;
  readonly kn: number;
  readonly nn: number;
}

export const noCases: ClusterSums = { cases: 0, k: 0, n: 0, kk: 0, kn: 0, nn: 0 };

/** A case without a decided test says nothing. */
export const withCase = (sums: ClusterSums, { k, n }: { readonly k: number; readonly n: number }): ClusterSums =>
  n === 0
    ? sums
    : {
        cases: sums.cases + 1,
        k: sums.k + k,
        n: sums.n + n,
        kk: sums.kk + k * k,
        kn: sums.kn + k * n,
        nn: sums.nn + n * n,
      };

/** Two-sided 95 %. */
const Z = 1.959963984540054;
/** With fewer cases the spread between them is not known well enough. */
const FEWEST_CASES = 30;
/** Where nothing is known the rate may lie anywhere in 0..1. */
const UNKNOWN = 0.5;

function halfOfWilson(k: number, n: number): number {
  const { low, high } = wilson(k, n);
  return ((high ?? 1) - (low ?? 0)) / 2;
}

/** Half the width of the 95 % interval, in 0..0.5. Wilson's over cases where `clusteredRate` takes that. */
export function halfWidth({ cases, k, n, kk, kn, nn }: ClusterSums): number {
  if (n === 0) return UNKNOWN;
  if (n === cases) return halfOfWilson(k, n);
  if (cases < FEWEST_CASES || k === 0 || k === n) return halfOfWilson((k / n) * cases, cases);
  const rate = k / n;
  const spread = Math.max(0, kk - 2 * rate * kn + rate * rate * nn);
  return Math.min(UNKNOWN, (Z * Math.sqrt((cases / (cases - 1)) * spread)) / n);
}
