// The interval of a rate whose tests hang together by case: several attacks on one case are no independent tests.
// Source: Miller, "Adding Error Bars to Evals", arXiv 2411.00640 (cluster by question); Davison and Hinkley 1997, ch. 3.
import { type Random, seededRandom } from '../random.ts';
import { type Rate, wilson } from './interval.ts';

/** `cases` cases that each have `n` decided tests, of which `k` count. */
export interface CaseShape {
  readonly k: number;
  readonly n: number;
  readonly cases: number;
}

/** How an interval was made. */
export type IntervalMethod = 'wilson' | 'wilson over cases' | 'cluster bootstrap over cases';

export interface ClusteredRate extends Rate {
  readonly cases: number;
  readonly method: IntervalMethod;
}

const REPLICATES = 2_000;
/** With fewer cases the bootstrap is too narrow. */
const FEWEST_CASES = 30;
/** Above this many expected draws a binomial is drawn from its normal approximation. */
const MANY = 50;

function normalDraw(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** How many of `n` draws hit a share of `p`. */
function binomialDraw(n: number, p: number, random: Random): number {
  if (n === 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (n * Math.min(p, 1 - p) > MANY) {
    const drawn = Math.round(n * p + normalDraw(random) * Math.sqrt(n * p * (1 - p)));
    return Math.min(n, Math.max(0, drawn));
  }
  let hits = 0;
  for (let index = 0; index < n; index++) if (random.next() < p) hits += 1;
  return hits;
}

/** One resampling of all cases with replacement: a multinomial draw over the shapes, whatever their number of cases. */
function resampledRate(shapes: readonly CaseShape[], cases: number, random: Random): number | null {
  let [left, casesLeft, k, n] = [cases, cases, 0, 0];
  for (const shape of shapes) {
    const drawn = binomialDraw(left, shape.cases / casesLeft, random);
    k += drawn * shape.k;
    n += drawn * shape.n;
    left -= drawn;
    casesLeft -= shape.cases;
  }
  return n === 0 ? null : k / n;
}

function bootstrap(shapes: readonly CaseShape[], cases: number, seed: number): { low: number; high: number } {
  const random = seededRandom(seed, 'cluster bootstrap');
  const rates = Array.from({ length: REPLICATES }, () => resampledRate(shapes, cases, random))
    .filter((rate) => rate !== null)
    .sort((a, b) => a - b);
  const at = (share: number): number => rates[Math.round(share * (rates.length - 1))] ?? 0;
  return { low: at(0.025), high: at(0.975) };
}

/**
 * The rate over all tests with its 95 % interval. One test a case: Wilson's. Several: the percentiles of a seeded
 * bootstrap over cases; with few cases, or where nothing or everything counted (there it collapses), Wilson's over the
 * number of cases, which is on the safe side.
 */
export function clusteredRate(shapes: readonly CaseShape[], seed: number): ClusteredRate {
  const ordered = shapes.filter((shape) => shape.n > 0 && shape.cases > 0).sort((a, b) => a.n - b.n || a.k - b.k);
  const sum = (of: (shape: CaseShape) => number): number => ordered.reduce((total, shape) => total + of(shape), 0);
  const [k, n, cases] = [sum((s) => s.k * s.cases), sum((s) => s.n * s.cases), sum((s) => s.cases)];
  const plain = wilson(k, n);
  if (n === cases) return { ...plain, cases, method: 'wilson' };
  if (cases < FEWEST_CASES || k === 0 || k === n) {
    const { low, high } = wilson((k / n) * cases, cases);
    return { ...plain, low, high, cases, method: 'wilson over cases' };
  }
  return { ...plain, ...bootstrap(ordered, cases, seed), cases, method: 'cluster bootstrap over cases' };
}
