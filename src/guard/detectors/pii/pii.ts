// Personal data: contacts, payments, identity numbers, addresses, names; forms with check digits are checked.
import { z } from 'zod';
import { type Detector, detectionOf, type Span } from '../detector.ts';
import { findEmails, findMachineAddresses, findPhones } from './contacts.ts';
import { readsAsEnglish } from './english.ts';
import { type PiiSearch, piiKinds, piiLabels } from './found.ts';
import { holdForPersonalData } from './hold.ts';
import { findNames } from './names.ts';
import { findNationalIds } from './national-ids.ts';
import { findPayments } from './payments.ts';
import { findBirthDates, findPlaces } from './places.ts';

const searches: readonly PiiSearch[] = [
  findPayments,
  findEmails,
  findNationalIds,
  findPhones,
  findMachineAddresses,
  findBirthDates,
  findPlaces,
];

/** Names outside English have no measured accuracy: they are found where a policy asks for names in so many words. */
const findEnglishNames: PiiSearch = (text) => {
  const names = findNames(text);
  return names.length > 0 && readsAsEnglish(text) ? names : [];
};

const what = z.enum([...piiKinds, ...piiLabels] as [string, ...string[]]);
const reference = z
  .union([what.transform((one) => [one]), z.array(what).min(1)])
  .nullish()
  .describe(`what to look for, one or a list of: ${[...piiLabels, ...piiKinds].join(', ')}`);

const isBetter = (a: Span, b: Span): boolean =>
  a.score > b.score || (a.score === b.score && a.end - a.start > b.end - b.start);

/** Of two that overlap the surer stays, and of those the longer: a card number is no telephone number. */
function withoutOverlaps(spans: readonly Span[]): Span[] {
  const kept: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = kept.at(-1);
    if (last === undefined || span.start >= last.end) kept.push(span);
    else if (isBetter(span, last)) kept[kept.length - 1] = span;
  }
  return kept;
}

export const pii: Detector = {
  id: 'pii',
  title: 'Personal data',
  summary:
    'Finds contacts, payment data, identity numbers, addresses and names in English text; numbers are checked, not guessed. Names in other languages (experimental) only where the reference names NAME or PERSON.',
  version: 2,
  cost: 'rules',
  experimental: false,
  reads: 'forms',
  asks: 'message',
  threshold: 0.5,
  reference,
  open(given) {
    const wanted = reference.parse(given) ?? null;
    const isWanted = ({ label, kind }: Span): boolean =>
      wanted === null || wanted.includes(label) || (kind !== undefined && wanted.includes(kind));
    const asksForNames = wanted !== null && ['NAME', 'PERSON'].some((name) => wanted.includes(name));
    const all = [...searches, asksForNames ? findNames : findEnglishNames];
    return {
      longestSpan: 256,
      holdFrom: holdForPersonalData,
      detect: (text) => detectionOf(withoutOverlaps(all.flatMap((search) => search(text))).filter(isWanted)),
    };
  },
};
