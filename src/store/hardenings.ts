// Candidates of hardening as rows: drafted, promoted, rolled back.
import type { Updateable } from 'kysely';
import type { HardeningRow } from './finding-rows.ts';
import type { Store } from './store.ts';

export async function insertHardening(store: Store, row: HardeningRow): Promise<void> {
  await store.db.insertInto('hardenings').values(row).execute();
}

export async function updateHardening(store: Store, id: string, changes: Updateable<HardeningRow>): Promise<void> {
  await store.db.updateTable('hardenings').set(changes).where('id', '=', id).execute();
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
