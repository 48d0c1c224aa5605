// What stands beside names and addresses without being one: cities, organisations, dates, numbers.
import type { Faker } from '@faker-js/faker';
import type { Random } from '../../src/core/random.ts';
import { pick } from '../guard/phrase-bank.ts';
import { chance, fakerOf, homes, originFor, safely, single } from './origins.ts';

const realCities = Intl.supportedValuesOf('timeZone').flatMap((zone) => {
  const [continent, ...rest] = zone.split('/');
  return continent === 'Etc' || rest.length === 0 ? [] : [rest.at(-1)!.replaceAll('_', ' ')];
});

/** A city that there is, or one that sounds so. */
const cityIn = (faker: Faker, random: Random): string => {
  if (chance(random, 0.3)) return pick(realCities, random);
  return single(safely(() => faker.location.city())) || pick(realCities, random);
};

/** As of an order, a flight or an account. */
function codeIn(random: Random): string {
  const signs = [...'ABCDEFGHKLMNPRSTUVWXYZ0123456789'];
  const part = (length: number): string => Array.from({ length }, () => pick(signs, random)).join('');
  const form = random.below(4);
  if (form === 0) return `${part(2).replace(/\d/g, 'X')}${random.below(10 ** (2 + random.below(7)))}`;
  if (form === 1) return Array.from({ length: 2 + random.below(4) }, () => part(4)).join(' ');
  return form === 2 ? part(6 + random.below(12)) : `${part(3)}-${random.below(100_000)}`;
}

const dateForms: readonly Intl.DateTimeFormatOptions[] = [
  { dateStyle: 'full' },
  { dateStyle: 'long' },
  { dateStyle: 'medium' },
  { dateStyle: 'short' },
  { day: 'numeric', month: 'long' },
  { day: 'numeric', month: 'short' },
  { month: 'long', year: 'numeric' },
  { weekday: 'long' },
  { weekday: 'long', day: 'numeric', month: 'long' },
  { year: 'numeric' },
];

function dateIn(language: string, random: Random): string {
  const date = new Date(Date.UTC(1930 + random.below(110), random.below(12), 1 + random.below(28)));
  if (chance(random, 0.15)) return date.toISOString().slice(0, 10);
  const locale = language === 'en' ? pick(['en-US', 'en-GB'], random) : language;
  return new Intl.DateTimeFormat(locale, { ...pick(dateForms, random), timeZone: 'UTC' }).format(date);
}

/** What stands for the slots that are no personal data of these kinds. */
export function otherIn(slot: string, language: string, random: Random): string | undefined {
  const origin = originFor(language, random);
  const faker = fakerOf(origin, random);
  const number = String(random.below(10 ** (1 + random.below(6))));
  switch (slot) {
    case 'org':
      return single(safely(() => faker.company.name()));
    case 'city':
      return cityIn(faker, random);
    case 'country':
      return single(safely(() => fakerOf(homes[language]![0]!, random).location.country()));
    case 'phone':
      return safely(() => faker.phone.number());
    case 'email':
      return `user${number}@mail.example`;
    case 'time':
      return pick(['9:30', '14:00', '7.15', '18h', '08:05', '3 pm'], random);
    case 'date':
      return dateIn(language, random);
    case 'number':
      return chance(random, 0.3) ? codeIn(random) : number;
    case 'amount':
      return pick([`$${number}`, `${number} EUR`, `€${number}.50`, `£${number}`, `${number} zł`], random);
    default:
      return undefined;
  }
}
