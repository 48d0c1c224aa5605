// What a lexicon knows: common words of texts, names of people and places of @faker-js/faker, countries of Intl.
import { allFakers } from '@faker-js/faker';
import { hashOf } from '../../src/guard/detectors/pii/chain-tokens.ts';
import { emptyLexicon, IN_LOWER_CASE, NAME, note, PLACE } from '../../src/guard/detectors/pii/lexicon.ts';

const word = /[\p{L}\p{M}]+/gu;
const inLowerCase = /^\p{Ll}/u;
const LEAST_TEXTS = 2;
const LEAST_LETTERS = 2;

/** A text in the language of a bank. */
export interface Said {
  readonly language: string;
  readonly text: string;
}

/** Words that two texts or more write in lower case; in German, whose nouns have a capital, whichever way. */
function commonWords(texts: readonly Said[]): string[] {
  const counts = new Map<string, number>();
  for (const { language, text } of texts) {
    const words = text.match(word)?.filter((each) => language === 'de' || inLowerCase.test(each));
    for (const each of new Set(words)) counts.set(each, (counts.get(each) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count >= LEAST_TEXTS).map(([each]) => each);
}

type Lists = { readonly generic?: unknown; readonly female?: unknown; readonly male?: unknown } | null | undefined;
const namesIn = (lists: Lists): string[] =>
  [lists?.generic, lists?.female, lists?.male].flat().filter((name): name is string => typeof name === 'string');

const fakers = Object.values(allFakers);

function namesOfPeople(): string[] {
  return fakers.flatMap(({ rawDefinitions: { person } }) => [
    ...namesIn(person?.first_name as Lists),
    ...namesIn(person?.last_name as Lists),
  ]);
}

const languages = [
  'en',
  'de',
  'fr',
  'es',
  'it',
  'pt',
  'nl',
  'pl',
  'sv',
  'da',
  'fi',
  'cs',
  'hu',
  'ro',
  'tr',
  'ru',
  'uk',
];
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** Countries and languages, as the languages of the banks call them. */
function regions(): string[] {
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  return languages.flatMap((language) => {
    const region = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
    const tongue = new Intl.DisplayNames(language, { type: 'language', fallback: 'none' });
    return codes
      .flatMap((code) => [region.of(code), tongue.of(code.toLowerCase())])
      .filter((each) => each !== undefined);
  });
}

function namesOfPlaces(): string[] {
  const listed = fakers.flatMap(({ rawDefinitions: { location } }) =>
    [location?.city_name, location?.country, location?.state, location?.county].flat(),
  );
  const zones = Intl.supportedValuesOf('timeZone').map((zone) => zone.split('/').at(-1)!.replaceAll('_', ' '));
  return [...listed.filter((each) => typeof each === 'string'), ...zones, ...regions()];
}

/** Of a few words in a hundred each lexicon of training knows nothing, as is the way of names. */
const UNKNOWN = 4;
const isWithheld = (each: string): boolean => (hashOf(each) >>> 7) % UNKNOWN === 0;

export interface Lexicons {
  readonly whole: Uint8Array;
  /** Without one name and place in four: what training reads with. */
  readonly partial: Uint8Array;
}

export function lexiconsFrom(texts: readonly Said[]): Lexicons {
  const whole = emptyLexicon();
  const partial = emptyLexicon();
  const add = (names: readonly string[], bit: number): void => {
    for (const name of names)
      for (const part of name.toLowerCase().match(word) ?? []) {
        if (part.length < LEAST_LETTERS) continue;
        note(whole, hashOf(part), bit);
        if (bit === IN_LOWER_CASE || !isWithheld(part)) note(partial, hashOf(part), bit);
      }
  };
  add(commonWords(texts), IN_LOWER_CASE);
  add(namesOfPeople(), NAME);
  add(namesOfPlaces(), PLACE);
  return { whole, partial };
}

/** Given names: a chain of an unmarked text that holds one teaches nothing, as it may be a person. */
export function givenNames(): ReadonlySet<string> {
  const names = new Set(fakers.flatMap(({ rawDefinitions: { person } }) => namesIn(person?.first_name as Lists)));
  for (const name of namesThatAreWords) names.delete(name);
  return names;
}

const namesThatAreWords =
  'Math Will May June April August Mark Grace Bill Hope Van Do La Le An In So No Long Star Earth Ai My Art Even Dear'.split(
    ' ',
  );
