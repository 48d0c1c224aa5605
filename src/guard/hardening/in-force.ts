// Candidates beside what is in force already: which of them hold as they are, and under which ids the others may stand.
import type { OpenPolicy } from '../open-policy.ts';
import { type Policy, saysTheSame } from '../policy.ts';
import type { Candidate } from './candidates.ts';

/** By id, those that hold for requests which name none. */
export type InForce = ReadonlyMap<string, OpenPolicy>;

export const inForceOf = (policies: readonly OpenPolicy[]): InForce =>
  new Map(policies.filter(({ policy }) => policy.byDefault).map((each) => [each.policy.id, each]));

/** Whether this very policy holds already. */
export function holdsAlready(policy: Policy, inForce: InForce): boolean {
  const held = inForce.get(policy.id);
  return held !== undefined && saysTheSame(held.policy, policy);
}

/**
 * The candidates under ids of their own: a draft must not take the place of a policy in force, which stops what this
 * scan may not have shown, nor that of another candidate.
 */
export function underFreeIds(candidates: readonly Candidate[], inForce: InForce): Candidate[] {
  const given = new Set<string>();
  const isFree = (policy: Policy): boolean =>
    !given.has(policy.id) && (!inForce.has(policy.id) || holdsAlready(policy, inForce));
  return candidates.map((candidate) => {
    let policy = candidate.policy;
    for (let n = 2; !isFree(policy); n++) policy = { ...policy, id: `${candidate.policy.id}-${n}` };
    given.add(policy.id);
    return { ...candidate, policy };
  });
}
