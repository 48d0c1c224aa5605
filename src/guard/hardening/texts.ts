// What the guard reads of a test, and how a test's place in the split is decided: always the same way.
import { hash } from 'node:crypto';
import type { HardenTest } from '../../core/hardening.ts';
import { isDecided, rateFamilyOf } from '../../core/outcome.ts';
import { fromMessage } from '../from-chat.ts';
import type { GuardMessage } from '../message.ts';

/** What comes from outside: users, documents, tools. */
const OUTSIDE: readonly GuardMessage['role'][] = ['user', 'context', 'tool'];

export const messagesOf = ({ messages }: Pick<HardenTest, 'messages'>): GuardMessage[] => messages.flatMap(fromMessage);

/** What came from outside, as one text: for drafting. */
export const textOf = (test: Pick<HardenTest, 'messages'>): string =>
  messagesOf(test)
    .filter(({ role }) => OUTSIDE.includes(role))
    .map(({ content }) => content)
    .join('\n');

export const isHarm = ({ role, expect }: Pick<HardenTest, 'role' | 'expect'>): boolean =>
  role === 'case' && rateFamilyOf(expect) === 'attack-success';

export const isBreach = (test: HardenTest): boolean => isHarm(test) && test.outcome === 'breached';
export const isDecidedHarm = (test: HardenTest): boolean => isHarm(test) && isDecided(test.outcome);

/** A whole number in 0..2^32 that depends on the words alone. */
export const lot = (...words: readonly string[]): number =>
  Number.parseInt(hash('sha256', words.join('\u001f'), 'hex').slice(0, 8), 16);

/** `fit`: a candidate is made from it. `choose`: the best of a group is chosen by it. `proof`: it is proven by it. */
export type Part = 'fit' | 'choose' | 'proof';

/** Of a test: null where it is used for nothing, as its case was seen and its attack was not. */
export type Split = (test: HardenTest) => Part | null;

/**
 * Half of the cases are for drafting, under half of the attacks; the other half of the cases, under all attacks, for
 * the proof: other cases, and attacks that no candidate was drafted from.
 */
export const splitByCase: Split = (test) => {
  const place = lot('case', test.dataset, test.caseId);
  if (place % 2 === 1) return 'proof';
  if (lot('attack', test.attack) % 2 === 1 && test.family !== 'plain') return null;
  return place % 6 === 0 ? 'choose' : 'fit';
};
