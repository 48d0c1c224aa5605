// International Morse code (ITU-R M.1677-1): letters, digits, common signs.
import type { Codec } from './codec.ts';

// biome-ignore format: a table reads better in rows
const signs: Readonly<Record<string, string>> = {
  a: '.-', b: '-...', c: '-.-.', d: '-..', e: '.', f: '..-.', g: '--.', h: '....', i: '..', j: '.---', k: '-.-',
  l: '.-..', m: '--', n: '-.', o: '---', p: '.--.', q: '--.-', r: '.-.', s: '...', t: '-', u: '..-', v: '...-',
  w: '.--', x: '-..-', y: '-.--', z: '--..',
  0: '-----', 1: '.----', 2: '..---', 3: '...--', 4: '....-', 5: '.....', 6: '-....', 7: '--...', 8: '---..', 9: '----.',
  '.': '.-.-.-', ',': '--..--', '?': '..--..', "'": '.----.', '!': '-.-.--', '/': '-..-.', '(': '-.--.', ')': '-.--.-',
  '&': '.-...', ':': '---...', ';': '-.-.-.', '=': '-...-', '+': '.-.-.', '-': '-....-', _: '..--.-', '"': '.-..-.',
  $: '...-..-', '@': '.--.-.',
};

const letters: ReadonlyMap<string, string> = new Map(Object.entries(signs).map(([letter, sign]) => [sign, letter]));

/**
 * A space between letters, " / " between words. Case and characters without a sign are lost; decoding gives lower case
 * and also takes two or more blanks, "|" or a line break between words, and dots and dashes in their typographic forms.
 */
export const morse: Codec = {
  encode: (text) =>
    text
      .toLowerCase()
      .split(/\s+/)
      .map((word) =>
        Array.from(word, (letter) => signs[letter] ?? '')
          .filter(Boolean)
          .join(' '),
      )
      .filter(Boolean)
      .join(' / '),
  decode(text) {
    const dotted = text
      .trim()
      .replace(/[·•]/g, '.')
      .replace(/[–—−_]/g, '-');
    if (!/^[.\-/|\s]+$/.test(dotted) || !/[.-]/.test(dotted)) return null;
    const gaps = dotted.replace(/\s+/g, (blanks) => (blanks === ' ' ? ' ' : '/'));
    const words = gaps.split(/ ?[/|] ?/).filter(Boolean);
    const read = words.map((word) => word.split(' ').map((sign) => letters.get(sign)));
    if (read.some((word) => word.includes(undefined))) return null;
    return read.map((word) => word.join('')).join(' ');
  },
};
