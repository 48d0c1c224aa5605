// Personal data: contacts, payments, identity numbers, addresses, names; forms with check digits are checked.
import { z } from 'zod';
import { readsAsEnglish } from '../../../core/text/english.ts';
import { matchesOf } from '../../../core/text/matches.ts';
import { withPlainDigits } from '../../../core/text/own-digits.ts';
import { redactionToken } from '../../token-form.ts';
import { type Detector, detectionOf, type Span } from '../detector.ts';
import { type Chain, chainsOf } from './chains.ts';
import { findEmails, findMachineAddresses, findPhones } from './contacts.ts';
import { namesOf, type PiiSearch, piiKinds, piiLabels } from './found.ts';
import { holdForPersonalData } from './hold.ts';
import { findAnnouncedNames } from './names.ts';
import { findNationalIds } from './national-ids.ts';
import { findPayments } from './payments.ts';
import { findPeopleAndPlaces, taggedKinds } from './people-and-places.ts';
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

const findNamesAndAddresses: PiiSearch = (text, chains) => [
  ...findAnnouncedNames(text, chains),
  ...findPeopleAndPlaces(text, chains),
];

/** The text without its chains: "Juan de la Cruz" and "Springfield, IL" tell no language. */
function besideChains(text: string, chains: readonly Chain[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of chains) {
    parts.push(text.slice(at, start));
    at = end;
  }
  return [...parts, text.slice(at)].join(' ');
}

/** In other languages they are found where a policy asks for names or addresses in so many words. */
const findThemInEnglish: PiiSearch = (text, chains) => {
  const found = findNamesAndAddresses(text, chains);
  return found.length > 0 && readsAsEnglish(besideChains(text, chains)) ? found : [];
};
const askedFor = taggedKinds.flatMap(namesOf);

const what = z.enum([...piiKinds, ...piiLabels] as [string, ...string[]]);
const reference = z
  .union([what.transform((one) => [one]), z.array(what).min(1)])
  .nullish()
  .describe(`what to look for, one or a list of: ${[...piiLabels, ...piiKinds].join(', ')}`);

/** Found by its surroundings, where all other kinds have a form that is checked. */
const isGuess = ({ kind }: Span): boolean => taggedKinds.some((guessed) => guessed === kind);
const covers = (a: Span, b: Span): boolean => a.start <= b.start && a.end >= b.end;

function isBetter(a: Span, b: Span): boolean {
  if (isGuess(a) !== isGuess(b)) {
    const [guess, checked] = isGuess(a) ? [a, b] : [b, a];
    if (covers(checked, guess)) return checked === a;
  }
  return a.score > b.score || (a.score === b.score && a.end - a.start > b.end - b.start);
}

/**
 * Of two that overlap the surer stays, and of those the longer: a card number is no telephone number. Two names
 * are one: the rest of a name is no less of a name.
 */
function withoutOverlaps(spans: readonly Span[]): Span[] {
  const kept: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = kept.at(-1);
    if (last === undefined || span.start >= last.end) kept.push(span);
    else if (span.kind === 'PERSON' && last.kind === 'PERSON')
      kept[kept.length - 1] = { ...last, end: Math.max(last.end, span.end), score: Math.max(last.score, span.score) };
    else if (isBetter(span, last)) kept[kept.length - 1] = span;
  }
  return kept;
}

/** UUIDs and digests in hexadecimal: whatever their digits look like by chance, they are nobody's number. */
const machineId =
  /(?<![0-9a-z])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:0x)?(?=\d{0,127}[a-f])[0-9a-f]{24,128})(?![0-9a-z])/gi;

/** The spans that do not lie inside of what the expression finds. */
function outside(text: string, spans: readonly Span[], expression: RegExp): readonly Span[] {
  if (spans.length === 0) return spans;
  const places = matchesOf(text, expression).map(({ index, 0: run }) => ({ start: index, end: index + run.length }));
  if (places.length === 0) return spans;
  const sorted = [...spans].sort((a, b) => a.start - b.start);
  let next = 0;
  return sorted.filter(({ start, end }) => {
    while (next < places.length && places[next]!.end <= start) next += 1;
    const place = places[next];
    return place === undefined || start < place.start || end > place.end;
  });
}

/** Clients send tokens back with the conversation: they are nobody's address, and redacted again could not be revealed. */
const outsideTokens = (text: string, spans: readonly Span[]): readonly Span[] =>
  text.includes('[') ? outside(text, spans, redactionToken) : spans;

export const pii: Detector = {
  id: 'pii',
  title: 'Personal data',
  summary:
    'Finds contacts, payment data, identity numbers, and in English text addresses and names; numbers are checked, not guessed. Names and addresses in other languages (experimental) only where the reference names NAME, PERSON, LOCATION or ADDRESS.',
  version: 5,
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
    const asksForThem = wanted !== null && askedFor.some((name) => wanted.includes(name));
    const all = [...searches, asksForThem ? findNamesAndAddresses : findThemInEnglish];
    return {
      longestSpan: 256,
      holdFrom: holdForPersonalData,
      detect(written) {
        const text = withPlainDigits(written);
        const chains = chainsOf(text);
        const found = all.flatMap((search) => search(text, chains));
        return detectionOf(withoutOverlaps(outside(text, outsideTokens(text, found), machineId)).filter(isWanted));
      },
    };
  },
};
