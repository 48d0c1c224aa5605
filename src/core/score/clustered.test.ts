import { describe, expect, it } from 'vitest';
import { seededRandom } from '../random.ts';
import { type CaseShape, clusteredRate } from './clustered.ts';
import { wilson } from './interval.ts';

/** `cases` cases under `tests` attacks each, where a case falls either always or never. */
const allOrNothing = (cases: number, tests: number, share: number): CaseShape[] => [
  { k: tests, n: tests, cases: cases * share },
  { k: 0, n: tests, cases: cases * (1 - share) },
];

describe('clusteredRate', () => {
  it('is Wilson where each case has one test', () => {
    const rate = clusteredRate(
      [
        { k: 1, n: 1, cases: 15 },
        { k: 0, n: 1, cases: 133 },
      ],
      1,
    );
    expect(rate).toEqual({ ...wilson(15, 148), cases: 148, method: 'wilson' });
  });

  it('is as wide as the cases allow, not as the tests would', () => {
    const rate = clusteredRate(allOrNothing(100, 10, 0.3), 1);
    const [tests, cases] = [wilson(300, 1_000), wilson(30, 100)];
    const width = ({ low, high }: { low: number | null; high: number | null }) => high! - low!;
    expect(rate).toMatchObject({ k: 300, n: 1_000, rate: 0.3, cases: 100, method: 'cluster bootstrap over cases' });
    expect(width(rate)).toBeGreaterThan(2.5 * width(tests));
    expect(width(rate)).toBeCloseTo(width(cases), 1);
  });

  it('gives the same interval for the same seed, however many cases there are', () => {
    const shapes = allOrNothing(1_000_000, 13, 0.25);
    const rate = clusteredRate(shapes, 7);
    expect(clusteredRate([...shapes].reverse(), 7)).toEqual(rate);
    expect(rate.low).toBeCloseTo(0.25 - 1.96 * Math.sqrt((0.25 * 0.75) / 1_000_000), 4);
  });

  it.each([
    ['few cases', allOrNothing(10, 5, 0.5)],
    ['no success', allOrNothing(200, 5, 0)],
    ['nothing but success', allOrNothing(200, 5, 1)],
  ])('stays on the safe side with %s', (_, shapes) => {
    const rate = clusteredRate(shapes, 1);
    expect(rate.method).toBe('wilson over cases');
    expect(rate.high! - rate.low!).toBeGreaterThan(0.01);
  });

  it('says nothing of nothing', () => {
    expect(clusteredRate([], 1)).toMatchObject({ n: 0, rate: null, low: null, high: null });
  });

  it('holds the truth in about 95 of 100 intervals', () => {
    const random = seededRandom('coverage of clusters');
    const [cases, tests, rounds] = [80, 6, 100];
    let held = 0;
    for (let round = 0; round < rounds; round++) {
      // Each case has an inclination of its own, evenly spread: the truth is 0.5.
      const counts = Array.from({ length: tests + 1 }, (_, k) => ({ k, n: tests, cases: 0 }));
      for (let index = 0; index < cases; index++) {
        const inclination = random.next();
        counts[Array.from({ length: tests }).filter(() => random.next() < inclination).length]!.cases += 1;
      }
      const { low, high } = clusteredRate(counts, round);
      if (low! <= 0.5 && 0.5 <= high!) held += 1;
    }
    expect(held / rounds).toBeGreaterThan(0.91);
  });
});
