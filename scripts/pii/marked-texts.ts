// Says the templates of data/training/pii with invented names and addresses, and knows where these stand.
import type { Random } from '../../src/core/random.ts';
import { type BankFile, pick, say } from '../guard/phrase-bank.ts';
import { addressIn, streetIn } from './addresses.ts';
import { otherIn } from './other-words.ts';
import { partsOf, personIn } from './people.ts';

/** Private-use signs that no template holds. */
const PERSON = '\ue000';
const ADDRESS = '\ue001';
const END = '\ue002';

/** Share of single names that are written in capitals. */
const CAPITALS = 0.05;
/** Share of organisations and the like that come from the lists of other places. */
const FROM_ELSEWHERE = 0.35;

export interface MarkedSpan {
  readonly kind: 'PERSON' | 'ADDRESS';
  readonly start: number;
  readonly end: number;
}

export interface MarkedText {
  readonly text: string;
  readonly spans: readonly MarkedSpan[];
}

function withoutMarks(marked: string): MarkedText {
  const spans: MarkedSpan[] = [];
  let text = '';
  let open: { kind: MarkedSpan['kind']; start: number } | null = null;
  for (const sign of marked)
    if (sign === PERSON || sign === ADDRESS)
      open = { kind: sign === PERSON ? 'PERSON' : 'ADDRESS', start: text.length };
    else if (sign === END && open !== null) {
      spans.push({ ...open, end: text.trimEnd().length });
      open = null;
    } else text += sign;
  return { text, spans };
}

const person = (name: string): string => `${PERSON}${name}${END}`;
const address = (place: string): string => `${ADDRESS}${place}${END}`;

/** What a slot for a name or an address is filled with; undefined for any other. */
function personalIn(slot: string, language: string, random: Random): string | undefined {
  const single = (name: string): string => person(random.next() < CAPITALS ? name.toUpperCase() : name);
  switch (slot) {
    case 'person':
      return personIn(language, random, person);
    case 'given':
      return single(partsOf(language, random).given);
    case 'family':
      return single(partsOf(language, random).family);
    case 'familyfirst': {
      const { given, family } = partsOf(language, random);
      return person(`${family}, ${given}`);
    }
    case 'address':
      return address(addressIn(language, random));
    case 'street':
      return address(streetIn(language, random));
    default:
      return undefined;
  }
}

/** One text of a template of the bank. */
export function sayMarked(bank: BankFile, template: string, random: Random): MarkedText {
  const { language } = bank;
  const lookup = (slot: string): string | undefined => {
    const personal = personalIn(slot, language, random);
    if (personal !== undefined) return personal;
    const list = bank.sections.get(`list ${slot}`);
    const isOwn = list !== undefined && (slot !== 'org' || random.next() >= FROM_ELSEWHERE);
    return isOwn ? pick(list, random) : otherIn(slot, language, random);
  };
  return withoutMarks(say(template, lookup, random));
}
