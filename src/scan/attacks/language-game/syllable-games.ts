// Games that put a syllable before the vowels of a word, and two that move or double its consonants.
// References: the rules in 2411.12762 and common usage; a run of vowels counts as one unless the variant says otherwise.
import { type Game, isMarked } from './game.ts';

const vowels = 'aeiou';

/** Every syllable begins with a vowel: so the first vowel that a reader meets always belongs to one, and reading is exact. */
function syllableGame(id: string, name: string, syllable: string, isByLetter: boolean): Game {
  const vowel = isByLetter ? `[${vowels}]` : `[${vowels}]+`;
  const what = isByLetter ? 'every vowel' : 'every vowel or group of vowels';
  const written = new RegExp(vowel, 'gi');
  const read = new RegExp(`${syllable}([${vowels}${vowels.toUpperCase()}]${isByLetter ? '' : '+'})`, 'g');
  return {
    id,
    name,
    isLatin: true,
    rule: () =>
      `Before ${what} (a, e, i, o, u) of a word stands "${syllable}"; take it away to read. "table" is "t${syllable}abl${syllable}e", "soap" is "${isByLetter ? `s${syllable}o${syllable}ap` : `s${syllable}oap`}".`,
    encode: (text) => text.replace(written, (run) => `${syllable}${run}`),
    decode: (text) => text.replace(read, '$1'),
    bears: (text) => isMarked(text, read, new RegExp(`[${vowels}]+[^${vowels}]+[${vowels}]+`, 'gi')),
  };
}

const syllables = [
  ['ubbi-dubbi', 'Ubbi Dubbi', 'ub'],
  ['opish', 'Opish', 'op'],
  ['aigy-paigy', 'Aigy Paigy', 'aig'],
  ['alfa-balfa', 'Alfa Balfa', 'alf'],
  ['eggy-peggy', 'Eggy Peggy', 'egg'],
  ['obbish', 'Obbish', 'ob'],
  ['gibberish', 'Gibberish', 'idig'],
] as const;

const pigWord = /([A-Za-z]+)-([A-Za-z]*)ay(?![A-Za-z])/g;

/** As PyPI piglatin writes it, with a hyphen, which makes it readable again without guessing. */
const pigLatin: Game = {
  id: 'pig-latin',
  name: 'Pig Latin with hyphens',
  isLatin: true,
  rule: () =>
    'The consonants before the first vowel (a, e, i, o, u) of a word move behind a hyphen at its end, and "ay" follows them. "table" is "able-tay", "orange" is "orange-ay"; a word without a vowel stays and gets "-ay".',
  encode: (text) =>
    text.replace(/[A-Za-z]+/g, (word) => {
      const first = word.search(/[aeiou]/i);
      return first < 1 ? `${word}-ay` : `${word.slice(first)}-${word.slice(0, first)}ay`;
    }),
  decode: (text) => text.replace(pigWord, (_whole, rest: string, moved: string) => moved + rest),
  bears: (text) => isMarked(text, pigWord, /[A-Za-z-]+/g),
};

/** As it is mostly spoken: no hyphen, "way" after a vowel, "qu" stays together, y is a vowel inside a word. Reading guesses. */
const pigLatinWay: Game = {
  ...pigLatin,
  name: 'Pig Latin',
  rule: () =>
    'The consonants before the first vowel of a word move to its end, and "ay" follows them; a word that begins with a vowel gets "way". "table" is "abletay", "orange" is "orangeway".',
  encode: (text) =>
    text.replace(/[A-Za-z]+/g, (word) => {
      const [start = ''] = /^(?:qu|[^aeiou](?:qu|[^aeiouyq])*)?/i.exec(word) ?? [];
      return start === '' ? `${word}way` : `${word.slice(start.length)}${start}ay`;
    }),
  decode: (text) =>
    text.replace(
      /([A-Za-z]+?)(way|((?:qu|[^aeiouy\W\d_])+|y)ay)(?![A-Za-z])/gi,
      (_whole, rest: string, end: string, moved?: string) =>
        end.toLowerCase() === 'way' ? rest : `${moved ?? ''}${rest}`,
    ),
  bears: (text) => isMarked(text, /[A-Za-z]+ay(?![A-Za-z])/g, /[A-Za-z]+/g),
};

const robberRead = /([bcdfghjklmnpqrstvwxyz])o([bcdfghjklmnpqrstvwxyz])/gi;

/** Rövarspråket, of Astrid Lindgren's Kalle Blomkvist. */
const robber: Game = {
  id: 'robber',
  name: 'the robber language',
  isLatin: true,
  rule: () =>
    'Every consonant is said twice, with an "o" between: "b" is "bob". Vowels stay. "table" is "totaboblole".',
  encode: (text) => text.replace(/[bcdfghjklmnpqrstvwxyz]/gi, (consonant) => `${consonant}o${consonant.toLowerCase()}`),
  decode: (text) =>
    text.replace(robberRead, (whole, first: string, second: string) =>
      first.toLowerCase() === second ? first : whole,
    ),
  bears: (text) => isMarked(text, /([bcdfghjklmnpqrstvwxyz])o\1/gi, /[bcdfghjklmnpqrstvwxyz]o/gi),
};

/** Each game with its variants; the first is the default. */
export const syllableGames: readonly (readonly [string, Game])[] = [
  ...syllables.flatMap(([id, name, syllable]) => [
    ['cluster', syllableGame(id, name, syllable, false)] as const,
    ['letter', syllableGame(id, name, syllable, true)] as const,
  ]),
  ['hyphen', pigLatin],
  ['way', pigLatinWay],
  ['plain', robber],
];
