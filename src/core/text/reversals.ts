// Codes that only change the order: of characters, of words, of the characters in each word.
// The order is that of FlipAttack (2410.02832): characters are code points, words stand between single spaces.
import type { Codec } from './codec.ts';

const flip = (text: string): string => Array.from(text).reverse().join('');

/** Decoding is encoding once more; only a text without letters or digits cannot have been written so. */
const involution = (turn: (text: string) => string): Codec => ({
  encode: turn,
  decode: (text) => (/[\p{L}\p{N}]/u.test(text) ? turn(text) : null),
});

export const reverseCharacters: Codec = involution(flip);

export const reverseWords: Codec = involution((text) => text.split(' ').reverse().join(' '));

export const reverseEachWord: Codec = involution((text) => text.replace(/\S+/g, flip));
