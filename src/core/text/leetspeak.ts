// Leetspeak: digits and signs that stand for the letters they resemble.
import type { Codec } from './codec.ts';

const written: Readonly<Record<string, string>> = { a: '4', e: '3', i: '1', o: '0', s: '5', t: '7' };

// biome-ignore format: a table reads better in rows
const read: Readonly<Record<string, string>> = {
  '4': 'a', '@': 'a', '8': 'b', '(': 'c', '3': 'e', '€': 'e', '6': 'g', '9': 'g', '1': 'i', '!': 'i', '|': 'l',
  '0': 'o', '5': 's', $: 's', '7': 't', '+': 't', '2': 'z',
};

/** Each digit that leetspeak writes as its letter, in a text of which only letters and digits are looked at. */
export const lettersForDigits = (text: string): string => text.replace(/[430157]/g, (digit) => read[digit]!);

const standIn = /[48@(3€691!|05$7+2]/g;
/** A letter beside a stand-in, inside one word: what a date, a price or a plain number does not have. */
const leetWord = /^\W*(?=\S*[a-z])(?=\S*[48@(3€691!|05$7+2]\S*[a-z]|\S*[a-z(@][48@(3€691!|05$7+2])\S+$/i;
const ordinary =
  /^\W*(?:\d+(?:st|nd|rd|th|s|px|ms|kg|km|cm|mm|gb|mb|kb|am|pm|h|d|x|k|m)|[a-z]+[!(|+]+|[a-z]+\([a-z]*\)?)\W*$/i;

/** The expressions above look ahead through the whole word; no word of a language is longer than this. */
const longestWord = 64;

const isLeet = (word: string): boolean => word.length <= longestWord && leetWord.test(word) && !ordinary.test(word);
const readWord = (word: string): string => {
  const tail = /[!|?.,;:]*$/.exec(word)![0];
  return word.slice(0, word.length - tail.length).replace(standIn, (sign) => read[sign]!) + tail;
};

/**
 * Writes a, e, i, o, s, t as 4, 3, 1, 0, 5, 7. Decoding reads more stand-ins than that, only in words that mix them with
 * letters (and in a lone 4, @ or 1 beside such words); null where there is no such word. Lossy: real digits, l for 1.
 */
export const leetspeak: Codec = {
  encode: (text) => text.replace(/[aeiost]/gi, (letter) => written[letter.toLowerCase()]!),
  decode(text) {
    const words = text.split(/(\s+)/);
    if (!words.some(isLeet)) return null;
    return words
      .map((word) => (isLeet(word) || /^[4@1]$|^[48@(3€1!05$7]{2,4}[?.!]?$/.test(word) ? readWord(word) : word))
      .join('');
  },
};
