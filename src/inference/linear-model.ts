// A linear model over hashed n-grams and dense features, with several heads over one reading of the texts.
import { type Calibration, calibrated } from './calibration.ts';
import { type FieldSpec, type HashedText, TextHasher } from './text-hash.ts';

/** What a model reads. `dense` names the further features, in their order. */
export interface LinearSpec {
  /** The n-grams fall into 2^bits buckets, shared by all fields. */
  readonly bits: number;
  readonly fields: readonly FieldSpec[];
  readonly dense: readonly string[];
}

/** Mean and reciprocal of the standard deviation, by which a dense feature is scaled. */
export interface DenseScale {
  readonly mean: number;
  readonly inverse: number;
}

export interface LinearHead {
  readonly name: string;
  readonly bias: number;
  /** One whole number in -127..127 a bucket; times `step` it is the weight. */
  readonly weights: Int8Array;
  readonly step: number;
  readonly denseWeights: readonly number[];
  readonly calibration: Calibration;
}

/** A scaled dense feature is cut off here: no single one may decide an answer unlike any in training. */
const FARTHEST = 4;

export const scaled = (value: number, { mean, inverse }: DenseScale): number =>
  Math.max(-FARTHEST, Math.min(FARTHEST, (value - mean) * inverse));

/** The value of every n-gram in a group of `count`: groups weigh the same however long their text is. */
export const groupValue = (count: number): number => (count === 0 ? 0 : 1 / Math.sqrt(count));

function bucketSum(weights: Int8Array, { buckets, ends }: HashedText): number {
  let sum = 0;
  let at = 0;
  for (const end of ends) {
    const value = groupValue(end - at);
    let group = 0;
    for (; at < end; at++) group += weights[buckets[at]!]!;
    sum += group * value;
  }
  return sum;
}

/** Reads texts and says, by head, how likely they are of its kind. Holds buffers: calls must not overlap. */
export class LinearModel {
  readonly spec: LinearSpec;
  readonly scales: readonly DenseScale[];
  readonly heads: readonly LinearHead[];
  readonly #hasher: TextHasher;

  constructor(spec: LinearSpec, scales: readonly DenseScale[], heads: readonly LinearHead[]) {
    this.spec = spec;
    this.scales = scales;
    this.heads = heads;
    this.#hasher = new TextHasher(spec.fields, spec.bits);
  }

  /** Log-odds by head, before calibration. `texts` in the order of the fields, `dense` in the order of the spec. */
  logits(texts: readonly string[], dense: ArrayLike<number> = []): number[] {
    const hashed = this.#hasher.hash(texts);
    return this.heads.map((head) => {
      let sum = head.bias + head.step * bucketSum(head.weights, hashed);
      for (const [index, weight] of head.denseWeights.entries())
        sum += weight * scaled(dense[index] ?? 0, this.scales[index]!);
      return sum;
    });
  }

  /** Calibrated probabilities in 0..1 by head. */
  probabilities(texts: readonly string[], dense: ArrayLike<number> = []): number[] {
    return this.logits(texts, dense).map((logit, index) => calibrated(this.heads[index]!.calibration, logit));
  }
}
