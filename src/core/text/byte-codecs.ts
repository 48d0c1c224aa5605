// Codes that write the bytes of a text: base64, base32, hexadecimal, binary.
// Apart from the letter codes because they share one question: are these bytes readable text?
import type { Codec } from './codec.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The bytes as text; null where they are not UTF-8 or hold control characters, as wrongly guessed codes do. */
function readableText(bytes: Uint8Array): string | null {
  if (bytes.length === 0) return null;
  try {
    const text = utf8.decode(bytes);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: their presence is the sign of a wrong guess
    return /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F]/.test(text) ? null : text;
  } catch {
    return null;
  }
}

const withoutBlanks = (text: string): string => text.replace(/\s+/g, '');

/** RFC 4648 section 4; decoding also takes section 5's alphabet, line breaks and missing padding. */
export const base64: Codec = {
  encode: (text) => Buffer.from(text, 'utf8').toString('base64'),
  decode(text) {
    const letters = withoutBlanks(text);
    if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(letters)) return null;
    if (letters.replace(/=+$/, '').length % 4 === 1) return null;
    return readableText(Buffer.from(letters, 'base64'));
  },
};

const base32Letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 section 6; decoding also takes all lower case and missing padding. */
export const base32: Codec = {
  encode(text) {
    let out = '';
    let bits = 0;
    let held = 0;
    for (const byte of Buffer.from(text, 'utf8')) {
      held = ((held << 8) | byte) & 0xfff;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        out += base32Letters[(held >>> bits) & 31];
      }
    }
    if (bits > 0) out += base32Letters[(held << (5 - bits)) & 31];
    return out.padEnd(Math.ceil(out.length / 8) * 8, '=');
  },
  decode(text) {
    const padded = withoutBlanks(text);
    if (!/^(?:[A-Z2-7]+|[a-z2-7]+)={0,6}$/.test(padded)) return null;
    const letters = padded.replace(/=+$/, '');
    const bytes: number[] = [];
    let bits = 0;
    let held = 0;
    for (const letter of letters.toUpperCase()) {
      held = ((held << 5) | base32Letters.indexOf(letter)) & 0xfff;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes.push((held >>> bits) & 255);
      }
    }
    return readableText(Uint8Array.from(bytes));
  },
};

/** Two hexadecimal digits a byte, written without gaps in lower case; decoding also takes blanks, "0x" and "\x". */
export const hex: Codec = {
  encode: (text) => Buffer.from(text, 'utf8').toString('hex'),
  decode(text) {
    const digits = withoutBlanks(text.replace(/0x|\\x/gi, ' ').replace(/[,:]/g, ' '));
    if (digits.length % 2 !== 0 || !/^[0-9A-Fa-f]+$/.test(digits)) return null;
    return readableText(Buffer.from(digits, 'hex'));
  },
};

/** Eight binary digits a byte, a space between bytes; decoding also takes no gaps, and 16-digit groups (UTF-16 units). */
export const binary: Codec = {
  encode: (text) => Array.from(Buffer.from(text, 'utf8'), (byte) => byte.toString(2).padStart(8, '0')).join(' '),
  decode(text) {
    const groups = text.trim().split(/\s+/);
    if (!groups.every((group) => /^[01]+$/.test(group))) return null;
    if (groups.every((group) => group.length === 16)) {
      return String.fromCharCode(...groups.map((group) => Number.parseInt(group, 2)));
    }
    const digits = groups.join('');
    if (digits.length % 8 !== 0) return null;
    return readableText(Uint8Array.from(digits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2)));
  },
};
