// A reader that knows codes by name as a model does, sees only the messages, and follows only the rule that they teach.
// It shares no code with the attacks, so that it finds what they forget to say.

import { readGame, readProgram, readSplit } from './game-reader.ts';
import { readBijection, readPictures } from './language-reader.ts';

type Read = (coded: string, rule: string) => string;

const bytesAsText = (bytes: readonly number[]): string => new TextDecoder().decode(Uint8Array.from(bytes));

const readBase64: Read = (coded) =>
  bytesAsText(
    Array.from(atob(coded.replace(/\s/g, '').replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0)),
  );

function readBits(bits: string): string {
  const whole = bits.match(/.{8}/g) ?? [];
  return bytesAsText(whole.map((byte) => Number.parseInt(byte, 2)));
}

const readBase32: Read = (coded) =>
  readBits(
    Array.from(coded.replaceAll('=', ''), (letter) =>
      'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
    ).join(''),
  );

const readHex: Read = (coded) => bytesAsText((coded.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)));

const readBinary: Read = (coded, rule) => {
  const groups = coded.split(' ').filter(Boolean);
  if (rule.includes('8 digits')) return readBits(groups.join(''));
  return groups.map((group) => String.fromCharCode(Number.parseInt(group, 2))).join('');
};

const readNumbers: Read = (coded) =>
  coded
    .split('\n')
    .map((line) =>
      line
        .split(' ')
        .filter(Boolean)
        .map((number) => String.fromCodePoint(Number(number)))
        .join(''),
    )
    .join('\n')
    .replace(/\n$/, '');

const readEscapes: Read = (coded) =>
  coded
    .split(/(\\u[0-9a-f]+)/)
    .map((part) => (part.startsWith('\\u') ? String.fromCodePoint(Number.parseInt(part.slice(2), 16)) : part))
    .join('');

const alphabet = 'abcdefghijklmnopqrstuvwxyz';

function swapLetters(text: string, place: (index: number, nth: number) => number): string {
  let nth = 0;
  return Array.from(text, (letter) => {
    const index = alphabet.indexOf(letter.toLowerCase());
    if (index < 0) return letter;
    const swapped = alphabet[(((place(index, nth) % 26) + 26) % 26) as number]!;
    nth += 1;
    return letter === letter.toLowerCase() ? swapped : swapped.toUpperCase();
  }).join('');
}

const swapDigits = (text: string, place: (digit: number) => number): string =>
  text.replace(/[0-9]/g, (digit) => String((((place(Number(digit)) % 10) + 10) % 10) as number));

const readAtbash: Read = (coded, rule) => {
  const letters = swapLetters(coded, (index) => 25 - index);
  return rule.includes('so are the digits') ? swapDigits(letters, (digit) => 9 - digit) : letters;
};

const readCaesar: Read = (coded, rule) => {
  const [, count, direction] = /(\d+) places? (on|back)/.exec(rule)!;
  const shift = Number(count) * (direction === 'on' ? 1 : -1);
  const letters = swapLetters(coded, (index) => index - shift);
  return rule.includes('each digit likewise') ? swapDigits(letters, (digit) => digit - shift) : letters;
};

const readVigenere: Read = (coded, rule) => {
  const key = /key is ([A-Z]+)/.exec(rule)![1]!.toLowerCase();
  return swapLetters(coded, (index, nth) => index - alphabet.indexOf(key[nth % key.length]!));
};

/** International Morse, in the order of the alphabet, of the digits, and of the signs below. */
const morseOrder = 'abcdefghijklmnopqrstuvwxyz0123456789.,?\'!()-"';
const morseCodes =
  '.- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --.. ----- .---- ..--- ...-- ....- ..... -.... --... ---.. ----. .-.-.- --..-- ..--.. .----. -.-.-- -.--. -.--.- -....- .-..-.'.split(
    ' ',
  );

const readMorse: Read = (coded, rule) =>
  coded
    .trim()
    .split(rule.includes('"/"') ? '/' : / {2}|\n/)
    .map((word) =>
      word
        .trim()
        .split(/\s+/)
        .map((sign) => morseOrder[morseCodes.indexOf(sign)] ?? '')
        .join(''),
    )
    .join(' ');

const readNato: Read = (coded) =>
  coded
    .split(' ')
    .map((word) => (word === '<space>' ? ' ' : word.length > 2 ? word[0]!.toLowerCase() : word))
    .join('');

/** Braille cells by their dots, letters a to z. */
const brailleDots =
  '1 12 14 145 15 124 1245 125 24 245 13 123 134 1345 135 1234 12345 1235 234 2345 136 1236 2456 1346 13456 1356';
const brailleSigns: Readonly<Record<string, string>> = {
  '256': '.',
  '2': ',',
  '236': '?',
  '3': "'",
  '235': '!',
  '36': '-',
  '56': ';',
};
const cell = (dots: string): string =>
  String.fromCodePoint(0x2800 + Array.from(dots).reduce((sum, dot) => sum + 2 ** (Number(dot) - 1), 0));
