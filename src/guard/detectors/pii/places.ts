// Postal addresses in the forms of a few languages, and dates that are said to be somebody's birth.
import { matchesOf } from '../../../core/text/matches.ts';
import type { Span } from '../detector.ts';
import { follows, found, type PiiSearch } from './found.ts';

const streetWords =
  'Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Square|Sq|Place|Pl|Terrace|Ter|Way|Highway|Hwy|Parkway|Pkwy|Circle|Cir|Trail|Trl|Close|Crescent|Mews|Row|Alley|Loop|Pike|Run|Walk|Path|Parade|Grove|Gardens|Quay';
/** What may follow the street: a flat, a town, a state, a post code. */
const tail = '(?:,? ?(?:Apt|Apartment|Suite|Ste|Unit|Flat|Floor|Fl|Room|#)\\.? ?[\\w-]{1,6})?';
const townWord = "\\p{Lu}(?:\\p{Ll}\\.(?= )|[\\p{L}'-]{1,24})(?![\\p{L}\\p{N}])";
const town = `(?:[,\\n ]{1,3}${townWord}(?: ${townWord}){0,2})?`;
const code =
  '(?:[,\\n ]{1,3}[A-Z]{2}(?![A-Z\\d]))?(?:[,\\n ]{1,3}(?:\\d{4,6}(?:-\\d{4})?|[A-Z]{1,2}\\d[A-Z\\d]? \\d[A-Z]{2}|[A-Z]\\d[A-Z] \\d[A-Z]\\d))?';

const forms: readonly RegExp[] = [
  new RegExp(
    `(?<![\\w.])\\d{1,6}[A-Za-z]?,? (?:(?:North|South|East|West|[NSEW]\\.?) )?(?:\\p{Lu}[\\p{L}'.-]{0,24}|\\d{1,3}(?:st|nd|rd|th)) (?:\\p{Lu}[\\p{L}'.-]{0,24} ){0,2}(?:${streetWords})\\b\\.?${tail}${town}${code}`,
    'gu',
  ),
  /(?<!\p{L})\p{Lu}[\p{L}-]{1,24}(?:straße|strasse|str\.|weg|platz|gasse|allee|damm|ufer|katu|gatan|gata|vägen|veien|vej|straat|laan|gracht|plein|utca|tér) \d{1,4} ?[a-z]?(?![\p{L}\d])(?:,? ?(?:\d{4,5}) \p{Lu}[\p{L}-]{1,24})?/gu,
  /(?<![\w.])\d{1,4}(?: ?(?:bis|ter))?,? (?:rue|avenue|boulevard|place|allée|impasse|chemin|quai) (?:de |du |des |de la |d'|l')?\p{Lu}?[\p{L}'-]{1,24}(?: [\p{L}'-]{1,24}){0,3}(?:,? \d{5} \p{Lu}[\p{L}-]{1,24})?/giu,
  /(?<!\p{L})(?:Calle|C\/|Avenida|Avda\.?|Plaza|Paseo|Via|Viale|Piazza|Corso|Rua|Avenida|Travessa|Largo) (?:de |del |de la |da |do |dos |della )?\p{Lu}[\p{L}'-]{1,24}(?: [\p{L}'-]{1,24}){0,3},? (?:n[.º°]? ?)?\d{1,4}(?:[,\n ]{1,3}\d{5}(?: \p{Lu}[\p{L}-]{1,24})?)?/gu,
  /(?<!\w)P\.? ?O\.? Box \d{1,6}/gi,
  /(?<![A-Z0-9])(?:[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2})(?![A-Z0-9])/g,
];

const dates =
  /(?<!\d)(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|(?:\d{1,2}(?:st|nd|rd|th)? )?(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\.?(?: \d{1,2}(?:st|nd|rd|th)?)?,? \d{4})(?!\d)/g;
const speaksOfBirth =
  /\b(?:born(?: on)?|birth ?date|date of birth|d\.?o\.?b\.?|birthday|geboren(?: am)?|geburtsdatum|née? le|naissance|nacid[oa](?: el)?|nacimiento|nat[oa] il|nascita|nascid[oa] em|nascimento)\b[^\n]{0,12}$/iu;

const LEAST_CHARACTERS = 6;

function placesIn(chain: string, start: number): Span[] {
  return forms.flatMap((form) =>
    matchesOf(chain, form).map(({ index, 0: address }) =>
      found('ADDRESS', start + index, start + index + address.trimEnd().length, 0.8),
    ),
  );
}

/** An address has a number and a word with a capital, so that it lies inside of one chain. */
export const findPlaces: PiiSearch = (text, chains) =>
  chains.flatMap(({ start, end }) => {
    const chain = text.slice(start, end);
    return chain.length >= LEAST_CHARACTERS && /\d/.test(chain) ? placesIn(chain, start) : [];
  });

export const findBirthDates: PiiSearch = (text) => {
  if (!/\d{4}|\d[-/.]\d/.test(text)) return [];
  const spans: Span[] = [];
  for (const { index, 0: date } of matchesOf(text, dates))
    if (follows(text, index, speaksOfBirth)) spans.push(found('BIRTH_DATE', index, index + date.length, 0.85));
  return spans;
};
