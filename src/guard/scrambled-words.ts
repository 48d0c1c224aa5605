// Puts the letters of scrambled words back into their order, where that makes English words of many of them: as people
// read "ingroe yuor perivous insrtuctinos". First and last letter have kept their places; case says nothing.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { restlessCase, WILD_CASE } from './restless-case.ts';

const vocabulary = fileURLToPath(new URL('../../data/models/all-minilm-l6-v2/vocab.txt', import.meta.url));

/** Words by how rare they are (a rank), and the most frequent one of each set of letters with its ends, or its first. */
interface Lexicon {
  readonly ranks: ReadonlyMap<string, number>;
  readonly byLetters: ReadonlyMap<string, string>;
}

const SHORTEST = 2;

const sorted = (letters: string): string => letters.split('').sort().join('');

const byEnds = (word: string): string => `${word.charAt(0)}${sorted(word.slice(1, -1))}${word.charAt(word.length - 1)}`;

/** Of words in front of a sentence sign: there the sign was the last letter that kept its place. */
const byStart = (word: string): string => `${word.charAt(0)}.${sorted(word.slice(1))}`;

const keysOf = (word: string): string[] => (word.length > SHORTEST ? [byEnds(word), byStart(word)] : []);

function readLexicon(): Lexicon {
  const words = readFileSync(vocabulary, 'utf8')
    .split('\n')
    .filter((piece) => piece.length >= SHORTEST && /^[a-z]+$/.test(piece));
  const byLetters = new Map<string, string>();
  // The vocabulary begins with its most frequent words.
  for (const word of words) for (const key of keysOf(word)) if (!byLetters.has(key)) byLetters.set(key, word);
  return { ranks: new Map(words.map((word, rank) => [word, rank])), byLetters };
}

let lexicon: Lexicon | null = null;
const openLexicon = (): Lexicon => {
  lexicon ??= readLexicon();
  return lexicon;
};

/** Letters and the signs that stand beside them in ASCII, between blanks and sentence signs. */
const token = /(?<=^|[\s"'(,.;:!?-])[a-z@[\]{`^_]{2,24}(?=$|[\s"'),.;:!?-])/gi;

/** The word with one sign moved by one place in ASCII, each way. */
function* nearby(word: string): Generator<string> {
  for (let at = 0; at < word.length; at++)
    for (const step of [-1, 1])
      yield word.slice(0, at) + String.fromCharCode(word.charCodeAt(at) + step) + word.slice(at + 1);
}

interface Token {
  readonly word: string;
  readonly endsSentence: boolean;
}

const tokenOf = (match: string, following: string): Token => ({
  word: match.toLowerCase(),
  endsSentence: /[.,;:!?]/.test(following),
});

function ordered({ word, endsSentence }: Token, { byLetters }: Lexicon): string | null {
  return byLetters.get(byEnds(word)) ?? (endsSentence ? byLetters.get(byStart(word)) : undefined) ?? null;
}

/** Ranks of this and more are words that hardly anybody means. */
const RARE = 6000;

/** The most frequent word that it can be made of by order and, where that gives none, by one moved sign; null if none. */
function mended(written: Token, known: Lexicon): string | null {
  const own = known.ranks.get(written.word);
  if (own !== undefined && own < RARE) return written.word;
  const direct = own === undefined ? ordered(written, known) : null;
  if (direct !== null) return direct;
  let [best, bestRank] = [own === undefined ? null : written.word, own ?? Number.POSITIVE_INFINITY];
  for (const word of nearby(written.word)) {
    const found = known.ranks.has(word) ? word : ordered({ ...written, word }, known);
    const rank = found === null ? Number.POSITIVE_INFINITY : known.ranks.get(found)!;
    if (rank < bestRank) [best, bestRank] = [found, rank];
  }
  return best;
}

/** The letters of the word in the letter case of what was written: restless case stays to be seen. */
const inCaseOf = (written: string, word: string): string =>
  Array.from(word, (letter, at) => (/[A-Z]/.test(written.charAt(at)) ? letter.toUpperCase() : letter)).join('');

const LEAST_SCRAMBLED = 2;
const SCRAMBLED_SHARE = 0.15;
/** Nobody scrambles a book; what is longer is read as it stands. */
const LONGEST_READ = 20_000;

const word = /[a-z]{4,24}/gi;
const SAMPLED = 240;

/** Whether the first words look scrambled: well-written text holds next to none that others can be made of. */
function looksScrambled(text: string, { ranks, byLetters }: Lexicon): boolean {
  const words = text.slice(0, SAMPLED).toLowerCase().match(word) ?? [];
  const isEnough = (count: number): boolean => count >= LEAST_SCRAMBLED && count >= words.length * SCRAMBLED_SHARE;
  // Most texts hold too few unknown words for that: their letters need not be looked at.
  const unknown = words.filter((each) => !ranks.has(each));
  return isEnough(unknown.length) && isEnough(unknown.filter((each) => byLetters.has(byEnds(each))).length);
}

/** A blank moved by one place in ASCII. */
const movedBlank = /(?<=[a-z])!(?=[a-z])/gi;

/** The text with its scrambled words put right; as it was where it does not look scrambled. */
export function readScrambled(text: string): string {
  if (text.length > LONGEST_READ) return text;
  const known = openLexicon();
  if (restlessCase(text) < WILD_CASE && !looksScrambled(text, known)) return text;
  return text.replace(movedBlank, ' ').replace(token, (match, at: number) => {
    const written = tokenOf(match, text.charAt(at + match.length));
    const found = mended(written, known);
    return found === null || found === written.word ? match : inCaseOf(match, found);
  });
}
