// Turns the log-odds of a model into probabilities that mean what they say; a calibration is data.

/** `points`: isotonic, probabilities at ascending log-odds, straight lines between them, flat outside. */
export type Calibration =
  | { readonly kind: 'temperature'; readonly scale: number; readonly shift: number }
  | { readonly kind: 'isotonic'; readonly points: readonly (readonly [logit: number, probability: number])[] };

export const uncalibrated: Calibration = { kind: 'temperature', scale: 1, shift: 0 };

export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** Log-odds of a probability in 0..1; infinite at both ends. */
export const logitOf = (probability: number): number => Math.log(probability / (1 - probability));

/** The probability in 0..1 that the calibration makes of log-odds. */
export function calibrated(calibration: Calibration, logit: number): number {
  if (calibration.kind === 'temperature') return sigmoid(logit * calibration.scale + calibration.shift);
  const { points } = calibration;
  const above = points.findIndex(([at]) => at >= logit);
  if (above <= 0) return points.at(above)?.[1] ?? sigmoid(logit);
  const [left, low] = points[above - 1]!;
  const [right, high] = points[above]!;
  return low + ((high - low) * (logit - left)) / (right - left);
}

interface Weighed {
  readonly logit: number;
  readonly label: 0 | 1;
}

/** Platt's two numbers by Newton steps, with his smoothed targets (Platt 1999; Lin, Lin and Weng 2007). */
export function fitTemperature(rows: readonly Weighed[], steps = 60): Calibration {
  const positives = rows.filter(({ label }) => label === 1).length;
  const negatives = rows.length - positives;
  if (positives === 0 || negatives === 0) return uncalibrated;
  const targets = [1 / (negatives + 2), (positives + 1) / (positives + 2)];
  let scale = 1;
  let shift = Math.log((positives + 1) / (negatives + 1)) / 2;
  for (let step = 0; step < steps; step++) {
    let [gradientScale, gradientShift, a, b, c] = [0, 0, 1e-9, 0, 1e-9];
    for (const { logit, label } of rows) {
      const probability = sigmoid(logit * scale + shift);
      const error = probability - targets[label]!;
      const curve = probability * (1 - probability);
      gradientScale += error * logit;
      gradientShift += error;
      a += curve * logit * logit;
      b += curve * logit;
      c += curve;
    }
    const determinant = a * c - b * b;
    if (determinant < 1e-12) break;
    // Half steps: full ones overshoot where the classes are nearly apart.
    scale -= (0.5 * (c * gradientScale - b * gradientShift)) / determinant;
    shift -= (0.5 * (a * gradientShift - b * gradientScale)) / determinant;
  }
  return Number.isFinite(scale) && scale > 0 ? { kind: 'temperature', scale, shift } : uncalibrated;
}

/** Isotonic regression by pooling adjacent violators (Ayer et al. 1955), one point in the middle of each pool. */
export function fitIsotonic(rows: readonly Weighed[]): Calibration {
  const sorted = [...rows].sort((a, b) => a.logit - b.logit);
  const pools: { sum: number; count: number; logits: number }[] = [];
  for (const { logit, label } of sorted) {
    pools.push({ sum: label, count: 1, logits: logit });
    while (pools.length > 1) {
      const last = pools.at(-1)!;
      const before = pools.at(-2)!;
      if (before.sum / before.count < last.sum / last.count) break;
      pools.splice(-2, 2, {
        sum: before.sum + last.sum,
        count: before.count + last.count,
        logits: before.logits + last.logits,
      });
    }
  }
  const points = pools.map(({ sum, count, logits }) => [logits / count, sum / count] as const);
  return points.length === 0 ? uncalibrated : { kind: 'isotonic', points };
}
