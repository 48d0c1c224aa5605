// Two answers to the same tests: exact test of the pairs that differ, and the interval of the difference.
import { wilson } from './interval.ts';

/** Pairs by whether the test failed in the first and in the second. */
export interface PairCounts {
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly neither: number;
}

/** Second minus first, as shares in -1..1; null where there is no pair. The interval is 95 %. */
export interface Difference {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** How many pairs, and of how many cases. */
  readonly n: number;
  readonly cases: number;
  readonly method: 'newcombe paired' | 'newcombe paired over cases' | 'clustered by case';
}

const Z = 1.959963984540054;

function logFactorials(n: number): Float64Array {
  const logs = new Float64Array(n + 1);
  for (let i = 2; i <= n; i++) logs[i] = logs[i - 1]! + Math.log(i);
  return logs;
}

/** Two-sided exact McNemar test (binomial with 1/2 over the pairs that differ): p in 0..1, 1 where none differs. */
export function mcnemarExact(onlyFirst: number, onlySecond: number): number {
  const n = onlyFirst + onlySecond;
  if (n === 0) return 1;
  const logs = logFactorials(n);
  const most = Math.min(onlyFirst, onlySecond);
  let tail = 0;
  for (let k = 0; k <= most; k++) tail += Math.exp(logs[n]! - logs[k]! - logs[n - k]! - n * Math.LN2);
  return Math.min(1, 2 * tail);
}

/** The same, one-sided: how likely so few or fewer fail only in the second, where nothing changed. */
export function mcnemarFewer(onlyFirst: number, onlySecond: number): number {
  const n = onlyFirst + onlySecond;
  if (n === 0) return 1;
  const logs = logFactorials(n);
  let tail = 0;
  for (let k = 0; k <= onlySecond; k++) tail += Math.exp(logs[n]! - logs[k]! - logs[n - k]! - n * Math.LN2);
  return Math.min(1, tail);
}

/** How the two go together, with Newcombe's correction for continuity. */
function correlation({ both: a, onlyFirst: b, onlySecond: c, neither: d }: PairCounts): number {
  const product = (a + b) * (c + d) * (a + c) * (b + d);
  if (product === 0) return 0;
  const cross = a * d - b * c;
  const half = (a + b + c + d) / 2;
  const corrected = cross > half ? cross - half : cross >= 0 ? 0 : cross;
  return corrected / Math.sqrt(product);
}

/** Interval of the difference of two paired shares: Newcombe, Statistics in Medicine 17 (1998) 2635-2650, method 10. */
export function newcombePaired(counts: PairCounts): Omit<Difference, 'cases' | 'method'> {
  const { both, onlyFirst, onlySecond, neither } = counts;
  const n = both + onlyFirst + onlySecond + neither;
  if (n === 0) return { value: null, low: null, high: null, n };
  const first = wilson(both + onlyFirst, n);
  const second = wilson(both + onlySecond, n);
  const phi = correlation(counts);
  const reach = (x: number, y: number): number => Math.sqrt(Math.max(0, x * x - 2 * phi * x * y + y * y));
  const value = second.rate! - first.rate!;
  return {
    value,
    low: Math.max(-1, value - reach(second.rate! - second.low!, first.high! - first.rate!)),
    high: Math.min(1, value + reach(second.high! - second.rate!, first.rate! - first.low!)),
    n,
  };
}

/** `cases` cases with `n` pairs each, of which `onlyFirst` and `onlySecond` differ. */
export interface PairShape {
  readonly n: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly cases: number;
}

/** With fewer cases, the variance between them is not known well enough. */
const FEWEST_CASES = 30;

/** Sandwich variance of a mean of clusters of different size (Miller, arXiv 2411.00640, equation 4). */
function clusteredHalf(shapes: readonly PairShape[], value: number, n: number, cases: number): number {
  const squares = shapes.reduce((sum, shape) => {
    const residual = shape.onlySecond - shape.onlyFirst - shape.n * value;
    return sum + shape.cases * residual * residual;
  }, 0);
  return (Z * Math.sqrt((squares * cases) / (cases - 1))) / n;
}

/**
 * Difference with its interval where several tests may share a case: Newcombe's with one test a case; else clustered by
 * case; with few cases, or where next to nothing differs, Newcombe's as if each case were one test, on the safe side.
 */
export function pairedDifference(counts: PairCounts, shapes: readonly PairShape[]): Difference {
  const cases = shapes.reduce((sum, shape) => sum + shape.cases, 0);
  const plain = newcombePaired(counts);
  if (plain.value === null || plain.n === cases) return { ...plain, cases, method: 'newcombe paired' };
  const differing = shapes.reduce((sum, s) => sum + (s.onlyFirst + s.onlySecond > 0 ? s.cases : 0), 0);
  if (cases < FEWEST_CASES || differing < FEWEST_CASES / 3) {
    const share = cases / plain.n;
    const { low, high } = newcombePaired({
      both: counts.both * share,
      onlyFirst: counts.onlyFirst * share,
      onlySecond: counts.onlySecond * share,
      neither: counts.neither * share,
    });
    return { ...plain, low, high, cases, method: 'newcombe paired over cases' };
  }
  const half = clusteredHalf(shapes, plain.value, plain.n, cases);
  const [low, high] = [Math.max(-1, plain.value - half), Math.min(1, plain.value + half)];
  return { ...plain, low, high, cases, method: 'clustered by case' };
}

/** Holm's step-down correction (Scandinavian Journal of Statistics 6, 1979): adjusted p, in the order given. */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  const adjusted = new Array<number>(ps.length).fill(1);
  let least = 0;
  for (const [rank, { p, index }] of order.entries()) {
    least = Math.max(least, Math.min(1, p * (ps.length - rank)));
    adjusted[index] = least;
  }
  return adjusted;
}
