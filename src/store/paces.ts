// The limits of targets over all workers of one PostgreSQL: who may have how many calls under way, and whose call goes
// out when. All times are the database's: the clocks of the workers may differ.
import { sql, type Transaction } from 'kysely';
import { type HeldSlots, slotsFor } from '../core/pace-shares.ts';
import type { PaceLedger, PaceShare } from '../core/ports.ts';
import type { Database } from './schema.ts';
import type { Store } from './store.ts';

/** A worker that has not been heard of for so long has ended, and its calls with it. */
const HOLDER_SILENCE_MS = 10_000;
const MINUTE_MS = 60_000;
/**
 * A burst of one second is promised; half of it is kept back, so that calls which travel unlike long to the target do
 * not arrive as more than that.
 */
const BURST_MS = 500;

const nowMs = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::double precision`;

async function lockPace(trx: Transaction<Database>, key: string): Promise<number> {
  const lock = () =>
    trx.selectFrom('paces').select(nowMs.as('now')).where('key', '=', key).forUpdate().executeTakeFirst();
  const known = await lock();
  if (known) return known.now;
  await trx
    .insertInto('paces')
    .values({ key, next_at: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await lock())!.now;
}

async function shareIn(
  trx: Transaction<Database>,
  { key, holder, have, concurrency }: { key: string; holder: string; have: PaceShare; concurrency: number },
): Promise<number> {
  const now = await lockPace(trx, key);
  const rows = await trx.selectFrom('pace_holders').selectAll().where('key', '=', key).execute();
  const isAlive = (row: { seen_at: number }): boolean => now - row.seen_at < HOLDER_SILENCE_MS;
  const others: HeldSlots[] = rows.filter((row) => row.holder !== holder && isAlive(row));
  const dead = rows.filter((row) => !isAlive(row)).map((row) => row.holder);
  if (dead.length > 0)
    await trx.deleteFrom('pace_holders').where('key', '=', key).where('holder', 'in', dead).execute();
  const slots = slotsFor(have.wanted, others, concurrency);
  // What it is to give up stays booked as its own until it says that it no longer uses it.
  const row = { key, holder, slots: Math.max(slots, have.inUse), wanted: have.wanted, seen_at: now };
  await trx
    .insertInto('pace_holders')
    .values(row)
    .onConflict((conflict) => conflict.columns(['key', 'holder']).doUpdateSet(row))
    .execute();
  return slots;
}

/** Gives back at once what a worker that ends still holds. */
export async function leavePaces({ db }: Store, holder: string): Promise<void> {
  await db.deleteFrom('pace_holders').where('holder', '=', holder).execute();
}

/** The shared limits of a store on PostgreSQL. */
export function createPaceLedger({ db }: Store): PaceLedger {
  return {
    share: (key, holder, have, concurrency) =>
      db.transaction().execute((trx) => shareIn(trx, { key, holder, have, concurrency })),
    async reserve(key, qpm, calls) {
      const interval = MINUTE_MS / qpm;
      const row = await db
        .insertInto('paces')
        .values({ key, next_at: sql<number>`${nowMs} + ${calls * interval}::double precision` })
        .onConflict((conflict) =>
          conflict.column('key').doUpdateSet({
            next_at: sql<number>`greatest(paces.next_at, ${nowMs}) + ${calls * interval}::double precision`,
          }),
        )
        .returning(['next_at', nowMs.as('now')])
        .executeTakeFirstOrThrow();
      const first = row.next_at - calls * interval;
      const tolerance = Math.max(0, BURST_MS - interval);
      return Array.from({ length: calls }, (_, index) => Math.max(0, first + index * interval - tolerance - row.now));
    },
  };
}
