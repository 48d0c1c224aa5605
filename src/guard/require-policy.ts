// A policy that somebody names by its id, before anything is asked of it.
import { unknownValue } from '../core/errors.ts';
import type { OpenPolicy } from './open-policy.ts';
import type { PolicySource } from './policies.ts';

/** The policy in force with this id. Throws UNKNOWN_VALUE at `field`; `others` are ids that are known beside them. */
export async function requirePolicy(
  policies: Pick<PolicySource, 'all' | 'find'>,
  projectId: string,
  id: string,
  field: string,
  others: readonly string[] = [],
): Promise<OpenPolicy> {
  const found = await policies.find(projectId, id);
  if (found) return found;
  const known = (await policies.all(projectId)).map((each) => each.policy.id);
  throw unknownValue(field, id, [...new Set([...others, ...known])]);
}
