// Limits that servers on one database share: one row a bucket, changed by one statement.
import { sql } from 'kysely';
import type { Store } from './store.ts';

/**
 * Takes one request out of a bucket that is full again at `full_at` and needs `cost` ms to refill by one; it holds as
 * many as refill within `window` ms. Gives null, or how many ms are still to wait.
 */
export async function takeFromLimit(
  store: Store,
  name: string,
  { now, cost, window }: { readonly now: number; readonly cost: number; readonly window: number },
): Promise<number | null> {
  const next = sql<number>`case when limits.full_at > ${now} then limits.full_at else ${now} end + ${cost}`;
  const taken = await store.db
    .insertInto('limits')
    .values({ name, full_at: now + cost })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ full_at: next })
        .where(sql<boolean>`${next} <= ${now + window}`),
    )
    .returning('full_at')
    .executeTakeFirst();
  if (taken) return null;
  const row = await store.db.selectFrom('limits').select('full_at').where('name', '=', name).executeTakeFirst();
  return row === undefined ? null : Math.max(1, row.full_at + cost - now - window);
}

/** Forgets buckets that are full. */
export async function deleteFullLimits(store: Store, now: number): Promise<void> {
  await store.db.deleteFrom('limits').where('full_at', '<', now).execute();
}
