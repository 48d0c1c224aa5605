// Whether a text is one that the judge model can read: it learned from English alone, and what it says of prose in another
// language means nothing.
import { wordsOf } from './sentences.ts';

/** The commonest English words that are no common words of other languages ("is", "in", "a", "to" and "or" are). */
const englishWords: ReadonlySet<string> = new Set(
  "the and of it that you your for with this are they their there them these those from have has had what which who when how if but will would should could my our his she at by were been does don't more some any than into about it's i'm".split(
    ' ',
  ),
);

/** 99 of 100 English answers have more than 8 %, nearly all texts in other languages less than 4 %. */
const LEAST_SHARE = 0.05;
/** Fewer different words are of no language in particular; numbers are of none. */
const FEWEST_WORDS = 12;
/** What says one word more often is a list or a stutter. */
const MOST_OF_ONE_WORD = 0.25;
const MOST_CHARACTERS = 6_000;

/** Signs of code, tables and addresses: no prose, whatever the language. */
const signs = /[{}()[\]<>=;|_@\\/]/g;
const SIGNS_PER_WORD = 0.15;

const otherLetters = /(?!\p{Script=Latin})\p{L}/gu;
const latinLetters = /\p{Script=Latin}/gu;

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Whether `text` is prose in another language than English, as far as its commonest words and its letters tell. */
export function isForeignProse(text: string): boolean {
  const start = text.slice(0, MOST_CHARACTERS);
  const words = wordsOf(start).filter((word) => !/^\p{N}/u.test(word));
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  if (counts.size < FEWEST_WORDS || Math.max(...counts.values()) > words.length * MOST_OF_ONE_WORD) return false;
  if (countOf(start, otherLetters) > countOf(start, latinLetters)) return true;
  if (countOf(start, signs) > words.length * SIGNS_PER_WORD) return false;
  return words.filter((word) => englishWords.has(word)).length < words.length * LEAST_SHARE;
}
