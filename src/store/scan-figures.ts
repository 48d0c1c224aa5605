// What all scans of a database come to at this moment, for whoever watches the installation: few sums, no row of a test.
import { sql } from 'kysely';
import type { Outcome } from '../core/outcome.ts';
import type { ScanStatus } from '../core/scan-status.ts';
import type { Store } from './store.ts';

export interface QueueFigures {
  readonly waiting: number;
  readonly taken: number;
  /** How long the oldest chunk has waited, in seconds. */
  readonly oldestSeconds: number;
}

export interface ScanFigures {
  readonly scans: readonly { readonly status: ScanStatus; readonly n: number }[];
  readonly outcomes: readonly { readonly outcome: Outcome; readonly n: number }[];
  /** Calls to targets by what came of them, as `call_counters` names it. */
  readonly calls: readonly { readonly result: string; readonly n: number }[];
  /** Tests of scans under way that have no result yet. */
  readonly testsLeft: number;
  /** Null where no queue is shared. */
  readonly queue: QueueFigures | null;
}

async function queueFigures({ runSql }: Store): Promise<QueueFigures | null> {
  if (runSql === undefined) return null;
  const { rows } = await runSql(
    `select count(*) filter (where state < 'active') as waiting, count(*) filter (where state = 'active') as taken,
       coalesce(max(extract(epoch from now() - created_on)) filter (where state < 'active'), 0)::double precision as "oldestSeconds"
       from pgboss.job where name like 'scan-%' and state <= 'active'`,
  );
  return rows[0] as QueueFigures;
}

/** On PostgreSQL it throws where the queue has not been made yet. */
export async function scanFigures(store: Store): Promise<ScanFigures> {
  const { db } = store;
  const n = sql<number>`sum(n)`.as('n');
  const scans = await db
    .selectFrom('scans')
    .select(['status', sql<number>`count(*)`.as('n')])
    .groupBy('status')
    .orderBy('status')
    .execute();
  const active = db.selectFrom('scans').select('id').where('status', 'in', ['Initializing', 'Scanning']);
  const [planned] = await db
    .selectFrom('scans')
    .select(sql<number>`coalesce(sum(planned_all), 0)`.as('n'))
    .where('status', 'in', ['Initializing', 'Scanning'])
    .execute();
  const [done] = await db
    .selectFrom('counters')
    .select(sql<number>`coalesce(sum(n), 0)`.as('n'))
    .where('scan_id', 'in', active)
    .execute();
  return {
    scans,
    outcomes: await db.selectFrom('counters').select(['outcome', n]).groupBy('outcome').orderBy('outcome').execute(),
    calls: await db.selectFrom('call_counters').select(['result', n]).groupBy('result').orderBy('result').execute(),
    testsLeft: Math.max(0, (planned?.n ?? 0) - (done?.n ?? 0)),
    queue: await queueFigures(store),
  };
}
