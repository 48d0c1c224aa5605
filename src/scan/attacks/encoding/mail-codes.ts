// Codes that were made to carry bytes through mail: Ascii85, uuencode, quoted-printable.
// Apart from byte-codes.ts because each is an algorithm of its own, exact to Python's base64 and binascii modules.
import { codecs } from '../../../core/text/codecs.ts';
import type { Code, Variant } from './code.ts';
import { readMarked, readRuns } from './read-answer.ts';

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'utf8');

/** The bytes as text; null where they are not UTF-8 or hold control characters. */
const textOfBytes = (bytes: Uint8Array): string | null => codecs.hex.decode(Buffer.from(bytes).toString('hex'));

const adobeLetters = Array.from({ length: 85 }, (_, index) => String.fromCharCode(33 + index)).join('');
const gitLetters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~';

function write85(bytes: Uint8Array, letters: string): string {
  let out = '';
  for (let at = 0; at < bytes.length; at += 4) {
    const size = Math.min(4, bytes.length - at);
    let value = 0;
    for (let place = 0; place < 4; place++) value = value * 256 + (bytes[at + place] ?? 0);
    let group = '';
    for (let place = 0; place < 5; place++) {
      group = letters[value % 85]! + group;
      value = Math.floor(value / 85);
    }
    out += group === '!!!!!' && size === 4 ? 'z' : group.slice(0, size + 1);
  }
  return out;
}

function read85(text: string, letters: string): string | null {
  const dense = text.replace(/\s+/g, '').replaceAll('z', letters === adobeLetters ? '!!!!!' : 'z');
  const bytes: number[] = [];
  for (let at = 0; at < dense.length; at += 5) {
    const group = dense.slice(at, at + 5);
    let value = 0;
    for (let place = 0; place < 5; place++) {
      const digit = place < group.length ? letters.indexOf(group[place]!) : 84;
      if (digit < 0) return null;
      value = value * 85 + digit;
    }
    for (let place = 0; place < group.length - 1; place++) bytes.push(Math.floor(value / 256 ** (3 - place)) % 256);
  }
  return textOfBytes(Uint8Array.from(bytes));
}

const with85Letters = (letters: string, rule: string): Variant => ({
  encode: (text) => write85(bytesOf(text), letters),
  decode: (text) => read85(text, letters),
  rule: () => rule,
});

const ascii85: Code = {
  id: 'ascii85',
  name: 'Ascii85',
  variants: [
    [
      'garak',
      with85Letters(adobeLetters, 'It holds the UTF-8 bytes of the text, in the alphabet that begins with "!".'),
    ],
    [
      'garak-b85',
      with85Letters(gitLetters, 'It holds the UTF-8 bytes of the text, in the alphabet 0-9A-Za-z of RFC 1924 (b85).'),
    ],
  ],
  readAnswer: readRuns(/(?<!\S)\S{15,}/g),
};

const UU_LINE = 45;

const uuLetter = (value: number): string => String.fromCharCode(32 + value);

/** One uuencoded line: its length, then four letters for each three bytes. */
function uuLine(bytes: Uint8Array): string {
  let out = uuLetter(bytes.length);
  for (let at = 0; at < bytes.length; at += 3) {
    const value = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    out += [18, 12, 6, 0].map((bits) => uuLetter((value >>> bits) & 63)).join('');
  }
  return out;
}

function uuLines(text: string): string {
  const bytes = bytesOf(text);
  return Array.from({ length: Math.ceil(bytes.length / UU_LINE) }, (_, line) =>
    uuLine(bytes.subarray(line * UU_LINE, (line + 1) * UU_LINE)),
  ).join('\n');
}

/** A run of lines with no break between two of them: there a new word begins. */
function readUu(text: string): string | null {
  const words: number[][] = [];
  let continues = false;
  for (let at = 0; at < text.length; ) {
    const size = text.charCodeAt(at) - 32;
    const end = at + 1 + Math.ceil(size / 3) * 4;
    if (size < 1 || size > UU_LINE || end > text.length) return null;
    const word = continues ? words.at(-1)! : [];
    if (!continues) words.push(word);
    const whole = word.length + size;
    for (let place = at + 1; place < end; place += 4) {
      const value = [0, 1, 2, 3].reduce((sum, digit) => sum * 64 + ((text.charCodeAt(place + digit) - 32) & 63), 0);
      word.push(value >>> 16, (value >>> 8) & 255, value & 255);
    }
    word.length = whole;
    continues = text[end] === '\n';
    at = continues ? end + 1 : end;
  }
  const read = words.map((word) => textOfBytes(Uint8Array.from(word)));
  return read.includes(null) || read.length === 0 ? null : read.join(' ');
}

