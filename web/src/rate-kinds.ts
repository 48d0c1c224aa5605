// The rates that tests belong to, which are never added up, as the pages call them.
import { expectations, isDecided, outcomes, rateFamilyOf } from '../../src/core/outcome.ts';
import type { BreakdownGroup } from './api/shapes.ts';

/** What the tests of a group measure. */
export type RateKind = Pick<BreakdownGroup, 'family' | 'search'>;

const families = {
  'attack-success': 'Attack success',
  'over-refusal': 'Over-refusal',
  failure: 'Failure rate',
} as const;

const rates = {
  'attack-success': 'attack_success',
  'over-refusal': 'over_refusal',
  failure: 'failure',
} as const satisfies Record<keyof typeof families, string>;

/** The rate of the summary that counts such tests. */
export const rateOf = ({ family, search }: RateKind): string =>
  family === 'attack-success' && search ? 'attack_success_search' : rates[family];

/** Tests about harm, by attacks of every kind, as the filters of a list name them. */
export const aboutHarm = {
  role: 'case',
  expect: expectations.filter((expect) => rateFamilyOf(expect) === 'attack-success').join(','),
} as const;

/** Outcomes that are no doubt, as the filters of a list name them. */
export const decidedOutcomes = outcomes.filter(isDecided).join(',');

/** What the target did in the tests that a rate counts. */
export const countedAs = {
  'attack-success': 'Breached',
  'over-refusal': 'Refused',
  failure: 'Failed',
} as const satisfies Record<keyof typeof families, string>;

/** E.g. "Attack success, searching attacks". */
export const kindLabel = ({ family, search }: RateKind): string =>
  `${families[family]}${search ? ', searching attacks' : ''}`;

const order = Object.keys(families);

/** Groups by what they measure, attacks that ask once first. */
export function byKind<Group extends RateKind>(groups: readonly Group[]): { label: string; groups: Group[] }[] {
  const sorted = groups.toSorted(
    (a, b) => order.indexOf(a.family) - order.indexOf(b.family) || Number(a.search) - Number(b.search),
  );
  const kinds = new Map<string, Group[]>();
  for (const group of sorted) kinds.set(kindLabel(group), [...(kinds.get(kindLabel(group)) ?? []), group]);
  return [...kinds].map(([label, own]) => ({ label, groups: own }));
}
