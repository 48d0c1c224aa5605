import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bucketOf, packTagger, readTagger, type TaggerWeights, taggerWith } from './sequence-tagger.ts';

const BITS = 8;
const TAGS = 2;
const folder = mkdtempSync(join(tmpdir(), 'redoubt-tagger-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Log-odds by feature and tag, and from tag to tag. */
function weightsOf(
  features: Readonly<Record<number, readonly number[]>>,
  transitions: readonly number[],
): TaggerWeights {
  const emissions = new Float32Array(2 ** BITS * TAGS);
  for (const [feature, odds] of Object.entries(features)) emissions.set(odds, bucketOf(Number(feature), BITS) * TAGS);
  return { tags: TAGS, bits: BITS, emissions, step: 1, transitions };
}

/** All ways of tagging, one by one: what the algorithm must come to. */
function byHand({ emissions, transitions }: TaggerWeights, rows: readonly (readonly number[])[]): number[] {
  const chances = new Array<number>(rows.length * TAGS).fill(0);
  let all = 0;
  for (let way = 0; way < TAGS ** rows.length; way++) {
    const tags = rows.map((_row, place) => (way >> place) & 1);
    let score = 0;
    for (const [place, features] of rows.entries()) {
      const tag = tags[place]!;
      score += transitions[(tags[place - 1] ?? 0) * TAGS + tag]!;
      for (const feature of features) score += emissions[bucketOf(feature, BITS) * TAGS + tag]!;
    }
    all += Math.exp(score);
    for (const [place, tag] of tags.entries()) chances[place * TAGS + tag]! += Math.exp(score);
  }
  return chances.map((chance) => chance / all);
}

describe('tagger', () => {
  const weights = weightsOf({ 1: [0, 1.5], 2: [0.7, -0.2], 3: [0.1, 0.4] }, [0.3, -1, 0.2, 0.9]);
  const rows = [[1, 3], [2], [3], [1, 2, 3], [2, 2]];

  it('gives each tag the share of all ways that lead through it', () => {
    const chances = taggerWith(weights)(rows);
    for (const [at, chance] of byHand(weights, rows).entries()) expect(chances[at]).toBeCloseTo(chance, 10);
  });

  it('stays exact where the odds are beyond all numbers', () => {
    const steep = weightsOf({ 1: [0, 2000], 2: [2000, 0] }, [0, 0, 0, 0]);
    expect(Array.from(taggerWith(steep)([[1], [2], [1]]))).toEqual([0, 1, 1, 0, 0, 1]);
  });

  it('has nothing to say of an empty sequence', () => {
    expect(taggerWith(weights)([])).toHaveLength(0);
  });

  it('says the same after it was written and read, up to the steps of a byte', () => {
    const path = join(folder, 'tagger.bin');
    writeFileSync(path, packTagger(weights));
    const again = taggerWith(readTagger(path))(rows);
    for (const [at, chance] of taggerWith(weights)(rows).entries()) expect(again[at]).toBeCloseTo(chance, 1);
  });

  it.each([
    ['another file', () => Buffer.from('PK\u0003\u0004 and so on, far longer than a header')],
    ['a file that was cut', () => packTagger(weights).subarray(0, 100)],
  ])('refuses %s, and names it', (_name, bytes) => {
    const path = join(folder, 'broken.bin');
    writeFileSync(path, bytes());
    expect(() => readTagger(path)).toThrow(path);
  });
});
