import { describe, expect, it } from 'vitest';
import { seededRandom } from '../core/random.ts';
import { type FieldSpec, TextHasher } from './text-hash.ts';

const words: FieldSpec = { name: 'words', words: [1, 3], characters: null, longest: 10_000 };
const characters: FieldSpec = { name: 'characters', words: null, characters: [3, 5], longest: 10_000 };

const groupsOf = (fields: readonly FieldSpec[], texts: readonly string[], bits = 18): number[][] => {
  const { buckets, ends } = new TextHasher(fields, bits).hash(texts);
  return ends.map((end, index) => [...buckets.slice(ends[index - 1] ?? 0, end)].sort((a, b) => a - b));
};
const wordsOf = (text: string): number[] => groupsOf([words], [text])[0]!;

describe('hashing of words', () => {
  it.each([
    ['', 0],
    ['one', 1],
    ['one two', 3],
    ['one two three', 6],
    ['one two three four', 9],
    ['one one one', 3],
    ["can't stop", 3],
    ['...', 0],
    ['无法协助', 9],
    ['über-groß', 3],
  ])('reads %j as %i different n-grams', (text, count) => {
    expect(wordsOf(text)).toHaveLength(count);
  });

  it.each([
    ['HELLO there', 'hello THERE'],
    ['room 12', 'room 97'],
    ['I can’t', "i can't"],
    ['a  b\n\nc', 'a b c'],
    ['a, b; c!', 'a b c'],
  ])('reads %j as it reads %j', (one, other) => {
    expect(wordsOf(one)).toEqual(wordsOf(other));
  });

  it.each([
    ['dog bites man', 'man bites dog'],
    ['room 12', 'room 123'],
    ['ab c', 'a bc'],
    ['无法协助', '協助无法'],
  ])('tells %j from %j', (one, other) => {
    expect(wordsOf(one)).not.toEqual(wordsOf(other));
  });

  it('reads the same words of two fields as different features', () => {
    const [first, second] = groupsOf([words, { ...words, name: 'other' }], ['same text here', 'same text here']);
    expect(first!.filter((bucket) => second!.includes(bucket)).length).toBeLessThanOrEqual(1);
  });
});

describe('hashing of characters', () => {
  it('reads blanks at both ends as part of the text', () => {
    // " abc ": three of 3, two of 4, one of 5.
    expect(groupsOf([characters], ['abc'])[0]).toHaveLength(6);
    expect(groupsOf([characters], ['a   b'])).toEqual(groupsOf([characters], ['a b']));
    expect(groupsOf([characters], ['a\nb'])).not.toEqual(groupsOf([characters], ['a b']));
  });
});

describe('the hasher', () => {
  it('never reads past the longest length of a field', () => {
    const short: FieldSpec = { ...words, longest: 7 };
    expect(groupsOf([short], ['one two three'])).toEqual(groupsOf([short], ['one two and more']));
  });

  it('gives the same when asked again, and forgets the text before', () => {
    const hasher = new TextHasher([words, characters], 16);
    const once = [...hasher.hash(['one two', 'three']).buckets.slice(0, 12)];
    hasher.hash(['something else that is much longer'.repeat(400), 'and more'.repeat(2000)]);
    expect([...hasher.hash(['one two', 'three']).buckets.slice(0, 12)]).toEqual(once);
  });

  it('spreads n-grams evenly over the buckets', () => {
    const random = seededRandom('hash');
    const text = Array.from({ length: 40_000 }, () => random.below(1e9).toString(36).replace(/\d/g, 'x')).join(' ');
    const [found] = groupsOf([{ ...words, words: [1, 1], longest: 1e6 }], [text], 16);
    // 40,000 throws into 65,536 buckets leave 1 - e^-0.61 of them hit.
    expect(found!.length / 65_536).toBeGreaterThan(0.44);
    expect(found!.length / 65_536).toBeLessThan(0.47);
  });

  it.each([7, 25])('refuses %i bits', (bits) => {
    expect(() => new TextHasher([words], bits)).toThrow(RangeError);
  });
});
