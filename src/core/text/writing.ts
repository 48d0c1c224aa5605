// How a request is written, as far as planning has to know: some ways of rewriting a text change nothing in some scripts.
// Kept as one number beside each case, so that a million cases are planned without being read.

export interface Writing {
  /** At least half of its letters and digits are Latin letters or plain digits. */
  readonly latin: boolean;
  /** In words between blanks: none or one, two, three or more. */
  readonly words: 1 | 2 | 3;
  readonly english: boolean;
}

const LATIN = 1;
const TWO_WORDS = 2;
const THREE_WORDS = 4;
const ENGLISH = 8;

const LEAST_LATIN = 0.5;
/** More are not told apart. */
const MOST_WORDS = 3;

const plainSign = /[A-Za-z0-9]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII is meant
const ascii = /^[\u0000-\u007f]*$/;

function isLatin(text: string): boolean {
  // Most texts are, and are told at once.
  if (ascii.test(text)) return plainSign.test(text);
  const signs = text.match(/[\p{L}\p{N}]/gu) ?? [];
  return signs.length > 0 && signs.filter((sign) => plainSign.test(sign)).length >= signs.length * LEAST_LATIN;
}

/** The writing of a text as a number, 0..15; `lang` is a BCP 47 tag. */
export function writingCode(text: string, lang: string): number {
  const words = text
    .trim()
    .split(/ +/, MOST_WORDS)
    .filter((word) => word.trim() !== '').length;
  return (
    (isLatin(text) ? LATIN : 0) +
    (words >= 2 ? TWO_WORDS : 0) +
    (words >= 3 ? THREE_WORDS : 0) +
    (/^en\b/i.test(lang) ? ENGLISH : 0)
  );
}

/** What a number of `writingCode` says. */
export const writingOf = (code: number): Writing => ({
  latin: (code & LATIN) > 0,
  words: (code & THREE_WORDS) > 0 ? 3 : (code & TWO_WORDS) > 0 ? 2 : 1,
  english: (code & ENGLISH) > 0,
});
