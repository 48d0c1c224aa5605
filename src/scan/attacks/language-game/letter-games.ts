// The made-up games of 2411.12762 ("Self 1..8"): they insert between letters, or move the letters of a word.
import { type Game, isMarked, runsOfLetters } from './game.ts';

const isLetter = (sign: string): boolean => /^\p{L}/u.test(sign);

/** Whether inserts, one or several, and then a letter stand at `from`. */
function insertsBeforeLetter(text: string, insert: string, from = 0): boolean {
  let at = from;
  while (text.startsWith(insert, at)) at += insert.length;
  return at > from && isLetter(text.slice(at, at + 2));
}

/** Parts of a text that are looked at to see whether a run of inserts ends at a letter. */
const PARTS_AHEAD = 400;

/**
 * Joins words and the gaps between them. Where a gap begins just like an insert, one insert more stands before it:
 * a reader takes one away after a letter, and would else take the word to go on.
 */
function joinMarked(parts: readonly string[], insert: string): string {
  const written: string[] = [];
  for (let at = parts.length - 1; at >= 0; at--) {
    const looksLikeInsert = isLetter(parts[at]!) && (written.at(-1)?.startsWith(insert[0]!) ?? false);
    const rest = looksLikeInsert ? written.slice(-PARTS_AHEAD).reverse().join('') : '';
    if (insertsBeforeLetter(rest, insert)) written.push(insert);
    written.push(parts[at]!);
  }
  return written.reverse().join('');
}

function takeAway(text: string, insert: string): string {
  const read: string[] = [];
  for (let at = 0; at < text.length; ) {
    const sign = String.fromCodePoint(text.codePointAt(at)!);
    read.push(sign);
    at += sign.length;
    if (isLetter(sign) && insertsBeforeLetter(text, insert, at)) at += insert.length;
  }
  return read.join('');
}

const insertionGame = (id: string, name: string, every: 1 | 2): Game => ({
  id,
  name,
  rule: ({ insert }) =>
    every === 1
      ? `Between every two letters of a word stands "${insert}"; take it away to read. "table" is "${Array.from('table').join(insert)}".`
      : `Before the second, fourth, sixth letter (and so on) of a word stands "${insert}"; take it away to read. "table" is "t${insert}ab${insert}le".`,
  encode(text, { insert }) {
    const parts = text.match(/\p{L}+|\P{L}+/gu) ?? [];
    const played = parts.map((part) =>
      isLetter(part)
        ? Array.from(part, (letter, at) => (at > 0 && (at % 2 === 1 || every === 1) ? insert + letter : letter)).join(
            '',
          )
        : part,
    );
    return joinMarked(played, insert);
  },
  decode: (text, { insert }) => takeAway(text, insert),
  bears: (text, { insert }) => text.split(insert).length > 4,
});

const overRuns =
  (turn: (letters: string[]) => string[]): ((text: string) => string) =>
  (text) =>
    text.replace(runsOfLetters, (run) => turn(Array.from(run)).join(''));

const reverseInner = overRuns((letters) =>
  letters.length < 4 ? letters : [letters[0]!, ...letters.slice(1, -1).reverse(), letters.at(-1)!],
);

const swapPairs = overRuns((letters) =>
  letters.map((letter, at) => (at % 2 === 1 ? letters[at - 1]! : (letters[at + 1] ?? letter))),
);

const cycle = (text: string, from: string, to: string): string =>
  text.replace(/[aeiou]/gi, (vowel) => {
    const moved = to[from.indexOf(vowel.toLowerCase())]!;
    return vowel === vowel.toLowerCase() ? moved : moved.toUpperCase();
  });

const leetPairs: ReadonlyMap<string, string> = new Map(
  ['a4', 'e3', 'i1', 'o0', 's5', 't7'].flatMap(([letter, digit]) => [
    [letter!, digit!],
    [digit!, letter!],
  ]),
);
const swapLeet = (text: string): string => text.replace(/[aeiost431057]/g, (sign) => leetPairs.get(sign)!);

const doubled = /([bcdfghjklmnpqrstvwxyzBCDFGHJKLMNPQRSTVWXYZ])\1/g;

export const letterGames: readonly (readonly [string, Game])[] = [
  ['plain', insertionGame('self-insert', 'the insert game', 1)],
  ['plain', insertionGame('self-insert-odd', 'the second-letter game', 2)],
  [
    'plain',
    {
      id: 'self-reverse-inner',
      name: 'the inside-out game',
      rule: () =>
        'The first and last letter of each word stay, and the letters between them are written in reverse. "table" is "tlbae"; do the same to read.',
      encode: reverseInner,
      decode: reverseInner,
    },
  ],
  [
    'plain',
    {
      id: 'self-vowel-cycle',
      name: 'the vowel game',
      isLatin: true,
      rule: () =>
        'Each vowel becomes the next: a is written e, e is i, i is o, o is u, u is a; go one back to read. "table" is "tebli".',
      encode: (text) => cycle(text, 'aeiou', 'eioua'),
      decode: (text) => cycle(text, 'eioua', 'aeiou'),
    },
  ],
  [
    'plain',
    {
      id: 'self-swap-pairs',
      name: 'the partner game',
      rule: () =>
        'In each word the first and second letter change places, the third and fourth, and so on; a last single letter stays. "table" is "atlbe"; do the same to read.',
      encode: swapPairs,
      decode: swapPairs,
    },
  ],
  [
    'plain',
    {
      id: 'self-double-consonant',
      name: 'the stutter game',
      isLatin: true,
      rule: () =>
        'Every consonant is written twice, vowels once; take one of each two away to read. "table" is "ttabblle", "letter" is "lletttterr".',
      encode: (text) => text.replace(/[bcdfghjklmnpqrstvwxyz]/gi, '$&$&'),
      decode: (text) => text.replace(doubled, '$1'),
      bears: (text) => isMarked(text, doubled, /[bcdfghjklmnpqrstvwxyz]+/gi),
    },
  ],
  [
    'plain',
    {
      id: 'leet',
      name: 'the digit game',
      isLatin: true,
      rule: () =>
        'Small letters and digits have changed places: a and 4, e and 3, i and 1, o and 0, s and 5, t and 7. "table" is "74bl3"; do the same to read.',
      encode: swapLeet,
      decode: swapLeet,
      bears: (text) => isMarked(text, /[A-Za-z]\d|\d[A-Za-z]/g, /[A-Za-z\d]+/g),
    },
  ],
];
