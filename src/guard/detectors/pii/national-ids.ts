// Identity numbers by country: a form, a check digit, and for forms that any number may have a word that says so before it.
import { matchesOf } from '../../../core/text/matches.ts';
import type { Span } from '../detector.ts';
import type { Chain } from './chains.ts';
import { passesLuhn, passesMod11And10, passesVerhoeff, remainder, weighted } from './checksums.ts';
import { follows, found, type PiiKind, type PiiSearch } from './found.ts';

interface IdForm {
  readonly run: RegExp;
  /** Takes the run without blanks, dots and dashes, in upper case. */
  readonly isValid: (compact: string) => boolean;
  /** Must stand shortly before, on the same line; left out where form and check say enough. */
  readonly after?: RegExp;
  /** Without one of these words in the text there is nothing to look for. */
  readonly words?: RegExp;
  readonly kind?: PiiKind;
}

const isDay = (month: string, day: string): boolean =>
  Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;

const spanishLetters = 'TRWAGMYFPDXBNJZSQVHLCKE';
const isSpanish = (id: string): boolean => {
  const digits = id.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)));
  return spanishLetters[Number(digits) % 23] === id.at(-1);
};

// biome-ignore format: two rows of a table
const odd: Readonly<Record<string, number>> = { 0: 1, 1: 0, 2: 5, 3: 7, 4: 9, 5: 13, 6: 15, 7: 17, 8: 19, 9: 21, A: 1, B: 0, C: 5, D: 7, E: 9, F: 13, G: 15, H: 17, I: 19, J: 21, K: 2, L: 4, M: 18, N: 20, O: 11, P: 3, Q: 6, R: 8, S: 12, T: 14, U: 16, V: 10, W: 22, X: 25, Y: 24, Z: 23 };
const isItalian = (id: string): boolean => {
  const even = (sign: string): number => (/\d/.test(sign) ? Number(sign) : sign.charCodeAt(0) - 65);
  const sum = Array.from(id.slice(0, 15)).reduce((all, sign, i) => all + (i % 2 === 0 ? odd[sign]! : even(sign)), 0);
  return String.fromCharCode(65 + (sum % 26)) === id[15];
};

const isBrazilian = (id: string): boolean => {
  if (/^(\d)\1+$/.test(id)) return false;
  const check = (length: number): number =>
    ((weighted(
      id,
      Array.from({ length }, (_, i) => length + 1 - i),
    ) *
      10) %
      11) %
    10;
  return check(9) === Number(id[9]) && check(10) === Number(id[10]);
};

const chineseWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const isChinese = (id: string): boolean =>
  isDay(id.slice(10, 12), id.slice(12, 14)) && '10X98765432'[weighted(id, chineseWeights) % 11] === id[17];