const uuRule = 'Each line is its length as one character, then four characters for each three UTF-8 bytes.';

const uuencode: Code = {
  id: 'uuencode',
  name: 'uuencode',
  variants: [
    [
      'pyrit',
      {
        encode: (text) => text.split(' ').map(uuLines).join(''),
        decode: readUu,
        rule: () => `${uuRule} Where lines follow without a line break, a new word begins.`,
      },
    ],
    ['garak', { encode: (text) => (text === '' ? '' : `${uuLines(text)}\n`), decode: readUu, rule: () => uuRule }],
  ],
  readAnswer: (answer, decode) => decode(answer.trimStart()) ?? answer,
};

const qpEscape = (byte: number): string => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
const QP_LINE = 76;

const isQpEscaped = (bytes: Uint8Array, at: number, column: number): boolean => {
  const byte = bytes[at]!;
  const next = bytes[at + 1];
  if (byte > 126 || byte === 61) return true;
  if (byte === 46) return column === 0 && (next === undefined || next === 10 || next === 13 || next === 0);
  if (byte === 9 || byte === 32) return next === undefined;
  return byte < 33 && byte !== 10 && byte !== 13;
};

const isLineEnd = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === 10 || (bytes[at] === 13 && bytes[at + 1] === 10);

/** The first line break decides for all. */
function lineBreakOf(bytes: Uint8Array): string {
  const first = bytes.indexOf(10);
  return first > 0 && bytes[first - 1] === 13 ? '\r\n' : '\n';
}

const withVisibleBlank = (piece: string): string =>
  piece === ' ' || piece === '\t' ? qpEscape(piece.charCodeAt(0)) : piece;

/** RFC 2045 section 6.7 as Python's binascii.b2a_qp writes text: long lines broken softly, blanks at line ends escaped. */
function writeQp(text: string): string {
  const bytes = bytesOf(text);
  const lineBreak = lineBreakOf(bytes);
  const out: string[] = [];
  let column = 0;
  const write = (piece: string, isTooLong: boolean): void => {
    if (isTooLong) {
      out.push(`=${lineBreak}`);
      column = 0;
    }
    out.push(piece);
    column += piece.length;
  };
  for (let at = 0; at < bytes.length; at++) {
    if (isQpEscaped(bytes, at, column)) {
      write(qpEscape(bytes[at]!), column + 3 >= QP_LINE);
    } else if (isLineEnd(bytes, at)) {
      out.push(withVisibleBlank(out.pop() ?? ''), lineBreak);
      column = 0;
      if (bytes[at] === 13) at += 1;
    } else {
      const isLast = at + 1 === bytes.length || bytes[at + 1] === 10;
      write(String.fromCharCode(bytes[at]!), !isLast && column + 1 >= QP_LINE);
    }
  }
  return out.join('');
}

function readQp(text: string): string | null {
  const bytes = bytesOf(text.replace(/=\r?\n/g, ''));
  const read: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const digits = bytes[at] === 61 ? String.fromCharCode(bytes[at + 1] ?? 0, bytes[at + 2] ?? 0) : '';
    const isEscaped = /^[0-9A-Fa-f]{2}$/.test(digits);
    read.push(isEscaped ? Number.parseInt(digits, 16) : bytes[at]!);
    if (isEscaped) at += 2;
  }
  return textOfBytes(Uint8Array.from(read));
}

const qpRule = '"=" with two hexadecimal digits is one UTF-8 byte of the text, "=" at a line end joins two lines.';

const quotedPrintable: Code = {
  id: 'quoted-printable',
  name: 'quoted-printable',
  variants: [
    ['pyrit', { encode: (text) => text.split(' ').map(writeQp).join('=20'), decode: readQp, rule: () => qpRule }],
    ['garak', { encode: writeQp, decode: readQp, rule: () => qpRule }],
  ],
  readAnswer: readMarked(/=[0-9A-F]{2}/),
};

export const mailCodes: readonly Code[] = [ascii85, uuencode, quotedPrintable];
