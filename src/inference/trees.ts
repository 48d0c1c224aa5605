// Gradient-boosted trees over a handful of numbers: where a sum of them is not enough. Data and how it is read.
import type { Calibration } from './calibration.ts';

/** Nodes in arrays: `feature` -1 is a leaf with `value`; else left where the number is below `value`. */
export interface Tree {
  readonly feature: readonly number[];
  readonly value: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
}

export interface Forest {
  /** Names of the numbers, in their order. */
  readonly features: readonly string[];
  readonly bias: number;
  readonly trees: readonly Tree[];
  readonly calibration: Calibration;
}

function leafOf(tree: Tree, numbers: ArrayLike<number>): number {
  let at = 0;
  while (tree.feature[at]! >= 0) at = numbers[tree.feature[at]!]! < tree.value[at]! ? tree.left[at]! : tree.right[at]!;
  return tree.value[at]!;
}

/** Log-odds, before calibration. */
export function forestLogit(forest: Forest, numbers: ArrayLike<number>): number {
  let sum = forest.bias;
  for (const tree of forest.trees) sum += leafOf(tree, numbers);
  return sum;
}
