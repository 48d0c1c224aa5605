// Invented postal addresses, in the forms of the places they are at.
import type { Faker } from '@faker-js/faker';
import type { Random } from '../../src/core/random.ts';
import { pick } from '../guard/phrase-bank.ts';
import { chance, fakerOf, homes, originFor, type Place, safely, single } from './origins.ts';

const numberFirst = /^(?:en|fr|cy|zu|yo|af)/;
const units: Readonly<Record<string, readonly string[]>> = {
  en: [
    'Apt. #',
    'Apt #',
    'Suite #',
    'Unit #',
    'Flat #',
    '##',
    'Floor #',
    'Apartment #B',
    'Ste. #',
    'Room #',
    'Bldg. #',
  ],
  fr: ['bât. B', 'appt #', 'étage #'],
  es: ['#º B', 'piso #', 'depto. #', 'puerta #'],
  it: ['int. #', 'scala B', 'interno #'],
  pt: ['apto #', '#º Esq.', 'bloco B', 'casa #'],
  pl: ['m. #', 'lok. #'],
  tr: ['Daire #', 'Kat #', 'D: #'],
  hu: ['#. em. 3.', 'fsz. #'],
  ru: ['кв. #', 'корп. #'],
  uk: ['кв. #', 'корп. #'],
  de: ['#. OG', 'Wohnung #', 'Hinterhaus'],
};

function houseNumber(random: Random): string {
  const digits = 1 + random.below(4);
  const number = String(1 + random.below(10 ** digits - 1));
  if (chance(random, 0.1)) return `${number}${pick([...'abcABC'], random)}`;
  if (chance(random, 0.06)) return `${number}/${1 + random.below(20)}`;
  return chance(random, 0.04) ? `${number}-${Number(number) + 2}` : number;
}

function streetLine(origin: Place, language: string, faker: Faker, random: Random): string {
  const street = single(faker.location.street());
  const number = houseNumber(random);
  const abroad = chance(random, 0.15);
  if (numberFirst.test(origin) !== abroad) return `${number}${chance(random, 0.06) ? ',' : ''} ${street}`;
  const sign =
    language === 'tr'
      ? pick([' No:', ' No: ', ' '], random)
      : language === 'pt' || language === 'es'
        ? pick([', ', ' ', ' nº '], random)
        : ' ';
  return `${street}${language === 'ru' || language === 'uk' ? pick([', д. ', ', ', ' '], random) : sign}${number}`;
}

/** Street and number. */
export function streetIn(language: string, random: Random): string {
  const origin = originFor(language, random);
  const faker = fakerOf(origin, random);
  return streetLine(origin, language, faker, random);
}

function townLine(origin: Place, faker: Faker, random: Random): string {
  const written = single(safely(() => faker.location.city()));
  const city = chance(random, 0.08) ? written.toUpperCase() : written;
  const code = chance(random, 0.75) ? safely(() => faker.location.zipCode()) : '';
  const state = safely(() => faker.location.state({ abbreviated: chance(random, 0.7) }));
  if (/^en_(?:US|CA|AU|IN)/.test(origin)) return `${city}${chance(random, 0.75) ? `, ${state}` : ''} ${code}`.trim();
  if (/^en|^pt_BR/.test(origin)) return `${city}${pick([' ', ', '], random)}${code}`.replace(/[ ,]+$/, '');
  return chance(random, 0.85) ? `${code} ${city}`.trim() : `${city} ${code}`.trim();
}

/** A whole postal address, on one line or several. */
export function addressIn(language: string, random: Random): string {
  const origin = originFor(language, random);
  const faker = fakerOf(origin, random);
  const first = chance(random, 0.03)
    ? pick(['PO Box #', 'P.O. Box #', 'Postfach #', 'Apartado #'], random).replace('#', houseNumber(random))
    : streetLine(origin, language, faker, random);
  const unit = chance(random, 0.25)
    ? pick(units[language] ?? units.en!, random).replace('#', String(1 + random.below(400)))
    : '';
  const town = townLine(origin, faker, random);
  const country = chance(random, 0.25) ? safely(() => fakerOf(homes[language]![0]!, random).location.country()) : '';
  const form = random.next();
  const between = form < 0.62 ? ', ' : form < 0.72 ? ' ' : '⏎';
  const start = unit === '' ? first : `${first}${pick([', ', ' ', between], random)}${unit}`;
  const parts = form > 0.96 ? [start] : [start, town, country];
  return parts.filter((part) => part !== '').join(between);
}
