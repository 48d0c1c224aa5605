// What the tagger reads of a chain: its words, numbers and signs with the two before it, each as numbers. Nothing behind
// the chain is read, so that a stream that has waited for the chain's end decides as the whole text would. Pure; the
// weights belong to exactly these features.
import type { Features } from '../../../inference/sequence-tagger.ts';
import type { Chain } from './chains.ts';
import { IN_LOWER_CASE, type Lexicon } from './lexicon.ts';

export interface Token {
  readonly start: number;
  readonly end: number;
}

/** One word, number or sign as numbers. */
interface Read extends Token {
  /** Hash of the word in lower case. */
  readonly word: number;
  readonly shape: number;
  /** What the lexicon knows of a word, from 1 on; 0 for numbers and signs. */
  readonly known: number;
  /** What stands before it: 0 nothing, 1 a blank, 2 a line end, 3 an empty line, 4 the beginning of the text. */
  readonly gap: number;
  /** Hashes of the first 1 to 4 letters, and of the last 1 to 4. */
  readonly heads: readonly number[];
  readonly tails: readonly number[];
}

const SEED = 0x811c9dc5;
const PRIME = 0x01000193;

/** FNV-1a over UTF-16 codes (Fowler, Noll and Vo). */
export function hashOf(text: string, start = 0, end = text.length): number {
  let hash = SEED;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), PRIME);
  return hash | 0;
}

/** The number of a feature: which one it is, and what it says. The last step is that of MurmurHash3. */
function mixed(feature: number, a: number, b = 0, c = 0, d = 0): number {
  let hash = Math.imul(feature + 1, 0x85ebca6b) ^ a;
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) ^ b;
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) ^ c;
  hash = Math.imul(hash ^ (hash >>> 16), 0x297a2d39) ^ d;
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
}

type Sort = 'blank' | 'letter' | 'digit' | 'sign';
const LAST_OF_ASCII = 0x7f;
const letter = /[\p{L}\p{M}]/u;
const digit = /\p{N}/u;
const blank = /\s/u;

function sortOfSign(sign: string): Sort {
  if (letter.test(sign)) return 'letter';
  if (digit.test(sign)) return 'digit';
  return blank.test(sign) ? 'blank' : 'sign';
}

const sortsOfAscii: readonly Sort[] = Array.from({ length: LAST_OF_ASCII + 1 }, (_, code) =>
  code <= 0x20 ? 'blank' : sortOfSign(String.fromCharCode(code)),
);

const sortOfCode = (code: number): Sort => sortsOfAscii[code] ?? sortOfSign(String.fromCharCode(code));

/** Runs of letters, runs of digits, and every other sign by itself. */
function tokensBetween(text: string, from: number, to: number): Token[] {
  const tokens: Token[] = [];
  for (let at = from; at < to; ) {
    const start = at;
    const sort = sortOfCode(text.charCodeAt(at++));
    if (sort === 'letter' || sort === 'digit') while (at < to && sortOfCode(text.charCodeAt(at)) === sort) at++;
    if (sort !== 'blank') tokens.push({ start, end: at });
  }
  return tokens;
}

const capitalised = /^\p{Lu}/u;
const shapes = { lower: 1, initial: 2, capitals: 3, capitalised: 4, inside: 5, digits: 6, signs: 20 };
const MOST_DIGITS = 8;

/** `lower` is the word in lower case. */
function shapeOf(word: string, lower: string): number {
  const sort = sortOfCode(word.charCodeAt(0));
  if (sort === 'digit') return shapes.digits + Math.min(word.length, MOST_DIGITS);
  if (sort === 'sign') return shapes.signs + word.charCodeAt(0);
  if (word === lower || !capitalised.test(word)) return shapes.lower;
  if (word.length === 1) return shapes.initial;
  const rest = word.slice(1);
  if (rest === lower.slice(1)) return shapes.capitalised;
  return rest === rest.toUpperCase() ? shapes.capitals : shapes.inside;
}

const LINE = 0x0a;
const isBlank = (code: number): boolean => code <= 0x20 || code === 0xa0;

function gapBefore(text: string, start: number): number {
  let at = start - 1;
  let lines = 0;
  for (; at >= 0 && isBlank(text.charCodeAt(at)); at--) if (text.charCodeAt(at) === LINE) lines += 1;
  if (at < 0) return 4;
  return at === start - 1 ? 0 : 1 + Math.min(lines, 2);
}

const LONGEST_PART = 4;
const LONGEST_WORD = 24;

const none: readonly number[] = [];

