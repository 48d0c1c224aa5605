// The codes of Bijection Learning (2410.01294): each letter stands for a letter, a number or a short word. Exact to the
// port superred-optimizer-bijection 0.1.0 for a given mapping, and to PyRIT 1.1.0 in its own convention.
import type { Random } from '../../../core/random.ts';
import { shuffled } from '../../../core/random.ts';

export const codomains = ['letter', 'digit', 'token'] as const;
export type Codomain = (typeof codomains)[number];

/** original: the text is written small. pyrit: capitals are kept, and marked by "'" where a letter becomes a number. */
export const conventions = ['original', 'pyrit'] as const;
export type Convention = (typeof conventions)[number];

/** Code for each letter a to z; a letter that stands for itself is fixed. */
export type Mapping = ReadonlyMap<string, string>;

export interface Spelling {
  readonly mapping: Mapping;
  /** Stands before each number or word. */
  readonly delimiter: string;
  readonly convention: Convention;
}

const alphabet = Array.from('abcdefghijklmnopqrstuvwxyz');

/** Words of three letters: all of one length, so that no word is the beginning of another. */
const tokens =
  `ant arm ash bag bay bed bee box bus cap cat cow cup day den dew dog ear egg elm fan fig fin fog fox gem gum hat
hay hen hut ink ivy jam jar jet key kit lid log map mat mud net nut oak oar owl pan pea peg pen pie pig pin pot ram rug rye sea
sky sun tap tea tie tin toe toy van wax web wig yak zip`.split(/\s+/);

function numbers(count: number, digits: number, random: Random): string[] {
  const least = 10 ** (digits - 1);
  const drawn = new Set<number>();
  while (drawn.size < count) drawn.add(least + random.below(9 * least));
  return [...drawn].map(String);
}

const codesFor: Readonly<Record<Codomain, (letters: readonly string[], digits: number, random: Random) => string[]>> = {
  letter: (letters, _digits, random) => shuffled(letters, random),
  digit: (letters, digits, random) => numbers(letters.length, digits, random),
  token: (letters, _digits, random) => shuffled(tokens, random).slice(0, letters.length),
};

/** A mapping by the draws: `fixed` letters stay themselves, the others get a code of the codomain. */
export function drawMapping(codomain: Codomain, fixed: number, digits: number, random: Random): Mapping {
  const order = shuffled(alphabet, random);
  const moved = order.slice(fixed).sort();
  const codes = codesFor[codomain](moved, digits, random);
  return new Map([
    ...order.slice(0, fixed).map((letter) => [letter, letter] as const),
    ...moved.map((letter, at) => [letter, codes[at]!] as const),
  ]);
}

/**
 * Reads a mapping that somebody gives as JSON, letters left out standing for themselves.
 * Null unless it is one-to-one, and its codes are letters, or numbers or words of one length.
 */
export function readMapping(json: string): { readonly mapping: Mapping; readonly codomain: Codomain } | null {
  const given = parsed(json);
  if (given === null) return null;
  const mapping = new Map(alphabet.map((letter) => [letter, given[letter] ?? letter]));
  const codes = [...mapping].filter(([letter, code]) => letter !== code).map(([, code]) => code);
  const isOneToOne = new Set(mapping.values()).size === alphabet.length;
  const isOneLength = new Set(codes.map((code) => code.length)).size <= 1;
  if (!isOneToOne || !isOneLength) return null;
  if (codes.every((code) => /^[a-z]$/.test(code))) return { mapping, codomain: 'letter' };
  if (codes.every((code) => /^\d+$/.test(code))) return { mapping, codomain: 'digit' };
  return codes.every((code) => /^[a-z]{2,}$/.test(code)) ? { mapping, codomain: 'token' } : null;
}

function parsed(json: string): Readonly<Record<string, string>> | null {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const isFit = ([letter, code]: [string, unknown]): boolean =>
      /^[a-z]$/.test(letter) && typeof code === 'string' && code !== '';
    return Object.entries(value).every(isFit) ? (value as Record<string, string>) : null;
  } catch {
    return null;
  }
}

const isWord = (letter: string, code: string): boolean => code !== letter && !/^[a-z]$/.test(code);

export function encode(text: string, { mapping, delimiter, convention }: Spelling): string {
  const source = convention === 'original' ? text.toLowerCase() : text;
  return source.replace(/[A-Za-z]/g, (written) => {
    const letter = written.toLowerCase();
    const code = mapping.get(letter)!;
    const isCapital = written !== letter;
    if (!isWord(letter, code)) return isCapital ? code.toUpperCase() : code;
    return `${delimiter}${isCapital ? "'" : ''}${code}`;
  });
}

/** The text behind `coded`. Exact but for case, and for digits of the text itself where letters became numbers. */
export function decode(coded: string, { mapping, delimiter }: Spelling): string {
  const letters = new Map([...mapping].map(([letter, code]) => [code, letter]));
  const words = [...mapping].filter(([letter, code]) => isWord(letter, code)).map(([, code]) => code);
  if (words.length === 0)
    return coded.replace(/[A-Za-z]/g, (code) => {
      const letter = letters.get(code.toLowerCase())!;
      return code === code.toLowerCase() ? letter : letter.toUpperCase();
    });
  const word = new RegExp(`${delimiter}('?)(${words.join('|')})`, 'g');
  return coded.replace(word, (_whole, mark: string, code: string) => {
    const letter = letters.get(code)!;
    return mark === '' ? letter : letter.toUpperCase();
  });
}
