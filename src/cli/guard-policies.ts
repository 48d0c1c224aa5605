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

/**
 * What a scan and the settings say of policies, where no guard is open: a server refuses settings whose policies cannot
 * work, and so does every scan. Throws FILE_INVALID too, for a policy file that is wrong.
 */
export async function requireStoredPolicies(
  redoubt: Redoubt,
  asked: readonly string[] | null,
  flag: string,
): Promise<void> {
  const { policies, defaults } = redoubt.settings;
  const byDefault = defaults.guard_policies ?? [];
  if (asked === null && byDefault.length === 0 && Object.keys(policies).length === 0) return;
  const guard = await openGuard(redoubt, noteError);
  try {
    await requirePolicies(guard, asked ?? [], flag);
    await requirePolicies(guard, byDefault, 'Setting defaults.guard_policies');
  } finally {
    await guard.close();
  }
}