function read(text: string, { start, end }: Token, lexicon: Lexicon): Read {
  const written = text.slice(start, Math.min(end, start + LONGEST_WORD));
  const lower = written.toLowerCase();
  const shape = shapeOf(written, lower);
  const isWord = shape < shapes.digits;
  const isNumber = !isWord && shape < shapes.signs;
  const word = isNumber ? shape : hashOf(lower);
  const heads: number[] = [];
  const tails: number[] = [];
  for (let length = 1; length <= Math.min(LONGEST_PART, lower.length); length++) {
    heads.push(hashOf(lower, 0, length));
    tails.push(hashOf(lower, lower.length - length));
  }
  return {
    start,
    end,
    word,
    shape,
    known: isWord ? 1 + lexicon(word) : 0,
    gap: gapBefore(text, start),
    heads,
    tails,
  };
}

const nothing: Read = { start: 0, end: 0, word: 0, shape: 0, known: 0, gap: 0, heads: none, tails: none };

const REACH = 48;

/** The last two tokens before a place. */
const before = (text: string, place: number): Token[] =>
  tokensBetween(text, Math.max(0, place - REACH), place).slice(-2);

/** Those that know a word by itself; training hides them at times, so that names are not only learned by heart. */
function addBySelf(features: number[], last: Read, own: Read, next: Read): void {
  features.push(mixed(1, own.word), mixed(2, last.word, own.word), mixed(3, own.word, next.word));
  features.push(mixed(4, own.word, own.gap));
}
export const FEATURES_BY_SELF = 4;

function addBySurroundings(features: number[], two: Read, last: Read, own: Read, next: Read, after: Read): void {
  features.push(mixed(5, 0), mixed(6, last.word), mixed(7, two.word), mixed(8, next.word));
  features.push(mixed(9, two.word, last.word), mixed(10, own.shape, own.gap));
  features.push(mixed(11, last.shape, own.shape, own.gap), mixed(12, own.shape, next.shape, next.gap));
  features.push(mixed(13, last.shape, own.shape, next.shape), mixed(14, own.shape, last.word));
  features.push(mixed(15, own.shape, two.word, last.word), mixed(16, own.shape, next.word));
  features.push(mixed(17, own.shape, next.shape, after.shape), mixed(18, two.shape, last.shape, own.shape));
  features.push(mixed(19, own.gap, last.word), mixed(20, own.shape, last.tails[2] ?? 0));
  features.push(mixed(21, own.shape, next.tails[2] ?? 0), mixed(22, own.shape, own.tails[1] ?? 0, next.tails[1] ?? 0));
  features.push(mixed(23, own.shape, own.tails[1] ?? 0, last.tails[1] ?? 0));
}

function addByLexicon(features: number[], two: Read, last: Read, own: Read, next: Read): void {
  features.push(mixed(24, own.known, own.shape, own.gap), mixed(25, own.known, last.known, own.shape, last.shape));
  features.push(mixed(26, own.known, next.known, own.shape, next.shape), mixed(27, own.known, last.word));
  features.push(mixed(28, own.known, next.word), mixed(29, last.known, own.known, next.known, own.shape));
  features.push(mixed(30, own.known, two.word, last.word));
}

function addByLetters(features: number[], { heads, tails, shape }: Read): void {
  for (let length = 0; length < heads.length; length++)
    features.push(mixed(31 + length, heads[length]!), mixed(31 + LONGEST_PART + length, tails[length]!, shape));
}

function featuresAt(row: readonly Read[], at: number): number[] {
  const two = row[at - 2] ?? nothing;
  const last = row[at - 1] ?? nothing;
  const own = row[at]!;
  const next = row[at + 1] ?? nothing;
  const features: number[] = [];
  addBySelf(features, last, own, next);
  addBySurroundings(features, two, last, own, next, row[at + 2] ?? nothing);
  addByLexicon(features, two, last, own, next);
  addByLetters(features, own);
  return features;
}

/** Words alone that occur in lower case and are no names, or numbers alone: neither a name nor an address. */
function isPlain(text: string, tokens: readonly Token[], lexicon: Lexicon): boolean {
  let hasDigits = false;
  let hasWords = false;
  let isKnown = true;
  for (const { start, end } of tokens) {
    const sort = sortOfCode(text.charCodeAt(start));
    if (sort === 'digit') hasDigits = true;
    if (sort !== 'letter') continue;
    hasWords = true;
    isKnown &&= lexicon(hashOf(text.slice(start, end).toLowerCase())) === IN_LOWER_CASE;
  }
  return !hasWords || (isKnown && !hasDigits);
}

export interface ReadChain {
  readonly tokens: readonly Token[];
  readonly rows: readonly Features[];
}

/** The tokens of a chain with the features of each; null where it is too plain to be asked about. */
export function readChain(text: string, { start, end }: Chain, lexicon: Lexicon): ReadChain | null {
  const tokens = tokensBetween(text, start, end);
  if (isPlain(text, tokens, lexicon)) return null;
  const context = before(text, start);
  const row = [...context, ...tokens].map((each) => read(text, each, lexicon));
  return { tokens, rows: tokens.map((_each, index) => featuresAt(row, context.length + index)) };
}
