// Codes of the bytes or code points of a text, which can write anything: Base64, hexadecimal, binary and their kin.
import { codecs } from '../../../core/text/codecs.ts';
import type { Code, Variant } from './code.ts';
import { readMarked, readRuns } from './read-answer.ts';

const plainly = (rule: string, codec: Pick<Variant, 'encode' | 'decode'>): Variant => ({ ...codec, rule: () => rule });

const base64: Code = {
  id: 'base64',
  name: 'Base64',
  variants: [
    ['pyrit', plainly('It holds the UTF-8 bytes of the text (RFC 4648).', codecs.base64)],
    [
      'urlsafe',
      plainly('It holds the UTF-8 bytes of the text in the URL-safe alphabet (RFC 4648, section 5).', {
        encode: (text) => codecs.base64.encode(text).replaceAll('+', '-').replaceAll('/', '_'),
        decode: codecs.base64.decode,
      }),
    ],
  ],
  readAnswer: readRuns(/[A-Za-z0-9+/_-]{16,}(?:\n[A-Za-z0-9+/_-]{4,})*={0,2}/g),
};

const base32: Code = {
  id: 'base32',
  name: 'Base32',
  variants: [['garak', plainly('It holds the UTF-8 bytes of the text (RFC 4648).', codecs.base32)]],
  readAnswer: readRuns(/\b[A-Z2-7]{16,}(?:\n[A-Z2-7]{4,})*={0,6}/g),
};

const twoDigits = 'Each two digits are one UTF-8 byte of the text.';

const hex: Code = {
  id: 'hex',
  name: 'hexadecimal',
  variants: [
    [
      'pyrit',
      plainly(twoDigits, { encode: (text) => codecs.hex.encode(text).toUpperCase(), decode: codecs.hex.decode }),
    ],
    ['garak', plainly(twoDigits, codecs.hex)],
  ],
  readAnswer: readRuns(/\b(?:[0-9A-Fa-f]{2}[ ,:]?){8,}/g),
};

function readUnits(text: string): string | null {
  const groups = text.trim().split(/\s+/);
  if (!groups.every((group) => /^[01]{16}$/.test(group))) return null;
  return groups.map((group) => String.fromCharCode(Number.parseInt(group, 2))).join('');
}

const binary: Code = {
  id: 'binary',
  name: 'binary digits',
  variants: [
    [
      // PyRIT refuses what does not fit into 16 bits; here it is two UTF-16 units.
      'pyrit',
      plainly('Each group of 16 digits is the Unicode number of one character (a UTF-16 unit).', {
        encode: (text) =>
          Array.from({ length: text.length }, (_, at) => text.charCodeAt(at).toString(2).padStart(16, '0')).join(' '),
        decode: readUnits,
      }),
    ],
    ['bytes', plainly('Each group of 8 digits is one UTF-8 byte of the text.', codecs.binary)],
  ],
  readAnswer: readRuns(/(?:\b[01]{8}(?:[01]{8})?\b\s*){3,}/g),
};

const readCodePoint = (number: number): string => (number <= 0x10ffff ? String.fromCodePoint(number) : '\ufffd');

const ascii: Code = {
  id: 'ascii',
  name: 'decimal character codes',
  variants: [
    [
      'easyjailbreak',
      plainly('Each number is the ASCII or Unicode number of one character; a line break stands for itself.', {
        encode: (text) =>
          text
            .split('\n')
            .map((line) => `${Array.from(line, (sign) => `${sign.codePointAt(0)} `).join('')}\n`)
            .join(''),
        decode(text) {
          if (!/^[\d\s]+$/.test(text)) return null;
          const lines = text.replace(/\n$/, '').split('\n');
          return lines
            .map((line) => (line.match(/\d+/g) ?? []).map((number) => readCodePoint(Number(number))).join(''))
            .join('\n');
        },
      }),
    ],
  ],
  readAnswer: readRuns(/(?:\b\d{2,7}\b[ \n]+){5,}\d{2,7}\b/g),
};

function readEscapedUrl(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

const hexEscape = (sign: string): string => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;

const url: Code = {
  id: 'url',
  name: 'URL encoding',
  variants: [
    [
      'pyrit',
      plainly('Each % with two hexadecimal digits is one UTF-8 byte of the text (RFC 3986).', {
        // Python's quote() escapes what encodeURIComponent leaves, and leaves the slash.
        encode: (text) =>
          encodeURIComponent(text.toWellFormed())
            .replace(/[!'()*]/g, hexEscape)
            .replaceAll('%2F', '/'),
        decode: readEscapedUrl,
      }),
    ],
  ],
  readAnswer: readMarked(/(?:%[0-9A-Fa-f]{2}[^%\s]*){3}/),
};

const unicodeEscapes: Code = {
  id: 'unicode-escapes',
  name: 'Unicode escapes',
  variants: [
    [
      'pyrit',
      plainly('Each backslash with u is followed by the hexadecimal Unicode number of one character.', {
        encode: (text) =>
          Array.from(text, (sign) =>
            sign === ' ' ? ' ' : `\\u${sign.codePointAt(0)!.toString(16).padStart(4, '0')}`,
          ).join(''),
        decode: (text) =>
          text.replace(/\\u([0-9A-Fa-f]{5,6}(?=\\|\s|$)|[0-9A-Fa-f]{4})/g, (_, code: string) =>
            readCodePoint(Number.parseInt(code, 16)),
          ),
      }),
    ],
  ],
  readAnswer: readMarked(/(?:\\u[0-9A-Fa-f]{4}\s?){4}/),
};

export const byteCodes: readonly Code[] = [base64, base32, hex, binary, ascii, url, unicodeEscapes];