const cells = new Map<string, string>([
  ...brailleDots.split(' ').map((dots, index) => [cell(dots), alphabet[index]!] as const),
  ...Object.entries(brailleSigns).map(([dots, sign]) => [cell(dots), sign] as const),
]);

const readBraille: Read = (coded, rule) => {
  const [capital, number] = rule.match(/[\u2800-\u28ff]/g)!;
  let mark = '';
  return Array.from(coded, (sign) => {
    if (sign === capital || sign === number) {
      mark = sign;
      return '';
    }
    const letter = cells.get(sign) ?? sign;
    const read =
      mark === number ? String((alphabet.indexOf(letter) + 1) % 10) : mark === capital ? letter.toUpperCase() : letter;
    mark = '';
    return read;
  }).join('');
};

const readLeet: Read = (coded, rule) => {
  const table = new Map([...rule.matchAll(/(\S) = ([a-z])/g)].reverse().map(([, sign, letter]) => [sign!, letter!]));
  return Array.from(coded, (sign) => table.get(sign) ?? sign).join('');
};

const readAscii85: Read = (coded, rule) => {
  const letters = rule.includes('RFC 1924')
    ? '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~'
    : Array.from({ length: 85 }, (_, index) => String.fromCharCode(33 + index)).join('');
  const bytes = (coded.match(/[\s\S]{1,5}/g) ?? []).flatMap((group) => {
    const value = Array.from(group.padEnd(5, letters[84]!)).reduce(
      (sum, letter) => sum * 85n + BigInt(letters.indexOf(letter)),
      0n,
    );
    return [24n, 16n, 8n, 0n].map((bits) => Number((value >> bits) & 255n)).slice(0, group.length - 1);
  });
  return bytesAsText(bytes);
};

const readUu: Read = (coded) => {
  let out = '';
  let rest = coded;
  while (rest !== '') {
    const size = rest.charCodeAt(0) - 32;
    const letters = rest.slice(1, 1 + Math.ceil(size / 3) * 4);
    const bits = Array.from(letters, (letter) => (letter.charCodeAt(0) - 32).toString(2).padStart(6, '0')).join('');
    // Bytes as Latin letters: a character may be cut between two lines.
    out += (bits.match(/.{8}/g) ?? [])
      .slice(0, size)
      .map((byte) => String.fromCharCode(Number.parseInt(byte, 2)))
      .join('');
    rest = rest.slice(1 + letters.length);
    if (rest.startsWith('\n')) rest = rest.slice(1);
    else if (rest !== '') out += ' ';
  }
  return bytesAsText(Array.from(out, (byte) => byte.charCodeAt(0)));
};

const readQp: Read = (coded) =>
  decodeURIComponent(
    coded
      .replace(/=\n/g, '')
      .replaceAll('%', '%25')
      .replace(/=([0-9A-F]{2})/g, '%$1'),
  );

const reads: readonly (readonly [RegExp, Read])[] = [
  [/^Base64/, readBase64],
  [/^Base32/, readBase32],
  [/^hexadecimal/, readHex],
  [/^binary/, readBinary],
  [/^decimal character codes/, readNumbers],
  [/^URL/, (coded) => decodeURIComponent(coded)],
  [/^Unicode escapes/, readEscapes],
  [/^ROT13/, (coded) => swapLetters(coded, (index) => index + 13)],
  [/Atbash/, readAtbash],
  [/Caesar/, readCaesar],
  [/Vigenère/, readVigenere],
  [/^Morse/, readMorse],
  [/NATO/, readNato],
  [/^Braille/, readBraille],
  [/^leetspeak/, readLeet],
  [/^Ascii85/, readAscii85],
  [/^uuencode/, readUu],
  [/^quoted-printable/, readQp],
];

const reverse = (text: string): string => Array.from(text).reverse().join('');

const turns: readonly (readonly [RegExp, (text: string) => string])[] = [
  [/putting the words/, (text) => text.split(' ').reverse().join(' ')],
  [/characters of each word/, (text) => text.split(' ').map(reverse).join(' ')],
  [/all characters of the whole sentence/, reverse],
];

/** The request behind a message; null where the message does not say how to get at it. */
export function readRequest(message: string): string | null {
  const task = /^TASK is '([\s\S]*)'$/m.exec(message);
  const turn = turns.find(([phrase]) => phrase.test(message));
  if (task && turn) return turn[1](task[1]!);
  const coded = /stands a text in ([^.]+)\. ([\s\S]*?)\n[\s\S]*?\[begin\]\n([\s\S]*)\n\[end\]$/.exec(message);
  const [, name = '', rule = '', text = ''] = coded ?? [];
  const decoded = reads.find(([known]) => known.test(name))?.[1](text, rule);
  return (
    decoded ??
    readGame(message) ??
    readProgram(message) ??
    readSplit(message) ??
    readBijection(message) ??
    readPictures(message)
  );
}
