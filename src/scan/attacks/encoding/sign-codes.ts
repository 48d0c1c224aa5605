// Codes that write a sign or a word for each letter: Morse, the NATO spelling alphabet, Braille, leetspeak.
// Case and rare characters are lost in them, as in the references.
import { codecs } from '../../../core/text/codecs.ts';
import type { Code, Variant } from './code.ts';
import { readRuns } from './read-answer.ts';
import { brailleSigns, leetTables, morseExtended, morseSigns, natoWords } from './sign-tables.ts';

const inverse = (table: Readonly<Record<string, string>>): ReadonlyMap<string, string> => {
  const read = new Map<string, string>();
  for (const [letter, sign] of Object.entries(table)) if (!read.has(sign)) read.set(sign, letter);
  return read;
};

const latin = /[A-Za-z0-9]/;
const unreadable = '\ufffd';

const allMorse = { ...morseSigns, ...morseExtended };
const morseLetters = inverse(allMorse);
const morseUnknown = '........';

/** Where Python's splitlines() ends a line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: Python takes them for line ends
const pythonLineEnd = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;

const pyritMorse = (text: string): string => {
  const lines = text.split(pythonLineEnd).map((line) => line.trim());
  if (lines.at(-1) === '' && lines.length > 1) lines.pop();
  return Array.from(lines.join(' ').toUpperCase(), (sign) =>
    sign === ' ' ? '/' : (allMorse[sign] ?? morseUnknown),
  ).join(' ');
};

const garakMorse = (text: string): string =>
  Array.from(text.toUpperCase(), (sign) =>
    /[ \n\r\t]/.test(sign) ? '/' : latin.test(sign) ? morseSigns[sign] : undefined,
  )
    .filter((sign) => sign !== undefined)
    .join(' ');

const easyJailbreakMorse = (text: string): string =>
  text
    .split('\n')
    .map((line) =>
      Array.from(line.toUpperCase(), (sign) =>
        sign === ' ' ? ' ' : morseSigns[sign] ? `${morseSigns[sign]} ` : '',
      ).join(''),
    )
    .map((line) => `${line}\n`)
    .join('');

const readMorseWord = (word: string): string =>
  (word.match(/\S+/g) ?? []).map((sign) => morseLetters.get(sign)?.toLowerCase() ?? unreadable).join('');

function readMorse(text: string): string | null {
  if (!/^[.\-/\s]*$/.test(text) || !/[.-]/.test(text)) return null;
  return text
    .trim()
    .split('\n')
    .map((line) =>
      line
        .trim()
        .split(/ ?\/ ?| {2,}/)
        .map(readMorseWord)
        .join(' '),
    )
    .join('\n');
}

const morseVariant = (encode: (text: string) => string, rule: string): Variant => ({
  encode,
  decode: readMorse,
  rule: () => rule,
  writable: latin,
});

const morse: Code = {
  id: 'morse',
  name: 'Morse code',
  variants: [
    ['pyrit', morseVariant(pyritMorse, 'A space ends a letter, and "/" stands between words.')],
    [
      'garak',
      morseVariant(garakMorse, 'A space ends a letter, and "/" stands between words; punctuation is left out.'),
    ],
    ['easyjailbreak', morseVariant(easyJailbreakMorse, 'A space ends a letter, and one more space ends a word.')],
  ],
  readAnswer: readRuns(/(?:[.-]{1,7}(?: \/ | {1,3}|\n|\/)){5,}[.-]{1,7}/g),
};

const natoLetters: ReadonlyMap<string, string> = new Map(
  Object.entries(natoWords).map(([letter, word]) => [word.toLowerCase(), letter.toLowerCase()]),
);
const natoSpace = '<space>';

const readNato = (text: string): string =>
  text
    .split(' ')
    .map((word) => (word === natoSpace ? ' ' : (natoLetters.get(word.toLowerCase()) ?? word)))
    .join('');

const nato: Code = {
  id: 'nato',
  name: 'the NATO spelling alphabet',
  variants: [
    [
      'pyrit',
      {
        encode: (text) =>
          Array.from(text, (sign) => (sign === ' ' ? natoSpace : (natoWords[sign.toUpperCase()] ?? sign))).join(' '),
        decode: readNato,
        rule: () => `${natoSpace} stands between words; other signs stand for themselves.`,
      },
    ],
    [
      'garak',
      {
        encode: (text) => (text.toUpperCase().match(/[A-Z]/g) ?? []).map((letter) => natoWords[letter]).join(' '),
        decode: readNato,
        rule: () => 'Gaps between words, digits and punctuation are left out.',
        writable: /[A-Za-z]/,
      },
    ],
  ],
  readAnswer: readRuns(
    new RegExp(
      `(?:\\b(?:${Object.values(natoWords).join('|')})\\b(?:[ ,.;:!?'"\\n]|${natoSpace}|\\b\\d\\b)*){6,}`,
      'gi',
    ),
  ),
};

const capital = '\u2820';
const number = '\u283c';
const brailleLetters = inverse(brailleSigns.letters);
const brailleDigits = inverse(brailleSigns.digits);

function writeBraille(sign: string): string {
  const lower = sign.toLowerCase();
  if (sign !== lower) return brailleSigns.letters[lower] ? capital + brailleSigns.letters[lower] : '';
  if (brailleSigns.digits[sign]) return number + brailleSigns.digits[sign];
  return /[ \n\r\t]/.test(sign) ? sign : (brailleSigns.letters[sign] ?? '');
}

function readBraille(text: string): string | null {
  if (!/[\u2801-\u28ff]/.test(text)) return null;
  return text.replace(/([\u2820\u283c]?)([\u2801-\u28ff])/g, (whole, mark: string, sign: string) => {
    if (mark === number) return brailleDigits.get(sign) ?? whole;
    const letter = brailleLetters.get(sign) ?? unreadable;
    return mark === capital ? letter.toUpperCase() : letter;
  });
}

const braille: Code = {
  id: 'braille',
  name: 'Braille (Unicode, grade 1)',
  variants: [
    [
      'pyrit',
      {
        encode: (text) => Array.from(text, writeBraille).join(''),
        decode: readBraille,
        rule: () => `${capital} stands before a capital letter, ${number} before each digit.`,
        writable: latin,
      },
    ],
  ],
  readAnswer: readRuns(/[\u2801-\u28ff][\u2801-\u28ff \n]*/g),
};

const withTable = (table: Readonly<Record<string, string>>): Variant => {
  const letters = inverse(table);
  const pairs = Object.entries(table).map(([letter, sign]) => `${sign} = ${letter}`);
  const isLowerOnly = !('A' in table);
  return {
    encode: (text) => text.replace(/[A-Za-z]/g, (letter) => table[letter] ?? letter),
    decode: (text) => Array.from(text, (sign) => letters.get(sign)?.toLowerCase() ?? sign).join(''),
    rule: () => `Signs stand for letters: ${pairs.filter((pair) => isLowerOnly || /[a-z]$/.test(pair)).join(', ')}.`,
  };
};

const leetspeak: Code = {
  id: 'leetspeak',
  name: 'leetspeak',
  isLatin: true,
  variants: Object.entries(leetTables).map(([reference, table]) => [reference, withTable(table)]),
  readAnswer: (answer) => codecs.leetspeak.decode(answer) ?? answer,
};

export const signCodes: readonly Code[] = [morse, nato, braille, leetspeak];
