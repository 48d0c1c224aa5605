// What the searches for personal data give, and the groups that kinds belong to.
import type { Span } from '../detector.ts';
import type { Chain } from './chains.ts';

/** Which group of labels a kind belongs to; groups are what tokens and clients name. */
const groups = {
  EMAIL: 'CONTACT',
  PHONE: 'CONTACT',
  CREDIT_CARD: 'PAYMENT',
  IBAN: 'PAYMENT',
  NATIONAL_ID: 'DOCUMENT',
  PASSPORT: 'DOCUMENT',
  DRIVER_LICENSE: 'DOCUMENT',
  IP_ADDRESS: 'DIGITAL_ID',
  MAC_ADDRESS: 'DIGITAL_ID',
  ADDRESS: 'LOCATION',
  PERSON: 'NAME',
  BIRTH_DATE: 'DATE',
} as const;

export type PiiKind = keyof typeof groups;
export const piiKinds = Object.keys(groups) as PiiKind[];
export const piiLabels = [...new Set(Object.values(groups))] as string[];

export const found = (kind: PiiKind, start: number, end: number, score: number): Span => ({
  start,
  end,
  score,
  kind,
  label: groups[kind],
});

/** Names that a policy may call a kind by. */
export const namesOf = (kind: PiiKind): readonly string[] => [kind, groups[kind]];

/** Looks for one kind, or a few that belong together; `chains` are those of the text. */
export type PiiSearch = (text: string, chains: readonly Chain[]) => Span[];

const CONTEXT_CHARACTERS = 48;

/** Whether one of the words stands shortly before the place. */
export const follows = (text: string, start: number, words: RegExp): boolean =>
  words.test(text.slice(Math.max(0, start - CONTEXT_CHARACTERS), start));
