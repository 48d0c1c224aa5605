// Codes that put another letter in the place of each Latin letter and leave the rest alone: rot13, Atbash, Caesar, Vigenère.
// References differ in whether digits move too.
import { codecs } from '../../../core/text/codecs.ts';
import { caesarBy } from '../../../core/text/letter-codecs.ts';
import type { Code, Variant } from './code.ts';
import { readLines, readWhole } from './read-answer.ts';

const rot13: Code = {
  id: 'rot13',
  name: 'ROT13',
  isLatin: true,
  variants: [['pyrit', { ...codecs.rot13, rule: () => 'Each letter is moved by 13 places in the alphabet.' }]],
  readAnswer: readLines,
};

const mirrorDigits = (text: string): string => text.replace(/[0-9]/g, (digit) => String(9 - Number(digit)));

const atbash: Code = {
  id: 'atbash',
  name: 'the Atbash cipher',
  isLatin: true,
  variants: [
    [
      'pyrit',
      {
        encode: (text) => mirrorDigits(codecs.atbash.encode(text)),
        decode: (text) => mirrorDigits(codecs.atbash.encode(text)),
        rule: () => 'The alphabet is mirrored (A for Z, B for Y), and so are the digits (0 for 9, 1 for 8).',
      },
    ],
    [
      'garak',
      {
        encode: codecs.atbash.encode,
        decode: codecs.atbash.encode,
        rule: () => 'The alphabet is mirrored (A for Z, B for Y); digits stay.',
      },
    ],
  ],
  readAnswer: readLines,
};

const modulo = (value: number, size: number): number => ((value % size) + size) % size;

const shiftLetters = (text: string, by: number): string => caesarBy(modulo(by, 26)).encode(text);

/** PyRIT moves digits among themselves, and not at all from ten places on. */
const shiftDigits = (text: string, by: number): string =>
  Math.abs(by) >= 10 ? text : text.replace(/[0-9]/g, (digit) => String(modulo(Number(digit) + by, 10)));

const places = (shift: number): string =>
  `${Math.abs(shift)} ${Math.abs(shift) === 1 ? 'place' : 'places'} ${shift < 0 ? 'back' : 'on'}`;

const caesar: Code = {
  id: 'caesar',
  name: 'a Caesar cipher',
  isLatin: true,
  variants: [
    [
      'pyrit',
      {
        encode: (text, { shift }) => shiftDigits(shiftLetters(text, shift), shift),
        decode: (text, { shift }) => shiftDigits(shiftLetters(text, -shift), -shift),
        rule: ({ shift }) =>
          `Each letter was moved ${places(shift)} in the alphabet${Math.abs(shift) < 10 ? ', and each digit likewise among 0 to 9' : ''}.`,
      },
    ],
    [
      'easyjailbreak',
      {
        encode: (text, { shift }) => shiftLetters(text, shift),
        decode: (text, { shift }) => shiftLetters(text, -shift),
        rule: ({ shift }) => `Each letter was moved ${places(shift)} in the alphabet; digits stay.`,
      },
    ],
  ],
  options: ['shift'],
  readAnswer: readLines,
};

function byKey(text: string, key: string, sign: 1 | -1): string {
  const shifts = Array.from(key.toUpperCase(), (letter) => letter.charCodeAt(0) - 65);
  let place = 0;
  return text.replace(/[A-Za-z]/g, (letter) => {
    const shift = shifts[place % shifts.length]!;
    place += 1;
    return shiftLetters(letter, sign * shift);
  });
}

const vigenerePyrit: Variant = {
  encode: (text, { key }) => byKey(text, key, 1),
  decode: (text, { key }) => byKey(text, key, -1),
  rule: ({ key }) => `The key is ${key.toUpperCase()}; A moves a letter by 0 places. Only letters use up the key.`,
};

const vigenere: Code = {
  id: 'vigenere',
  name: 'a Vigenère cipher',
  isLatin: true,
  variants: [['pyrit', vigenerePyrit]],
  options: ['key'],
  readAnswer: readWhole,
};

export const letterCodes: readonly Code[] = [rot13, atbash, caesar, vigenere];
