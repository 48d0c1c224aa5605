// Trains the heads of a linear model: logistic loss, FTRL-Proximal, the same numbers from the same rows and seed.
import { seededRandom } from '../core/random.ts';
import { sigmoid, uncalibrated } from './calibration.ts';
import { type DenseScale, groupValue, type LinearHead, type LinearSpec, scaled } from './linear-model.ts';
import { TextHasher } from './text-hash.ts';

/** One row to learn from: texts in the order of the fields, dense features in the order of the spec. */
export interface TrainingText {
  readonly texts: readonly string[];
  readonly dense: readonly number[];
}

/** What a head is to say of the row at `row`: `target` in 0..1, `weight` above 0. */
export interface Lesson {
  readonly row: number;
  readonly target: number;
  readonly weight: number;
}

export interface TrainingOptions {
  readonly seed: number;
  readonly epochs: number;
  /** Step size of FTRL, and the part of it that all coordinates begin with. */
  readonly alpha: number;
  readonly beta: number;
  /** Pulls towards zero: `l1` makes small weights exactly zero. */
  readonly l1: number;
  readonly l2: number;
  /** Makes the two classes weigh the same, whatever the rows; `weight` counts within the class. */
  readonly balance: boolean;
}

export const defaultTraining: TrainingOptions = {
  seed: 1,
  epochs: 6,
  alpha: 0.1,
  beta: 1,
  l1: 0.0,
  l2: 1,
  balance: true,
};

interface HashedRow {
  readonly buckets: Uint32Array;
  readonly ends: readonly number[];
  readonly dense: Float64Array;
}

/** Rows hashed once, for any number of heads and folds. */
export class TrainingSet {
  readonly spec: LinearSpec;
  readonly scales: readonly DenseScale[];
  readonly rows: readonly HashedRow[];

  constructor(spec: LinearSpec, texts: readonly TrainingText[]) {
    this.spec = spec;
    this.scales = spec.dense.map((_, index) => scaleOf(texts.map(({ dense }) => dense[index] ?? 0)));
    const hasher = new TextHasher(spec.fields, spec.bits);
    this.rows = texts.map(({ texts: fields, dense }) => {
      const { buckets, length, ends } = hasher.hash(fields);
      const scaledDense = Float64Array.from(this.scales, (scale, index) => scaled(dense[index] ?? 0, scale));
      return { buckets: buckets.slice(0, length), ends, dense: scaledDense };
    });
  }
}

function scaleOf(values: readonly number[]): DenseScale {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length);
  return { mean, inverse: variance > 1e-12 ? 1 / Math.sqrt(variance) : 0 };
}

/** Weights in exact form: buckets first, then the dense features, then the bias. */
class Ftrl {
  readonly #z: Float64Array;
  readonly #n: Float64Array;
  readonly #options: TrainingOptions;

  constructor(size: number, options: TrainingOptions) {
    this.#z = new Float64Array(size);
    this.#n = new Float64Array(size);
    this.#options = options;
  }

  /** The weight at `index` (McMahan et al. 2013, "Ad click prediction", algorithm 1). The last one is free of pulls. */
  weight(index: number): number {
    const { alpha, beta, l1, l2 } = this.#options;
    const z = this.#z[index]!;
    const isFree = index === this.#z.length - 1;
    const pull = isFree ? 0 : l1;
    if (Math.abs(z) <= pull) return 0;
    return -(z - Math.sign(z) * pull) / ((beta + Math.sqrt(this.#n[index]!)) / alpha + (isFree ? 0 : l2));
  }

  learn(index: number, gradient: number): void {
    const before = this.#n[index]!;
    const after = before + gradient * gradient;
    const rate = (Math.sqrt(after) - Math.sqrt(before)) / this.#options.alpha;
    this.#z[index] = this.#z[index]! + gradient - rate * this.weight(index);
    this.#n[index] = after;
  }
}

function logitOf(ftrl: Ftrl, { buckets, ends, dense }: HashedRow, size: number): number {
  let sum = ftrl.weight(size + dense.length);
  let at = 0;
  for (const end of ends) {
    const value = groupValue(end - at);
    for (; at < end; at++) sum += value * ftrl.weight(buckets[at]!);
  }
  for (let index = 0; index < dense.length; index++) sum += dense[index]! * ftrl.weight(size + index);
  return sum;
}

function learnRow(ftrl: Ftrl, { buckets, ends, dense }: HashedRow, size: number, error: number): void {
  let at = 0;
  for (const end of ends) {
    const gradient = error * groupValue(end - at);
    for (; at < end; at++) ftrl.learn(buckets[at]!, gradient);
  }
  for (let index = 0; index < dense.length; index++) ftrl.learn(size + index, error * dense[index]!);
  ftrl.learn(size + dense.length, error);
}

/** What a row of the class is multiplied by, so that both classes have the same weight and the mean weight is 1. */
function classWeights(lessons: readonly Lesson[], isBalanced: boolean): [negative: number, positive: number] {
  const total = lessons.reduce((sum, { weight }) => sum + weight, 0);
  const positive = lessons.reduce((sum, { weight, target }) => sum + weight * target, 0);
  const mean = total / lessons.length;
  if (!isBalanced || positive <= 0 || positive >= total) return [1 / mean, 1 / mean];
  return [lessons.length / 2 / (total - positive), lessons.length / 2 / positive];
}

function shuffled(count: number, seed: number, epoch: number): Uint32Array {
  const random = seededRandom('linear-trainer', seed, epoch);
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}

/** Learns one head from `lessons`, in whole numbers of one byte a bucket; not calibrated. */
export function trainHead(
  set: TrainingSet,
  name: string,
  lessons: readonly Lesson[],
  options: TrainingOptions = defaultTraining,
): LinearHead {
  const size = 2 ** set.spec.bits;
  const denseCount = set.spec.dense.length;
  const ftrl = new Ftrl(size + denseCount + 1, options);
  const [negative, positive] = classWeights(lessons, options.balance);
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    for (const index of shuffled(lessons.length, options.seed, epoch)) {
      const { row: at, target, weight } = lessons[index]!;
      const row = set.rows[at]!;
      const classWeight = target * positive + (1 - target) * negative;
      learnRow(ftrl, row, size, weight * classWeight * (sigmoid(logitOf(ftrl, row, size)) - target));
    }
  }
  return headOf(ftrl, name, size, denseCount);
}

function headOf(ftrl: Ftrl, name: string, size: number, denseCount: number): LinearHead {
  let largest = 0;
  for (let index = 0; index < size; index++) largest = Math.max(largest, Math.abs(ftrl.weight(index)));
  const step = largest / 127;
  const weights = new Int8Array(size);
  if (step > 0) for (let index = 0; index < size; index++) weights[index] = Math.round(ftrl.weight(index) / step);
  return {
    name,
    bias: ftrl.weight(size + denseCount),
    weights,
    step,
    denseWeights: Array.from({ length: denseCount }, (_, index) => ftrl.weight(size + index)),
    calibration: uncalibrated,
  };
}
