// Names of people after words that announce one; others are found by people-and-places.ts.

import { matchesOf } from '../../../core/text/matches.ts';
import type { Span } from '../detector.ts';
import { hashOf } from './chain-tokens.ts';
import { found, type PiiSearch } from './found.ts';
import { IN_LOWER_CASE, NAME, PLACE, shippedLexicon } from './lexicon.ts';

const part = "\\p{Lu}[\\p{Ll}\\p{M}'’-]{1,24}(?:\\p{Lu}[\\p{Ll}\\p{M}]{1,24})?";
const particle = '(?:(?:van|von|de|der|den|da|di|del|la|le|bin|al|el|ten) ){0,2}';
const surname = `(?: (?:\\p{Lu}\\.?|${part}))?(?: ${particle}${part})`;

const titled = new RegExp(
  `(?<!\\p{L})(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Madam|Lady|Lord|Herr|Frau|Señora?|Monsieur|Madame)\\.? (${part}(?:${surname})?)`,
  'gu',
);
const announcing =
  "[Mm]y name is|[Mm]y name's|I am called|[Tt]his is|[Cc]all me|[Nn]ame(?: is|:)|[Ss]igned(?: by)?[:,]?|[Ss]incerely,|[Rr]egards,|[Dd]ear|[Aa]ttention:";
/** Ordinary words too: without a colon they announce nothing on the next line. */
const roles = '[Aa]ttn|[Pp]atient|[Cc]ustomer|[Cc]lient|[Ee]mployee';
const announced = new RegExp(
  `(?:(?:${announcing}|(?:${roles}):)\\s{1,3}|(?:${roles})[^\\S\\n]{1,3})(${part}(?:${surname})?)`,
  'gu',
);

/** Words that begin with a capital and follow such announcements without being a name. */
const notNames = new Set(
  'The This That Sir Madam Team All Customer Friend Friends Colleagues Everyone Support Hiring Manager Doctor God Lord It He She They We You Not Very So Just Here There What Why How Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November December English French German Spanish Chinese American British'.split(
    ' ',
  ),
);

function spansAfter(text: string, expression: RegExp, score: number): Span[] {
  return matchesOf(text, expression).flatMap((match) => {
    const name = match[1]!;
    if (notNames.has(name.split(/[ '’]/)[0]!)) return [];
    const start = match.index + match[0].length - name.length;
    return [found('PERSON', start, start + name.length, score)];
  });
}

const smallPart = "\\p{Ll}[\\p{Ll}\\p{M}'’-]{1,24}";
const announcedSmall = new RegExp(
  `(?<!\\p{L})(?:(?:my|the|his|her) name(?: is|'s)|i am|i[’']?m|this is|call me|it[’']?s|mrs?\\.?|ms\\.?|dr\\.?|dear|hi|hello|hey|thanks,?) (${smallPart}(?: ${smallPart}){0,2})`,
  'gu',
);

/** The words at the beginning that are names and nothing else, if one of them is no everyday word. */
function namesAtStart(words: readonly string[]): number {
  const lexicon = shippedLexicon();
  const known = words.map((word) => lexicon(hashOf(word)));
  const end = known.findIndex((bits) => (bits & (NAME | PLACE)) !== NAME);
  const names = known.slice(0, end < 0 ? known.length : end);
  return names.some((bits) => (bits & IN_LOWER_CASE) === 0) ? names.length : 0;
}

/** As people type who use no capitals: "my name is priya sharma". */
function smallNames(text: string): Span[] {
  return matchesOf(text, announcedSmall).flatMap((match) => {
    const words = match[1]!.split(' ');
    const name = words.slice(0, namesAtStart(words)).join(' ');
    if (name === '') return [];
    const start = match.index + match[0].length - match[1]!.length;
    return [found('PERSON', start, start + name.length, 0.7)];
  });
}

/** "This is Important", "Dear Valued Customer": of everyday words alone, none of them a name. */
const isEveryday = (name: string): boolean =>
  (name.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []).every(
    (word) => (shippedLexicon()(hashOf(word)) & (IN_LOWER_CASE | NAME)) === IN_LOWER_CASE,
  );

export const findAnnouncedNames: PiiSearch = (text) => [
  ...spansAfter(text, titled, 0.85),
  ...spansAfter(text, announced, 0.8).filter(({ start, end }) => !isEveryday(text.slice(start, end))),
  ...smallNames(text),
];
