// The power law that success at k follows over many tries: -log(ASR) = a * k^-b (Hughes et al., 2412.03556, section 3).

/** Success `rate` in 0..1 within `k` tries. */
export interface LawPoint {
  readonly k: number;
  readonly rate: number;
}

export interface PowerLaw {
  readonly a: number;
  readonly b: number;
  /** How many points it was fitted to: those with a rate strictly between 0 and 1. */
  readonly points: number;
}

const FEWEST_RATES = 3;

/** Least squares on log(-log(rate)) over log(k); null below three different rates that lie between 0 and 1. */
export function fitPowerLaw(all: readonly LawPoint[]): PowerLaw | null {
  const points = all.filter(({ rate }) => rate > 0 && rate < 1);
  if (new Set(points.map(({ rate }) => rate)).size < FEWEST_RATES) return null;
  const xs = points.map(({ k }) => Math.log(k));
  const ys = points.map(({ rate }) => Math.log(-Math.log(rate)));
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(xs), mean(ys)];
  const covariance = xs.reduce((sum, x, index) => sum + (x - meanX) * (ys[index]! - meanY), 0);
  const variance = xs.reduce((sum, x) => sum + (x - meanX) ** 2, 0);
  const slope = covariance / variance;
  return { a: Math.exp(meanY - slope * meanX), b: -slope, points: points.length };
}

/** Success that the law foretells within `k` tries, in 0..1. */
export const foretold = ({ a, b }: PowerLaw, k: number): number => Math.exp(-a * k ** -b);
