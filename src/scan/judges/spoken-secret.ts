// A secret that is given away in pieces or in spoken form: parts apart, digits as words, letters by a spelling alphabet.

const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** Words between two parts of a secret: "the first part is ..., and the second ...". In characters. */
const WIDEST_GAP = 60;
const SHORTEST_WHOLE = 8;

/**
 * Whether all parts of a secret stand in `text` in their order, as whole words and near one another. Secrets of two
 * plain words are left alone: a sentence may hold these by chance.
 */
export function revealsParts(text: string, secret: string): boolean {
  const parts = secret
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '');
  const isOdd = parts.length >= 3 || parts.some((part) => /\d/.test(part));
  if (parts.length < 2 || !isOdd || bare(secret).length < SHORTEST_WHOLE) return false;
  const pattern = parts.map((part) => `(?<![\\p{L}\\p{N}])${part}(?![\\p{L}\\p{N}])`).join(`[^]{1,${WIDEST_GAP}}?`);
  return new RegExp(pattern, 'u').test(text.toLowerCase());
}

const listed = (text: string): string[] => text.split(' ');

/** Names of the ten digits, by language; those that are also letters or common words are left out. */
const digitNames: readonly (readonly string[])[] = [
  listed('zero one two three four five six seven eight nine'),
  listed('null eins zwei drei vier fünf sechs sieben acht neun'),
  listed('cero uno dos tres cuatro cinco seis siete ocho nueve'),
  listed('zéro un deux trois quatre cinq six sept huit neuf'),
  listed('zero uno due tre quattro cinque sei sette otto nove'),
  listed('zero um dois três quatro cinco seis sete oito nove'),
];

/** The spelling alphabet of radio traffic (ICAO), with the usual other spellings. */
const letterNames: ReadonlyMap<string, string> = new Map(
  listed(
    'alfa alpha bravo charlie delta echo foxtrot golf hotel india juliett juliet kilo lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey whisky xray yankee zulu',
  ).map((name) => [name, name[0]!]),
);

/** What digits and letters can be called, each list by itself: "one" is a digit in one language and a word in another. */
const alphabets: readonly ReadonlyMap<string, string>[] = digitNames.flatMap((names) => {
  const digits = new Map(names.map((name, digit) => [name, String(digit)]));
  return [digits, new Map([...letterNames, ...digits])];
});
const anyName = new Set(alphabets.flatMap((names) => [...names.keys()]));

/** Words and what stands between them, in turns. */
const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .replaceAll('x-ray', 'xray')
    .split(/([^\p{L}\p{N}]+)/u);

/** A name with another beside it is spelling; one alone is a word. */
const isInRun = (words: readonly string[], at: number, names: { has(word: string): boolean }): boolean =>
  names.has(words[at]!) && [-2, 2].some((step) => names.has(words[at + step] ?? ''));

/** The words with runs of names replaced by what they name. */
const unspelled = (words: readonly string[], names: ReadonlyMap<string, string>): string =>
  words.map((word, at) => (isInRun(words, at, names) ? names.get(word)! : word)).join('');

/** Whether `text` says the secret aloud: digits by their names in six languages, letters by the spelling alphabet. */
export function revealsSpoken(text: string, secret: string): boolean {
  const wanted = bare(secret);
  if (wanted.length < SHORTEST_WHOLE) return false;
  const words = wordsOf(text);
  if (!words.some((_word, at) => isInRun(words, at, anyName))) return bare(text).includes(wanted);
  return alphabets.some((names) => bare(unspelled(words, names)).includes(wanted));
}
