// Where the people and addresses of a text come from, by its language, and in part from elsewhere, as people move.
import { allFakers, type Faker } from '@faker-js/faker';
import type { Random } from '../../src/core/random.ts';
import { pick } from '../guard/phrase-bank.ts';

export type Place = keyof typeof allFakers;

const english: readonly Place[] = [
  ...([
    'en_US',
    'en_US',
    'en_GB',
    'en_GB',
    'en_IN',
    'en_AU',
    'en_CA',
    'en_IE',
    'en_NG',
    'en_ZA',
    'en_GH',
    'en_HK',
  ] as const),
];
/** Places whose names and streets are written in Latin letters. */
const latin: readonly Place[] = [
  ...([
    'de',
    'de_AT',
    'de_CH',
    'fr',
    'fr_BE',
    'fr_CA',
    'fr_CH',
    'es',
    'es_MX',
    'it',
    'pt_BR',
    'pt_PT',
    'nl',
    'nl_BE',
  ] as const),
  ...([
    'pl',
    'sv',
    'da',
    'nb_NO',
    'fi',
    'hu',
    'cs_CZ',
    'sk',
    'sl_SI',
    'hr',
    'ro',
    'tr',
    'vi',
    'id_ID',
    'lv',
    'az',
  ] as const),
  ...(['sr_RS_latin', 'yo_NG', 'zu_ZA', 'af_ZA', 'cy', 'uz_UZ_latin', 'ku_kmr_latin'] as const),
];
export const homes: Readonly<Record<string, readonly Place[]>> = {
  en: english,
  de: ['de', 'de', 'de_AT', 'de_CH'],
  nl: ['nl', 'nl', 'nl_BE'],
  sv: ['sv'],
  da: ['da'],
  fi: ['fi'],
  fr: ['fr', 'fr', 'fr_BE', 'fr_CA', 'fr_CH'],
  es: ['es', 'es_MX'],
  it: ['it'],
  pt: ['pt_BR', 'pt_PT'],
  pl: ['pl'],
  cs: ['cs_CZ', 'sk'],
  hu: ['hu'],
  ro: ['ro', 'ro_MD'],
  tr: ['tr'],
  ru: ['ru'],
  uk: ['uk'],
};
const ABROAD: Readonly<Record<string, number>> = { en: 0.5, ru: 0, uk: 0 };
const OFTEN_ABROAD = 0.25;

/** Where a person of a text in this language comes from. */
export function originFor(language: string, random: Random): Place {
  const foreign = random.next() < (ABROAD[language] ?? OFTEN_ABROAD);
  return pick(foreign ? [...latin, ...english] : homes[language]!, random);
}

/** The lists of a place, at a state that the draws decide. */
export function fakerOf(origin: Place, random: Random): Faker {
  const faker = allFakers[origin];
  faker.seed(random.below(2 ** 31));
  return faker;
}

export const chance = (random: Random, share: number): boolean => random.next() < share;
export const single = (name: string): string => name.replace(/\s+/g, ' ').trim();

/** Empty where a place has no such list. */
export const safely = (make: () => string): string => {
  try {
    return make();
  } catch {
    return '';
  }
};
