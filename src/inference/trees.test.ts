import { describe, expect, it } from 'vitest';
import { seededRandom } from '../core/random.ts';
import { forestLogit } from './trees.ts';
import { defaultTrees, type TreeRow, trainForest } from './trees-trainer.ts';

const random = seededRandom('trees');
/** Yes where exactly one of the first two numbers is large: no sum of them can say that. The third is noise. */
const rows: TreeRow[] = Array.from({ length: 1200 }, () => {
  const numbers = [random.next(), random.next(), random.next()];
  return { numbers, target: numbers[0]! > 0.5 !== numbers[1]! > 0.5 ? 1 : 0, weight: 1 };
});
const features = ['a', 'b', 'noise'];

describe('a forest', () => {
  const forest = trainForest(features, [0, 0, 0], rows.slice(0, 800));

  it('learns what no sum of its numbers can say', () => {
    const held = rows.slice(800);
    const right = held.filter(({ numbers, target }) => forestLogit(forest, numbers) > 0 === (target === 1));
    expect(right.length / held.length).toBeGreaterThan(0.93);
  });

  it('comes out the same from the same rows and seed', () => {
    expect(trainForest(features, [0, 0, 0], rows.slice(0, 800))).toEqual(forest);
    expect(trainForest(features, [0, 0, 0], rows.slice(0, 800), { ...defaultTrees, seed: 2 })).not.toEqual(forest);
  });

  it('never goes against a direction', () => {
    const bent = trainForest(features, [1, -1, 0], rows.slice(0, 800));
    for (let at = 0; at < 200; at++) {
      const [a, b, c] = [random.next(), random.next(), random.next()];
      const step = random.next() / 2;
      expect(forestLogit(bent, [a + step, b, c])).toBeGreaterThanOrEqual(forestLogit(bent, [a, b, c]) - 1e-9);
      expect(forestLogit(bent, [a, b + step, c])).toBeLessThanOrEqual(forestLogit(bent, [a, b, c]) + 1e-9);
    }
  });
});
