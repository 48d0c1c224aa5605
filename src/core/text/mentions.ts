// Whether a phrase stands in a text as whole words: what answer keys and decisions are read by.
import { normalise } from './normalise.ts';
import { withPlainDigits } from './own-digits.ts';
import { unspacedSign } from './unspaced.ts';

/** Thousands set apart: 12,000, 12'000 and, as in India, 1,00,000. A point may as well begin the decimals. */
const grouped = /(?<![\d.,'])\d{1,3}(?:(?:,\d{2,3})*,\d{3}|(?:'\d{3})+)(?![\d']|,\d)/g;

const folded = (text: string): string =>
  withPlainDigits(normalise(text).toLowerCase())
    .replace(/[\u2018\u2019]/g, "'")
    .replace(grouped, (number) => number.replace(/[,']/g, ''));

const word = /[\p{L}\p{N}]/u;
/** Scripts that write without spaces, or join endings to words: there is no word edge to ask for. */
const edgeless = new RegExp(`${unspacedSign}|\\p{Script=Hangul}`, 'u');

/** Whether two neighbouring characters belong to one word. */
const joins = (left: string | undefined, right: string | undefined): boolean =>
  left !== undefined &&
  right !== undefined &&
  word.test(left) &&
  word.test(right) &&
  !edgeless.test(left) &&
  !edgeless.test(right);

/** Whether the number that stands here goes on beyond a sign: "1,366" and "3.14" hold neither 366 nor 14. */
const isPartOfNumber = (before: string, phrase: string, after: string): boolean =>
  (/^\d/.test(phrase) && /\d[.,]$/.test(before)) || (/\d$/.test(phrase) && /^[.,]\d/.test(after));

/** Whether `phrase` stands in `text` as whole words and numbers, letter case, curly quotes and thousands' signs aside. */
export function mentions(text: string, phrase: string): boolean {
  const haystack = folded(text);
  const needle = folded(phrase);
  for (let at = haystack.indexOf(needle); at >= 0 && needle !== ''; at = haystack.indexOf(needle, at + 1)) {
    const end = at + needle.length;
    const isWhole = !joins(haystack[at - 1], needle[0]) && !joins(needle.at(-1), haystack[end]);
    if (isWhole && !isPartOfNumber(haystack.slice(Math.max(0, at - 2), at), needle, haystack.slice(end, end + 2)))
      return true;
  }
  return false;
}
