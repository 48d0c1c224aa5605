// The two ways in which emoji get into a text: inside every word, as Wei et al. do it (exact), and in the place of words.

/** U+1F60A, as in the published code. */
export const insertedEmoji = '\u{1F60A}';

/** An emoji in the middle of every word, before a word of one letter; white space becomes single spaces. */
export const insertEmoji = (text: string): string =>
  text
    .split(/\s+/u)
    .filter((word) => word !== '')
    .map((word) => {
      const signs = Array.from(word);
      const middle = Math.floor(signs.length / 2);
      return `${signs.slice(0, middle).join('')}${insertedEmoji}${signs.slice(middle).join('')}`;
    })
    .join(' ');

export const removeEmoji = (text: string): string => text.replaceAll(insertedEmoji, '');

export interface Signs {
  /** Lower-case words, each with its sign. */
  readonly words: Readonly<Record<string, string>>;
  /** Signs for words of which none is known, in the order of their use. */
  readonly free: readonly string[];
  /** Lower-case words that no free sign is spent on. */
  readonly plain: readonly string[];
}

export interface Substituted {
  readonly text: string;
  /** Sign and the word it stands for, in the order of their first use. */
  readonly legend: readonly (readonly [string, string])[];
}

/** The text with each known word replaced by its sign; of two words with one sign the second stays, so that it can be read. */
function substituteKnown(text: string, { words }: Signs): Substituted {
  const legend = new Map<string, string>();
  const written = text.replace(/\p{L}+/gu, (word) => {
    const known = word.toLowerCase();
    const sign = Object.hasOwn(words, known) ? words[known]! : null;
    if (sign === null || text.includes(sign) || (legend.get(sign) ?? known) !== known) return word;
    legend.set(sign, known);
    return sign;
  });
  return { text: written, legend: [...legend] };
}

const LEAST_LETTERS = 4;
/** Where a sign stands for a syllable or a word. */
const LEAST_SYLLABLES = 2;
const syllables = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}ー]+$/u;
const wordly = /^[\p{L}\p{M}'’]+$/u;

/** From this many words on three are replaced, else two. */
const MANY_WORDS = 10;

const lengthOf = (word: string): number => Array.from(word).length;

function longestWords(words: readonly string[], plain: readonly string[]): readonly string[] {
  const fitting = [...new Set(words)].filter(
    (word) =>
      wordly.test(word) &&
      lengthOf(word) >= (syllables.test(word) ? LEAST_SYLLABLES : LEAST_LETTERS) &&
      !plain.includes(word.toLowerCase()),
  );
  return fitting.sort((a, b) => lengthOf(b) - lengthOf(a)).slice(0, words.length < MANY_WORDS ? 2 : 3);
}

let segmenter: Intl.Segmenter | null = null;

/** The text with its two or three longest words replaced by free signs. */
function substituteLongest(text: string, { free, plain }: Signs): Substituted {
  segmenter ??= new Intl.Segmenter('und', { granularity: 'word' });
  const parts = [...segmenter.segment(text)];
  const words = parts.filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
  const chosen = longestWords(words, plain);
  const signs = free.filter((sign) => !text.includes(sign));
  const legend = words
    .filter((word, index) => chosen.includes(word) && words.indexOf(word) === index)
    .flatMap((word, index) => (signs[index] === undefined ? [] : [[signs[index], word] as const]));
  const signOf = new Map(legend.map(([sign, word]) => [word, sign]));
  return { text: parts.map(({ segment }) => signOf.get(segment) ?? segment).join(''), legend };
}

/** The text with its sensitive words as signs; where it has none that is known, its longest words, in any script. */
export function substitute(text: string, signs: Signs): Substituted {
  const known = substituteKnown(text, signs);
  return known.legend.length > 0 ? known : substituteLongest(text, signs);
}
