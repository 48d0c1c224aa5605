// Candidates of hardening as rows: drafted, promoted, rolled back.
import type { Updateable } from 'kysely';
import type { HardeningRow } from './finding-rows.ts';
import type { Store } from './store.ts';

export async function insertHardening(store: Store, row: HardeningRow): Promise<void> {
  await store.db.insertInto('hardenings').values(row).execute();
}

/** Changes every promotion of this version: a policy that was proven again bears more than one. */
export async function updatePromotions(
  store: Store,
  { project_id, policy_id, policy_version }: HardeningRow,
  changes: Updateable<HardeningRow>,
): Promise<void> {
  await store.db
    .updateTable('hardenings')
    .set(changes)
    .where('project_id', '=', project_id)
    .where('policy_id', '=', policy_id)
    .where('policy_version', '=', policy_version)
    .where('state', '=', 'promoted')
    .execute();
}

/** The latest first. */
export const hardeningsOf = (store: Store, projectId: string): Promise<HardeningRow[]> =>
  store.db
    .selectFrom('hardenings')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
