import { describe, expect, it } from 'vitest';
import { fitPowerLaw, foretold } from './power-law.ts';
import { drawnSuccess, successAtK, withoutFalseSuccess } from './success-at-k.ts';

describe('success within k of n tries', () => {
  it.each([
    [10, 0, 5, 0],
    [10, 10, 1, 1],
    [10, 1, 1, 0.1],
    [10, 1, 10, 1],
    [4, 2, 2, 5 / 6],
    [5, 3, 3, 1],
    [100, 1, 25, 0.25],
  ])('of %i tries with %i successes, %i drawn', (tries, successes, k, chance) => {
    expect(drawnSuccess(tries, successes, k)).toBeCloseTo(chance, 12);
  });

  const stopped = (at: number | null, budget: number) => ({
    tries: at === null ? budget : at + 1,
    successes: at === null ? 0 : 1,
    firstSuccess: at,
  });

  it('of searches that stop at their success is read from where they stopped', () => {
    const searches = [stopped(0, 25), stopped(9, 25), stopped(24, 25), stopped(null, 25)];
    expect([1, 10, 24, 25].map((k) => successAtK(searches, k).rate)).toEqual([0.25, 0.5, 0.5, 0.75]);
    expect(successAtK([], 1).rate).toBeNull();
  });

  it('of searches that went on is estimated from all their tries', () => {
    expect(successAtK([{ tries: 10, successes: 2, firstSuccess: 7 }], 1).rate).toBeCloseTo(0.2, 12);
  });
});

describe('what is left without false successes', () => {
  it.each([
    [0.5, 0, 0.5],
    [0.5, 0.1, 0.4 / 0.9],
    [0.05, 0.1, 0],
    [1, 0.5, 1],
    [null, 0.1, null],
    [0.5, null, null],
    [0.5, 1, null],
  ])('of %s with %s is %s', (rate, falseRate, left) => {
    const corrected = withoutFalseSuccess(rate, falseRate);
    if (left === null) expect(corrected).toBeNull();
    else expect(corrected).toBeCloseTo(left, 12);
  });
});

describe('the power law', () => {
  it('is found again in points that follow it', () => {
    const law = { a: 4.2, b: 0.31, points: 0 };
    const points = [1, 5, 10, 50, 100, 1_000].map((k) => ({ k, rate: foretold(law, k) }));
    const fitted = fitPowerLaw(points)!;
    expect(fitted.a).toBeCloseTo(4.2, 8);
    expect(fitted.b).toBeCloseTo(0.31, 8);
    expect(fitted.points).toBe(6);
  });

  it.each([
    ['no points', []],
    ['no success', [1, 10, 25].map((k) => ({ k, rate: 0 }))],
    ['two different rates', [1, 10, 25].map((k) => ({ k, rate: k > 5 ? 0.2 : 0.1 }))],
    ['success at once', [1, 10, 25].map((k) => ({ k, rate: 1 }))],
  ])('is not fitted to %s', (_what, points) => {
    expect(fitPowerLaw(points)).toBeNull();
  });
});
