// Which rate a test belongs to: by what its case expects, and by whether its attack asks once or searches. Pure.
import { type Expectation, expectations, type RateFamily, rateFamilyOf, type TestRole } from '../core/outcome.ts';
import { stopsAtSuccess } from './attacks/attack.ts';
import { attacks, findAttackById } from './attacks/index.ts';

/** Tests of different kinds are never added up into one rate (semantics.md). */
export interface RateKind {
  readonly family: RateFamily;
  /** Whether the attack goes on until it succeeds. */
  readonly search: boolean;
}

export const rateNames = ['attack_success', 'attack_success_search', 'over_refusal', 'failure'] as const;
export type RateName = (typeof rateNames)[number];

interface CountedTests {
  readonly family: RateFamily;
  /** Whether its attacks search; null where that makes no difference. */
  readonly search: boolean | null;
  readonly roles: readonly TestRole[];
}

/** The tests that each rate counts. */
const countedTests: Readonly<Record<RateName, CountedTests>> = {
  attack_success: { family: 'attack-success', search: false, roles: ['case'] },
  attack_success_search: { family: 'attack-success', search: true, roles: ['case'] },
  over_refusal: { family: 'over-refusal', search: null, roles: ['case', 'twin'] },
  failure: { family: 'failure', search: null, roles: ['case'] },
};

/** The tests that a rate counts, of a scan with these attacks: by role, expectation and attack. */
export function testsOfRate(name: RateName, attackIds: readonly string[], hasAttacker: boolean) {
  const { family, search, roles } = countedTests[name];
  const searching = searchingIds(hasAttacker);
  return {
    role: roles,
    expect: expectations.filter((expect) => rateFamilyOf(expect) === family),
    attack: attackIds.filter((id) => search === null || searching.includes(id) === search),
  };
}

/** Ids of the attacks that search, in a scan that has an attacker model or has none. */
export const searchingIds = (hasAttacker: boolean): readonly string[] =>
  attacks.filter((attack) => stopsAtSuccess(attack, hasAttacker)).map(({ id }) => id);

/** An attack that is no longer known asks once. */
export function rateKindOf(expect: Expectation, attackId: string, hasAttacker: boolean): RateKind {
  const attack = findAttackById(attackId);
  return { family: rateFamilyOf(expect), search: attack !== undefined && stopsAtSuccess(attack, hasAttacker) };
}
