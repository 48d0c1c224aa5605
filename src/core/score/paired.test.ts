import { describe, expect, it } from 'vitest';
import { holm, mcnemarExact, mcnemarFewer, newcombePaired, pairedDifference } from './paired.ts';

const counts = (both: number, onlyFirst: number, onlySecond: number, neither: number) => ({
  both,
  onlyFirst,
  onlySecond,
  neither,
});

describe('mcnemarExact', () => {
  it.each([
    [0, 0, 1],
    [5, 0, 0.0625],
    [6, 0, 0.03125],
    [8, 2, 0.109375],
    [10, 10, 1],
  ])('of %i and %i is %d', (first, second, p) => {
    expect(mcnemarExact(first, second)).toBeCloseTo(p, 10);
    expect(mcnemarExact(second, first)).toBeCloseTo(p, 10);
  });

  it('stands up to thousands of pairs', () => {
    expect(mcnemarExact(50_000, 50_000)).toBeCloseTo(1, 6);
    expect(mcnemarExact(5_300, 4_700)).toBeLessThan(1e-8);
  });

  it('one-sided asks for fewer failures in the second alone', () => {
    expect(mcnemarFewer(8, 2)).toBeCloseTo(0.0546875, 10);
    expect(mcnemarFewer(2, 8)).toBeCloseTo(0.9892578, 6);
  });
});

describe('newcombePaired', () => {
  // Newcombe 1998, table III: differences first minus second, method 10.
  it.each([
    [counts(20, 12, 2, 16), 0.2, 0.0562, 0.329],
    [counts(36, 12, 2, 0), 0.2, 0.0569, 0.3404],
  ])('gives the published interval of %o', (given, difference, low, high) => {
    const found = newcombePaired(given);
    expect(-found.value!).toBeCloseTo(difference, 4);
    expect(-found.high!).toBeCloseTo(low, 3);
    expect(-found.low!).toBeCloseTo(high, 3);
  });

  it('says nothing of nothing', () => {
    expect(newcombePaired(counts(0, 0, 0, 0))).toEqual({ value: null, low: null, high: null, n: 0 });
  });
});

describe('pairedDifference', () => {
  it('is Newcombe where each case has one test', () => {
    const shapes = [
      { n: 1, onlyFirst: 0, onlySecond: 0, cases: 36 },
      { n: 1, onlyFirst: 1, onlySecond: 0, cases: 12 },
      { n: 1, onlyFirst: 0, onlySecond: 1, cases: 2 },
    ];
    const found = pairedDifference(counts(20, 12, 2, 16), shapes);
    expect(found).toMatchObject({ method: 'newcombe paired', cases: 50, n: 50 });
    expect(found.low).toBe(newcombePaired(counts(20, 12, 2, 16)).low);
  });

  it('is as wide as the cases allow where cases fall as a whole', () => {
    const shapes = [
      { n: 10, onlyFirst: 10, onlySecond: 0, cases: 20 },
      { n: 10, onlyFirst: 0, onlySecond: 0, cases: 80 },
    ];
    const clustered = pairedDifference(counts(0, 200, 0, 800), shapes);
    const one = newcombePaired(counts(0, 20, 0, 80));
    expect(clustered.method).toBe('clustered by case');
    expect(clustered.high! - clustered.low!).toBeCloseTo(one.high! - one.low!, 1);
  });

  it('stays on the safe side with few cases', () => {
    const shapes = [{ n: 20, onlyFirst: 20, onlySecond: 0, cases: 3 }];
    const found = pairedDifference(counts(0, 60, 0, 0), shapes);
    expect(found.method).toBe('newcombe paired over cases');
    expect(found.high!).toBeGreaterThan(-0.5);
  });
});

describe('holm', () => {
  it('gives the adjusted values in the order given', () => {
    expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02]);
  });
  it('is the value itself of one alone', () => expect(holm([0.02])).toEqual([0.02]));
});
