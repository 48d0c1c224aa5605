import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../random.ts';
import { roganGladen } from './rogan-gladen.ts';

const accuracy = (se: number, sp: number, n = 1_000) => ({
  sensitivity: { k: se * n, n },
  specificity: { k: sp * n, n },
});

const draw = (n: number, p: number, random: Random): number =>
  Array.from({ length: n }).reduce<number>((hits) => (random.next() < p ? hits + 1 : hits), 0);

describe('roganGladen', () => {
  it.each([
    [300, 1_000, 0.9, 0.9, 0.25],
    [100, 1_000, 0.9, 0.9, 0],
    [50, 1_000, 0.9, 0.9, 0],
    [950, 1_000, 0.9, 0.9, 1],
    [500, 1_000, 1, 1, 0.5],
    [410, 1_000, 0.8, 0.85, 0.4],
  ])('%i of %i counted by a judge of sensitivity %f and specificity %f is %f', (k, n, se, sp, rate) => {
    const corrected = roganGladen(k, n, accuracy(se, sp));
    expect(corrected.rate).toBeCloseTo(rate, 10);
    expect(corrected.low).toBeLessThanOrEqual(corrected.rate);
    expect(corrected.high).toBeGreaterThanOrEqual(corrected.rate);
  });

  it('knows less where the calibration is smaller', () => {
    const width = (n: number): number => {
      const { low, high } = roganGladen(300, 1_000, accuracy(0.9, 0.9, n));
      return high - low;
    };
    expect(width(100)).toBeGreaterThan(width(1_000));
    expect(width(1_000)).toBeGreaterThan(width(1_000_000));
  });

  it.each([0.05, 0.2, 0.5])('holds the truth %f in about 95 of 100 intervals', (truth) => {
    const random = seededRandom('coverage', truth);
    const [se, sp, rounds] = [0.85, 0.92, 400];
    let held = 0;
    for (let round = 0; round < rounds; round++) {
      const counted = draw(300, truth * se + (1 - truth) * (1 - sp), random);
      const { low, high } = roganGladen(counted, 300, {
        sensitivity: { k: draw(150, se, random), n: 150 },
        specificity: { k: draw(150, sp, random), n: 150 },
      });
      if (low <= truth && truth <= high) held += 1;
    }
    expect(held / rounds).toBeGreaterThan(0.92);
  });
});
