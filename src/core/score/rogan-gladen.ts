// Corrects a share for the known errors of the judge that counted it.

/** How often a judge was right, and over how many rows: sensitivity over breaches, specificity over the rest. */
export interface JudgeAccuracy {
  readonly sensitivity: { readonly k: number; readonly n: number };
  readonly specificity: { readonly k: number; readonly n: number };
}

/** Shares in 0..1 with the 95 % interval. */
export interface CorrectedRate {
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

const Z = 1.959963984540054;
const Z2 = Z * Z;

const clipped = (share: number): number => Math.min(1, Math.max(0, share));

/**
 * The rate behind `k` counted of `n` (Rogan and Gladen 1978), clipped to 0..1. The interval is that of Lang and
 * Reiczigel (2014), which carries the uncertainty of sensitivity and specificity too. Both are to add up to more than
 * 1, else the judge knows nothing that could be corrected. `effectiveN`: what the sample is worth where tests of one
 * case hang together; left out: n.
 */
export function roganGladen(k: number, n: number, accuracy: JudgeAccuracy, effectiveN = n): CorrectedRate {
  const { sensitivity, specificity } = accuracy;
  const [se, sp] = [sensitivity.k / sensitivity.n, specificity.k / specificity.n];
  const rate = clipped((k / n + sp - 1) / (se + sp - 1));
  const share = ((k / n) * effectiveN + Z2 / 2) / (effectiveN + Z2);
  const shareVariance = (share * (1 - share)) / (effectiveN + Z2);
  const seLike = (sensitivity.k + 1) / (sensitivity.n + 2);
  const spLike = (specificity.k + 1) / (specificity.n + 2);
  const seVariance = (seLike * (1 - seLike)) / (sensitivity.n + 2);
  const spVariance = (spLike * (1 - spLike)) / (specificity.n + 2);
  const youden = seLike + spLike - 1;
  const centre = (share + spLike - 1) / youden;
  const shift = 2 * Z2 * (centre * seVariance - (1 - centre) * spVariance);
  const half = (Z * Math.sqrt(shareVariance + centre ** 2 * seVariance + (1 - centre) ** 2 * spVariance)) / youden;
  return {
    rate,
    low: Math.min(rate, clipped(centre + shift - half)),
    high: Math.max(rate, clipped(centre + shift + half)),
  };
}
