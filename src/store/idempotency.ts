// Keys by which a client asks for a scan once, however often it sends the request.
import type { Transaction } from 'kysely';
import type { Database, IdempotencyKeyRow } from './schema.ts';
import type { Store } from './store.ts';

/** So long a key is remembered. */
const REMEMBERED_MS = 24 * 60 * 60 * 1000;

/** What the key was used for; undefined where it is free, or free again. */
export const usedKey = (
  { db }: Store,
  projectId: string,
  key: string,
  now: number,
): Promise<IdempotencyKeyRow | undefined> =>
  db
    .selectFrom('idempotency_keys')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('key', '=', key)
    .where('created_at', '>', now - REMEMBERED_MS)
    .executeTakeFirst();

/** Takes the key, within the transaction of what it is for; false where somebody has it. Old ones of the project go. */
export async function takeKey(trx: Transaction<Database>, row: IdempotencyKeyRow): Promise<boolean> {
  await trx
    .deleteFrom('idempotency_keys')
    .where('project_id', '=', row.project_id)
    .where('created_at', '<=', row.created_at - REMEMBERED_MS)
    .execute();
  const taken = await trx
    .insertInto('idempotency_keys')
    .values(row)
    .onConflict((conflict) => conflict.columns(['project_id', 'key']).doNothing())
    .executeTakeFirst();
  return (taken.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
