import { describe, expect, it } from 'vitest';
import { sampleIndices, seededRandom } from './random.ts';

const draws = (count: number, ...words: (string | number)[]): number[] => {
  const random = seededRandom(...words);
  return Array.from({ length: count }, () => random.next());
};

describe('seededRandom', () => {
  it('gives the same stream for the same words, on every machine', () => {
    expect(draws(5, 42, 'case-1', 'leetspeak')).toEqual(draws(5, 42, 'case-1', 'leetspeak'));
    expect(draws(3, 'redoubt', 1)).toMatchInlineSnapshot(`
      [
        0.7152216376271099,
        0.11445865011774004,
        0.5447364228311926,
      ]
    `);
  });

  it.each<[(string | number)[], (string | number)[]]>([
    [[1], [2]],
    [
      ['a', 'b'],
      ['b', 'a'],
    ],
    [['ab'], ['a', 'b']],
    [
      ['a', 'bc'],
      ['ab', 'c'],
    ],
    [['a'], ['a', '']],
    [[], ['x']],
  ])('gives another stream for %j than for %j', (one, other) => {
    expect(draws(4, ...one)).not.toEqual(draws(4, ...other));
  });

  it('draws evenly in [0, 1)', () => {
    const all = draws(20_000, 'even');
    expect(all.every((value) => value >= 0 && value < 1)).toBe(true);
    const tenths = Array.from(
      { length: 10 },
      (_, tenth) => all.filter((value) => Math.floor(value * 10) === tenth).length,
    );
    for (const count of tenths) expect(Math.abs(count - 2_000)).toBeLessThan(200);
  });

  it('draws whole numbers below the bound, all of them', () => {
    const random = seededRandom('dice');
    const seen = new Set(Array.from({ length: 500 }, () => random.below(6)));
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(random.below(1)).toBe(0);
  });

  it('is not correlated between neighbouring seeds', () => {
    const pairs = Array.from({ length: 2_000 }, (_, seed) => [draws(1, seed)[0]!, draws(1, seed + 1)[0]!] as const);
    const covariance = pairs.reduce((sum, [a, b]) => sum + (a - 0.5) * (b - 0.5), 0) / pairs.length;
    expect(Math.abs(covariance)).toBeLessThan(0.01);
  });
});

describe('sampleIndices', () => {
  it.each([
    [10, 3],
    [100, 99],
    [1_000_000, 10],
    [5, 1],
    [5, 0],
  ])('of %i picks %i different ones in ascending order', (total, count) => {
    const picked = sampleIndices(total, count, seededRandom('sample', total, count));
    expect(picked).toHaveLength(count);
    expect(new Set(picked).size).toBe(count);
    expect(picked).toEqual([...picked].sort((a, b) => a - b));
    expect(picked.every((index) => Number.isInteger(index) && index >= 0 && index < total)).toBe(true);
  });

  it.each([
    [3, 3],
    [3, 10],
    [0, 5],
  ])('of %i gives all where %i are wanted', (total, count) => {
    expect(sampleIndices(total, count, seededRandom('x'))).toEqual(Array.from({ length: total }, (_, index) => index));
  });

  it('picks each index equally often', () => {
    const counts = new Array<number>(10).fill(0);
    for (let seed = 0; seed < 5_000; seed++)
      for (const index of sampleIndices(10, 3, seededRandom('fair', seed))) counts[index]! += 1;
    for (const count of counts) expect(Math.abs(count - 1_500)).toBeLessThan(150);
  });
});
