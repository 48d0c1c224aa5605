// Logistic regression over sentence vectors: a small head that says whether a text is of a kind.
import { sigmoid } from '../../src/inference/calibration.ts';

export interface Head {
  readonly bias: number;
  readonly weights: readonly number[];
}

/** A text to learn from, as its unit vector. Classes weigh the same; `weight` counts within the class. */
export interface HeadRow {
  readonly vector: ArrayLike<number>;
  readonly isPositive: boolean;
  readonly weight: number;
}

export interface HeadTraining {
  readonly steps: number;
  readonly l2: number;
  /** Step size; the default is for unit vectors. */
  readonly rate?: number;
}

const RATE_OF_UNIT_VECTORS = 8;

export const headLogit = ({ bias, weights }: Head, vector: ArrayLike<number>): number =>
  weights.reduce((sum, weight, at) => sum + weight * vector[at]!, bias);

/** One step down the gradient of the logistic loss; `share` is what a row weighs. */
function descend(
  head: { bias: number; weights: Float64Array },
  rows: readonly HeadRow[],
  shareOf: (row: HeadRow) => number,
  { l2, rate = RATE_OF_UNIT_VECTORS }: HeadTraining,
): void {
  const { weights } = head;
  const gradient = new Float64Array(weights.length);
  let gradientBias = 0;
  for (const row of rows) {
    let logit = head.bias;
    for (let at = 0; at < weights.length; at++) logit += weights[at]! * row.vector[at]!;
    const error = shareOf(row) * (sigmoid(logit) - (row.isPositive ? 1 : 0));
    gradientBias += error;
    for (let at = 0; at < weights.length; at++) gradient[at]! += error * row.vector[at]!;
  }
  head.bias -= rate * gradientBias;
  for (let at = 0; at < weights.length; at++) weights[at]! -= rate * (gradient[at]! + l2 * weights[at]!);
}

export function fitHead(rows: readonly HeadRow[], training: HeadTraining): Head {
  const total = (isPositive: boolean): number =>
    rows.reduce((sum, row) => sum + (row.isPositive === isPositive ? row.weight : 0), 0);
  const [positive, negative] = [total(true), total(false)];
  const shareOf = ({ isPositive, weight }: HeadRow): number => (0.5 * weight) / (isPositive ? positive : negative);
  const head = { bias: 0, weights: new Float64Array(rows[0]!.vector.length) };
  for (let done = 0; done < training.steps; done++) descend(head, rows, shareOf, training);
  return { bias: head.bias, weights: [...head.weights] };
}

/** As it is written into a file: numbers of four places. */
export const rounded = ({ bias, weights }: Head): Head => ({
  bias: Number(bias.toFixed(4)),
  weights: weights.map((weight) => Number(weight.toFixed(4))),
});