const isNorwegian = (id: string): boolean =>
  weighted(id, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 === 0 && weighted(id, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0;

const isTurkish = (id: string): boolean => {
  const d = Array.from(id, Number);
  const odds = d[0]! + d[2]! + d[4]! + d[6]! + d[8]!;
  const evens = d[1]! + d[3]! + d[5]! + d[7]!;
  return (odds * 7 - evens + 100) % 10 === d[9] && (odds + evens + d[9]!) % 10 === d[10];
};

const isFinnish = (id: string): boolean =>
  '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(id.slice(0, 6) + id.slice(7, 10)) % 31] === id[10];

const isSsn = (id: string): boolean => !/^(?:000|666|9)|^...00|0000$|^123456789$|^(\d)\1+$/.test(id);

const forms: readonly IdForm[] = [
  { run: /(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])/g, isValid: isSsn },
  {
    run: /(?<!\d)\d{3}[ -]?\d{2}[ -]?\d{4}(?!\d)/g,
    isValid: isSsn,
    after: /\b(?:ssn|social security)\b[^\n]*$/i,
    words: /\b(?:ssn|social security)/i,
  },
  {
    run: /(?<![A-Z0-9])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![A-Z0-9])/g,
    isValid: (id) => !/^(?:BG|GB|NK|KN|TN|NT|ZZ)/.test(id),
  },
  {
    run: /(?<!\d)\d{3} ?\d{3} ?\d{4}(?!\d)/g,
    isValid: (id) => weighted(id, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
    after: /\bNHS\b[^\n]*$/i,
    words: /\bNHS/i,
  },
  {
    run: /(?<!\d)[1-9]\d ?\d{3} ?\d{3} ?\d{3}(?!\d)/g,
    isValid: passesMod11And10,
    after: /\b(?:steuer[\w-]*|idnr|tax id|tin)\b[^\n]*$/i,
    words: /\b(?:steuer[\w-]*|idnr|tax id|tin)/i,
  },
  { run: /(?<![A-Z0-9])(?:\d{8}|[XYZ]-?\d{7})-?[A-Z](?![A-Z0-9])/g, isValid: isSpanish },
  { run: /(?<![A-Z0-9])[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z](?![A-Z0-9])/gi, isValid: isItalian },
  {
    run: /(?<!\d)[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?\d{2} ?\d{3} ?\d{3} ?\d{2}(?!\d)/g,
    isValid: (id) => 97 - remainder(id.slice(0, 13), 97) === Number(id.slice(13)),
  },
  {
    run: /(?<!\d)\d{9}(?!\d)/g,
    isValid: (id) => weighted(id, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
    after: /\b(?:bsn|burgerservicenummer|sofinummer)\b[^\n]*$/i,
    words: /\b(?:bsn|burgerservicenummer|sofinummer)/i,
  },
  {
    run: /(?<!\d)\d{11}(?!\d)/g,
    isValid: (id) => weighted(id, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0,
    after: /\bpesel\b[^\n]*$/i,
    words: /\bpesel/i,
  },
  { run: /(?<!\d)\d{3}\.\d{3}\.\d{3}-\d{2}(?!\d)/g, isValid: isBrazilian },
  { run: /(?<!\d)\d{11}(?!\d)/g, isValid: isBrazilian, after: /\bcpf\b[^\n]*$/i, words: /\bcpf/i },
  { run: /(?<!\d)[2-9]\d{3}[ -]\d{4}[ -]\d{4}(?![\d -]\d)/g, isValid: passesVerhoeff },
  {
    run: /(?<!\d)[2-9]\d{11}(?!\d)/g,
    isValid: passesVerhoeff,
    after: /\b(?:aadhaar|aadhar|uidai)\b[^\n]*$/i,
    words: /\b(?:aadhaar|aadhar|uidai)/i,
  },
  {
    run: /(?<![A-Z0-9])[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z](?![A-Z0-9])/g,
    isValid: () => true,
    after: /\bPAN\b[^\n]*$/,
    words: /\bPAN/,
  },
  { run: /(?<!\d)[1-9]\d{5}(?:19|20)\d{9}[\dX](?![\dA-Z])/gi, isValid: isChinese },
  {
    run: /(?<!\d)\d{6}[-+]\d{4}(?!\d)/g,
    isValid: (id) => isDay(id.slice(2, 4), id.slice(4, 6)) && passesLuhn(id.replace(/\D/g, '')),
  },
  { run: /(?<![\dA-Z])\d{6}[-+A-F]\d{3}[0-9A-FHJ-NPR-Y](?![\dA-Z])/g, isValid: isFinnish },
  { run: /(?<!\d)\d{6} ?\d{5}(?!\d)/g, isValid: (id) => isDay(id.slice(2, 4), id.slice(0, 2)) && isNorwegian(id) },
  {
    run: /(?<!\d)\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}(?!\d)/g,
    isValid: (id) =>
      [id.slice(0, 9), `2${id.slice(0, 9)}`].some((all) => 97 - remainder(all, 97) === Number(id.slice(9))),
  },
  {
    run: /(?<!\d)\d{3}[ -]\d{3}[ -]\d{3}(?![\d -]\d)/g,
    isValid: passesLuhn,
    after: /\b(?:SIN|social insurance)\b[^\n]*$/i,
    words: /\b(?:SIN|social insurance)/i,
  },
  {
    run: /(?<!\d)[1-9]\d{10}(?!\d)/g,
    isValid: isTurkish,
    after: /\b(?:t\.?c\.?|kimlik|turkish id)\b[^\n]*$/i,
    words: /\b(?:t\.?c\.?|kimlik|turkish id)/i,
  },
  {
    run: /(?<!\d)\d{13}(?!\d)/g,
    isValid: (id) => isDay(id.slice(2, 4), id.slice(4, 6)) && passesLuhn(id),
    after: /\b(?:id|identity)\b[^\n]*$/i,
    words: /\b(?:id|identity)/i,
  },
  { run: /(?<!\d)\d{6}-[1-8]\d{6}(?!\d)/g, isValid: (id) => isDay(id.slice(2, 4), id.slice(4, 6)) },
  {
    run: /(?<!\d)756\.\d{4}\.\d{4}\.\d{2}(?!\d)/g,
    isValid: (id) => weighted(id, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0,
  },
  {
    run: /(?<![A-Z0-9])[A-Z][AEIOUX][A-Z]{2}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d(?![A-Z0-9])/g,
    isValid: (id) => isDay(id.slice(6, 8), id.slice(8, 10)),
  },
  {
    run: /(?<![A-Z0-9])(?=[A-Z]*\d)[A-Z0-9]{6,9}(?![A-Z0-9])/gi,
    isValid: (id) => /\d{4}/.test(id),
    after: /\bpassport(?: (?:no|number|nr|#))?\.?[ :#]{0,3}(?:is )?$/i,
    words: /\bpassport/i,
    kind: 'PASSPORT',
  },
  {
    run: /(?<![A-Z0-9])(?=[A-Z]*\d)[A-Z0-9]{6,14}(?![A-Z0-9])/gi,
    isValid: (id) => /\d{4}/.test(id),
    after: /\bdriver'?s?(?: licen[cs]e)?(?: (?:no|number|nr|#))?\.?[ :#-]{0,3}(?:is )?$/i,
    words: /\bdriver/i,
    kind: 'DRIVER_LICENSE',
  },
];

/** Every form has four digits with at most one sign between two of them. */
const enoughDigits = /\d(?:[ A-Z.+-]?\d){3}/i;
const plainForm = (run: string): string => run.replace(/[ .-]/g, '').toUpperCase();
/** The sign between date and number says the century, and is part of the number. */
const keepsSign = (run: string): boolean => /^\d{6}[-+A-F]\d{3}[0-9A-Y]$/.test(run);

/** Of the form within the chain. */
function spansIn({ start, end }: Chain, { run, isValid, after, kind }: IdForm, text: string): Span[] {
  const spans: Span[] = [];
  for (const { index, 0: id } of matchesOf(text.slice(start, end), run)) {
    const place = start + index;
    if (after && !follows(text, place, after)) continue;
    if (isValid(keepsSign(id) ? id : plainForm(id)))
      spans.push(found(kind ?? 'NATIONAL_ID', place, place + id.length, after ? 0.85 : 0.95));
  }
  return spans;
}

/** Every number has digits, so that it lies inside of one chain. */
export const findNationalIds: PiiSearch = (text, chains) => {
  const numbered = chains.filter(({ start, end }) => enoughDigits.test(text.slice(start, end)));
  if (numbered.length === 0) return [];
  const sought = forms.filter(({ words }) => words === undefined || words.test(text));
  return numbered.flatMap((chain) => sought.flatMap((form) => spansIn(chain, form, text)));
};
