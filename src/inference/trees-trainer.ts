// Trains gradient-boosted trees: logistic loss, histograms, directions that a feature may not go against.
import { seededRandom } from '../core/random.ts';
import { sigmoid, uncalibrated } from './calibration.ts';
import type { Forest, Tree } from './trees.ts';

/** One row: its numbers, what is to be said of it (0..1), and how much it counts. */
export interface TreeRow {
  readonly numbers: ArrayLike<number>;
  readonly target: number;
  readonly weight: number;
}

export interface TreeOptions {
  readonly seed: number;
  readonly trees: number;
  readonly depth: number;
  readonly rate: number;
  /** Pulls leaves towards zero. */
  readonly l2: number;
  /** Least weight of the rows in a leaf. */
  readonly least: number;
  /** Share of the rows, and of the features, that each tree sees. */
  readonly rows: number;
  readonly features: number;
}

export const defaultTrees: TreeOptions = {
  seed: 1,
  trees: 160,
  depth: 4,
  rate: 0.07,
  l2: 3,
  least: 20,
  rows: 0.7,
  features: 0.6,
};

const BINS = 32;

/** 1: a larger number never lowers the odds; -1: it never raises them; 0: either. */
export type Direction = -1 | 0 | 1;

interface Binned {
  readonly edges: readonly number[];
  /** Bin of every row. */
  readonly bins: Uint8Array;
}

function bin(values: readonly number[]): Binned {
  const sorted = [...values].sort((a, b) => a - b);
  const edges = new Set<number>();
  for (let index = 1; index < BINS; index++) edges.add(sorted[Math.floor((index * sorted.length) / BINS)]!);
  const list = [...edges].sort((a, b) => a - b);
  const bins = Uint8Array.from(values, (value) => list.filter((edge) => value >= edge).length);
  return { edges: list, bins };
}

interface Split {
  readonly feature: number;
  readonly bin: number;
  readonly gain: number;
  readonly low: number;
  readonly high: number;
}

/** Grows one tree on gradients and curvatures (Chen and Guestrin 2016, XGBoost, with its bounds for directions). */
class Grower {
  readonly #columns: readonly Binned[];
  readonly #directions: readonly Direction[];
  readonly #options: TreeOptions;
  #gradients: Float64Array = new Float64Array(0);
  #curves: Float64Array = new Float64Array(0);

  constructor(columns: readonly Binned[], directions: readonly Direction[], options: TreeOptions) {
    this.#columns = columns;
    this.#directions = directions;
    this.#options = options;
  }

  grow(rows: readonly number[], features: readonly number[], gradients: Float64Array, curves: Float64Array): Tree {
    this.#gradients = gradients;
    this.#curves = curves;
    const tree = { feature: [] as number[], value: [] as number[], left: [] as number[], right: [] as number[] };
    this.#node(tree, rows, features, this.#options.depth, -Infinity, Infinity);
    return tree;
  }

  #leaf(gradient: number, curve: number, low: number, high: number): number {
    return Math.max(low, Math.min(high, -gradient / (curve + this.#options.l2)));
  }

  #node(
    tree: { feature: number[]; value: number[]; left: number[]; right: number[] },
    rows: readonly number[],
    features: readonly number[],
    depth: number,
    low: number,
    high: number,
  ): number {
    const at = tree.feature.length;
    tree.feature.push(-1);
    tree.value.push(0);
    tree.left.push(-1);
    tree.right.push(-1);
    const split = depth === 0 ? null : this.#best(rows, features, low, high);
    if (split === null) {
      const [gradient, curve] = this.#sums(rows);
      tree.value[at] = this.#leaf(gradient, curve, low, high) * this.#options.rate;
      return at;
    }
    const { bins, edges } = this.#columns[split.feature]!;
    const direction = this.#directions[split.feature]!;
    const middle = (split.low + split.high) / 2;
    const below = rows.filter((row) => bins[row]! <= split.bin);
    const above = rows.filter((row) => bins[row]! > split.bin);
    tree.feature[at] = split.feature;
    tree.value[at] = edges[split.bin]!;
    const bounds = (isAbove: boolean): [number, number] => {
      if (direction === 0) return [low, high];
      return isAbove === direction > 0 ? [Math.max(low, middle), high] : [low, Math.min(high, middle)];
    };
    tree.left[at] = this.#node(tree, below, features, depth - 1, ...bounds(false));
    tree.right[at] = this.#node(tree, above, features, depth - 1, ...bounds(true));
    return at;
  }

  #sums(rows: readonly number[]): [gradient: number, curve: number] {
    let [gradient, curve] = [0, 0];
    for (const row of rows) {
      gradient += this.#gradients[row]!;
      curve += this.#curves[row]!;
    }
    return [gradient, curve];
  }

