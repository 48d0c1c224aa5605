// One reading of a text, whatever dress its characters wear: what detectors, judges and the simulated target compare.
import { foldHomoglyphs } from './homoglyphs.ts';
import { removeInvisible } from './invisible.ts';

/** Words with one space between them, in one line. */
const tidy = /^[^\s\u0085]+(?: [^\s\u0085]+)*$/;
const plain = /^[\t\n\r\x20-\x7E]*$/;

/**
 * The text in NFKC (UAX 15), without invisible characters, imitated Latin letters read as Latin, runs of blanks as one
 * space, line breaks as "\n" and never more than two in a row, ends trimmed. Case, punctuation and accents stay.
 * Applying it twice changes nothing more. Linear in the length.
 */
export function normalise(text: string): string {
  return collapseSpaces(plain.test(text) ? text : readUnicode(text));
}

function readUnicode(text: string): string {
  const composed = removeInvisible(removeInvisible(text).normalize('NFKC'));
  // Folding can bring a Latin letter in front of a combining mark that now composes with it.
  return foldHomoglyphs(composed).normalize('NFKC');
}

/** Runs of blanks as one space, at most one empty line in a row, no blanks at line ends. */
function collapseSpaces(text: string): string {
  if (tidy.test(text)) return text;
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Lower case without regard to any locale. */
export const lowerCase = (text: string): string => text.toLowerCase();

/** The text without accents ("Hów" gives "How"). Not part of `normalise`: in many languages accents carry meaning. */
export const removeAccents = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFC');
