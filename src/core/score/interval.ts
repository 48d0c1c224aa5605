// Wilson's score interval: honest at 0 of n and n of n, where the bootstrap collapses.

/** A share with what it rests on. `rate`, `low` and `high` lie in 0..1 and are null where n is 0. */
export interface Rate {
  readonly k: number;
  readonly n: number;
  readonly rate: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Two-sided 95 %. */
const Z = 1.959963984540054;

/** Share of `k` (may be fractional: a partial counts half) in `n`, with its 95 % interval (Wilson 1927). */
export function wilson(k: number, n: number): Rate {
  if (n === 0) return { k, n, rate: null, low: null, high: null };
  const p = k / n;
  const z2 = Z * Z;
  const centre = (p + z2 / (2 * n)) / (1 + z2 / n);
  const half = (Z / (1 + z2 / n)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  return {
    k,
    n,
    rate: p,
    low: k === 0 ? 0 : Math.max(0, centre - half),
    high: k === n ? 1 : Math.min(1, centre + half),
  };
}
