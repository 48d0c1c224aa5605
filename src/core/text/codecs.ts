// The table of codes: what an attack may write in, what a judge or a detector tries to read.
import { base32, base64, binary, hex } from './byte-codecs.ts';
import type { Codec } from './codec.ts';
import { leetspeak } from './leetspeak.ts';
import { atbash, caesar, rot13 } from './letter-codecs.ts';
import { morse } from './morse.ts';
import { reverseCharacters, reverseEachWord, reverseWords } from './reversals.ts';

export const codecNames = [
  'base64',
  'base32',
  'hex',
  'binary',
  'rot13',
  'atbash',
  'caesar',
  'morse',
  'leetspeak',
  'reverse-characters',
  'reverse-words',
  'reverse-each-word',
] as const;
export type CodecName = (typeof codecNames)[number];

/** All codes by name. Morse and leetspeak lose case or digits; the others give back well-formed text without control characters exactly. */
export const codecs: Readonly<Record<CodecName, Codec>> = {
  base64,
  base32,
  hex,
  binary,
  rot13,
  atbash,
  caesar,
  morse,
  leetspeak,
  'reverse-characters': reverseCharacters,
  'reverse-words': reverseWords,
  'reverse-each-word': reverseEachWord,
};
