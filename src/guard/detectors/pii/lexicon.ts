// Which words occur in lower case, and which are names of people or of places: a few bits a word, by its hash.
import { readFileSync } from 'node:fs';

export const IN_LOWER_CASE = 1;
export const NAME = 2;
export const PLACE = 4;
const ALL = IN_LOWER_CASE | NAME | PLACE;

/** By the hash of a word in lower case: which of the bits above hold. Words may share a place. */
export type Lexicon = (word: number) => number;

const PLACES = 2 ** 20;
const shiftOf = (place: number): number => (place & 1) * 4;
const placeOf = (word: number): number => Math.imul(word, 0x9e3779b1) >>> 12;

export const emptyLexicon = (): Uint8Array => new Uint8Array(PLACES / 2);

export function note(bytes: Uint8Array, word: number, bit: number): void {
  const place = placeOf(word);
  bytes[place >>> 1]! |= bit << shiftOf(place);
}

export const lexiconOf =
  (bytes: Uint8Array): Lexicon =>
  (word) => {
    const place = placeOf(word);
    return (bytes[place >>> 1]! >>> shiftOf(place)) & ALL;
  };

const file = new URL('../../../../data/models/pii/lexicon.bin', import.meta.url);
let shipped: Lexicon | null = null;

export const shippedLexicon = (): Lexicon => {
  shipped ??= lexiconOf(readFileSync(file));
  return shipped;
};
