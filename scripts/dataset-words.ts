// Requests as words: how alike two are, and how much of one stands in a foreign text.
import type { CaseLine } from '../src/scan/datasets/case-line.ts';

/** Every string inside a value, however deep. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
}

/** What the target is asked: the prompt, or what the user says in the messages. */
export const requestOf = ({ prompt, variants, messages = [] }: CaseLine): string =>
  prompt ??
  variants?.[0]?.prompt ??
  messages
    .filter(({ role }) => role === 'user')
    .map(({ content }) => content)
    .join('\n');

/** Words of any script; writing without spaces counts sign by sign. */
export const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{M}\p{N}]+/gu) ?? [];

/** Runs of `size` words, each once; a shorter text is one run. */
export function gramsOf(words: readonly string[], size: number): ReadonlySet<string> {
  if (words.length < size) return new Set([words.join(' ')]);
  return new Set(words.slice(size - 1).map((_, index) => words.slice(index, index + size).join(' ')));
}

export interface Pair {
  readonly one: number;
  readonly other: number;
  /** 0..1, at 1 the same. */
  readonly likeness: number;
}

/** All pairs of texts that share a run of three words, with the Jaccard index of their runs. */
export function alikePairs(texts: readonly string[]): Pair[] {
  const holders = new Map<string, number[]>();
  const sets = texts.map((text) => gramsOf(wordsOf(text), 3));
  return sets.flatMap((set, index) => {
    const shared = new Map<number, number>();
    for (const gram of set) {
      const earlier = holders.get(gram) ?? [];
      for (const other of earlier) shared.set(other, (shared.get(other) ?? 0) + 1);
      holders.set(gram, [...earlier, index]);
    }
    return [...shared].map(([other, count]) => ({
      one: other,
      other: index,
      likeness: count / (set.size + sets[other]!.size - count),
    }));
  });
}

/** The pair that is most alike; null where no two are alike at all. */
export const nearestOf = (pairs: readonly Pair[]): Pair | null =>
  pairs.reduce<Pair | null>((best, pair) => (best === null || pair.likeness > best.likeness ? pair : best), null);

const CONTAINMENT_WORDS = 5;

/** How much of a text stands in a foreign one. */
export interface Containment {
  readonly text: number;
  /** 0..1: share of its runs of five words. */
  readonly share: number;
}

/**
 * A reader of foreign texts: gives for each the texts that it holds parts of. Texts of fewer than eight words are left
 * out, since anybody may have written them.
 */
export function containmentIn(texts: readonly string[]): (foreign: string) => Containment[] {
  const FEWEST_WORDS = 8;
  const holders = new Map<string, number[]>();
  const sizes = texts.map((text, index) => {
    const words = wordsOf(text);
    if (words.length < FEWEST_WORDS) return 0;
    const grams = gramsOf(words, CONTAINMENT_WORDS);
    for (const gram of grams) holders.set(gram, [...(holders.get(gram) ?? []), index]);
    return grams.size;
  });
  return (foreign) => {
    const shared = new Map<number, number>();
    for (const gram of gramsOf(wordsOf(foreign), CONTAINMENT_WORDS))
      for (const index of holders.get(gram) ?? []) shared.set(index, (shared.get(index) ?? 0) + 1);
    return [...shared].map(([text, count]) => ({ text, share: count / sizes[text]! }));
  };
}
