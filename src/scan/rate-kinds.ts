// Which rate a test belongs to: by what its case expects, and by whether its attack asks once or searches. Pure.
import { type Expectation, type RateFamily, rateFamilyOf } from '../core/outcome.ts';
import { stopsAtSuccess } from './attacks/attack.ts';
import { attacks, findAttackById } from './attacks/index.ts';

/** Tests of different kinds are never added up into one rate (semantics.md). */
export interface RateKind {
  readonly family: RateFamily;
  /** Whether the attack goes on until it succeeds. */
  readonly search: boolean;
}

/** Ids of the attacks that search, in a scan that has an attacker model or has none. */
export const searchingIds = (hasAttacker: boolean): readonly string[] =>
  attacks.filter((attack) => stopsAtSuccess(attack, hasAttacker)).map(({ id }) => id);

/** An attack that is no longer known asks once. */
export function rateKindOf(expect: Expectation, attackId: string, hasAttacker: boolean): RateKind {
  const attack = findAttackById(attackId);
  return { family: rateFamilyOf(expect), search: attack !== undefined && stopsAtSuccess(attack, hasAttacker) };
}