  #best(rows: readonly number[], features: readonly number[], low: number, high: number): Split | null {
    const [gradient, curve] = this.#sums(rows);
    let best: Split | null = null;
    for (const feature of features) {
      const found = this.#bestOf(feature, rows, gradient, curve, low, high);
      if (found !== null && (best === null || found.gain > best.gain)) best = found;
    }
    return best;
  }

  #bestOf(
    feature: number,
    rows: readonly number[],
    gradient: number,
    curve: number,
    low: number,
    high: number,
  ): Split | null {
    const { bins, edges } = this.#columns[feature]!;
    const sums = new Float64Array(BINS * 2);
    for (const row of rows) {
      const place = bins[row]! * 2;
      sums[place] = sums[place]! + this.#gradients[row]!;
      sums[place + 1] = sums[place + 1]! + this.#curves[row]!;
    }
    const { l2, least } = this.#options;
    const whole = gradient ** 2 / (curve + l2);
    let best: Split | null = null;
    let [leftGradient, leftCurve] = [0, 0];
    for (let edge = 0; edge < edges.length; edge++) {
      leftGradient += sums[edge * 2]!;
      leftCurve += sums[edge * 2 + 1]!;
      const rightCurve = curve - leftCurve;
      // A row of even odds has a curvature of a quarter.
      if (leftCurve * 4 < least || rightCurve * 4 < least) continue;
      const below = this.#leaf(leftGradient, leftCurve, low, high);
      const above = this.#leaf(gradient - leftGradient, rightCurve, low, high);
      if (this.#directions[feature]! * (above - below) < 0) continue;
      const gain = leftGradient ** 2 / (leftCurve + l2) + (gradient - leftGradient) ** 2 / (rightCurve + l2) - whole;
      if (gain > 1e-6 && (best === null || gain > best.gain))
        best = { feature, bin: edge, gain, low: below, high: above };
    }
    return best;
  }
}

/** Learns a forest; the same rows, seed and options give the same trees. `directions` in the order of `features`. */
export function trainForest(
  features: readonly string[],
  directions: readonly Direction[],
  rows: readonly TreeRow[],
  options: TreeOptions = defaultTrees,
): Forest {
  const columns = features.map((_, feature) => bin(rows.map(({ numbers }) => numbers[feature] ?? 0)));
  const grower = new Grower(columns, directions, options);
  const random = seededRandom('trees', options.seed);
  const weight = rows.reduce((sum, row) => sum + row.weight, 0);
  const positive = rows.reduce((sum, row) => sum + row.weight * row.target, 0);
  const bias = Math.log((positive + 1) / (weight - positive + 1));
  const logits = new Float64Array(rows.length).fill(bias);
  const gradients = new Float64Array(rows.length);
  const curves = new Float64Array(rows.length);
  const trees: Tree[] = [];
  for (let round = 0; round < options.trees; round++) {
    for (const [index, row] of rows.entries()) {
      const probability = sigmoid(logits[index]!);
      gradients[index] = row.weight * (probability - row.target);
      curves[index] = row.weight * probability * (1 - probability);
    }
    const seen = rows.flatMap((_, index) => (random.next() < options.rows ? [index] : []));
    const chosen = features.flatMap((_, index) => (random.next() < options.features ? [index] : []));
    const tree = grower.grow(seen, chosen, gradients, curves);
    trees.push(tree);
    addTree(tree, rows, logits);
  }
  return { features, bias, trees: trees.map(rounded), calibration: uncalibrated };
}

function addTree(tree: Tree, rows: readonly TreeRow[], logits: Float64Array): void {
  for (const [index, { numbers }] of rows.entries()) {
    let at = 0;
    while (tree.feature[at]! >= 0)
      at = (numbers[tree.feature[at]!] ?? 0) < tree.value[at]! ? tree.left[at]! : tree.right[at]!;
    logits[index] = logits[index]! + tree.value[at]!;
  }
}

/** Five digits are plenty, and keep the file small. */
const rounded = (tree: Tree): Tree => ({ ...tree, value: tree.value.map((value) => Number(value.toPrecision(5))) });
