// Policies that a command names by a flag: known before anything is asked of them.
import { DEFAULT_PROJECT } from '../access/keys.ts';
import { openGuard, type Redoubt } from '../compose.ts';
import type { Guard } from '../guard/guard.ts';
import { requirePolicy } from '../guard/require-policy.ts';
import { noteError } from './command.ts';

/** Throws UNKNOWN_VALUE that names the flag. */
export async function requirePolicies({ policies }: Guard, ids: readonly string[], flag: string): Promise<void> {
  for (const id of ids) await requirePolicy(policies, DEFAULT_PROJECT, id, flag);
}

/** The same, where no guard is open. Throws FILE_INVALID too, for a policy file that is wrong. */
export async function requireStoredPolicies(redoubt: Redoubt, ids: readonly string[], flag: string): Promise<void> {
  const guard = await openGuard(redoubt, noteError);
  await requirePolicies(guard, ids, flag).finally(() => guard.close());
}
