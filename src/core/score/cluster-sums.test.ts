import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../random.ts';
import { type ClusterSums, halfWidth, noCases, withCase } from './cluster-sums.ts';
import { type CaseShape, clusteredRate } from './clustered.ts';
import { wilson } from './interval.ts';

const sumsOf = (shapes: readonly CaseShape[]) =>
  shapes.reduce<ClusterSums>((sums, { k, n, cases }) => {
    let added = sums;
    for (let index = 0; index < cases; index++) added = withCase(added, { k, n });
    return added;
  }, noCases);

const shown = (shapes: readonly CaseShape[]): number => {
  const { low, high } = clusteredRate(shapes, 1);
  return ((high ?? 1) - (low ?? 0)) / 2;
};

describe('the quick width', () => {
  it.each<[string, CaseShape[]]>([
    [
      'one test a case',
      [
        { k: 1, n: 1, cases: 10 },
        { k: 0, n: 1, cases: 90 },
      ],
    ],
    [
      'few cases',
      [
        { k: 1, n: 4, cases: 5 },
        { k: 0, n: 4, cases: 10 },
      ],
    ],
    ['nothing breached', [{ k: 0, n: 13, cases: 64 }]],
    ['everything breached', [{ k: 13, n: 13, cases: 64 }]],
  ])('is what is shown, for %s', (_, shapes) => {
    expect(halfWidth(sumsOf(shapes))).toBeCloseTo(shown(shapes), 10);
  });

  it.each<[string, CaseShape[]]>([
    [
      'cases alike',
      [
        { k: 2, n: 10, cases: 40 },
        { k: 3, n: 10, cases: 40 },
      ],
    ],
    [
      'cases that differ',
      [
        { k: 0, n: 13, cases: 70 },
        { k: 12, n: 13, cases: 20 },
        { k: 4, n: 6, cases: 30 },
      ],
    ],
  ])('is within a tenth of what is shown, for %s', (_, shapes) => {
    expect(halfWidth(sumsOf(shapes)) / shown(shapes)).toBeGreaterThan(0.9);
    expect(halfWidth(sumsOf(shapes)) / shown(shapes)).toBeLessThan(1.1);
  });

  it('is that of Wilson where a case without a decided test is left aside', () => {
    const { low, high } = wilson(1, 2);
    const sums = [
      { k: 0, n: 0 },
      { k: 1, n: 1 },
      { k: 0, n: 1 },
    ].reduce<ClusterSums>(withCase, noCases);
    expect(halfWidth(sums)).toBeCloseTo((high! - low!) / 2, 12);
    expect(halfWidth(noCases)).toBe(0.5);
  });
});

describe('stopping by width', () => {
  const ASKED = 0.05;
  const ATTACKS = 13;

  const SCANS = 2_000;

  /** Whether the interval holds the rate once `isEnough`; some cases are easier: the chance of a breach is drawn for each. */
  function holds(rate: number, random: Random, isEnough: (sums: ClusterSums) => boolean): boolean {
    let sums = noCases;
    while (!isEnough(sums)) {
      const own = random.next() < 0.5 ? rate * 0.5 : rate * 1.5;
      let k = 0;
      for (let test = 0; test < ATTACKS; test++) if (random.next() < own) k += 1;
      sums = withCase(sums, { k, n: ATTACKS });
    }
    return Math.abs(sums.k / sums.n - rate) <= halfWidth(sums);
  }

  function shareThatHolds(name: string, rate: number, isEnough: (sums: ClusterSums) => boolean): number {
    const random = seededRandom(name, String(rate));
    return Array.from({ length: SCANS }, () => holds(rate, random, isEnough)).filter(Boolean).length / SCANS;
  }

  // docs/guide/bounds.md quotes the shares.
  it.each([0.02, 0.05, 0.15])(
    'leaves an interval that holds nearly as often as after as many cases fixed beforehand, at a rate of %f',
    (rate) => {
      const stopped = shareThatHolds('stopping', rate, (sums) => halfWidth(sums) <= ASKED);
      const fixed = shareThatHolds('fixed', rate, ({ cases }) => cases === 30);
      expect(stopped).toBeGreaterThan(0.88);
      expect(fixed - stopped).toBeLessThan(0.02);
    },
  );
});
