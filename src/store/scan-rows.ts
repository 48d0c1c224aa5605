// The rows that belong to a scan, and those whose scan is gone: versions that deleted a scan while answers were still under
// way left some behind.
import { sql } from 'kysely';
import type { Store } from './store.ts';

/** What goes with a scan, beside its index for searches. */
export const tablesOfScans = [
  'steps',
  'tries',
  'tests',
  'counters',
  'call_counters',
  'helper_calls',
  'opinions',
  'sentinels',
  'marks',
  'rejudgings',
  'past_verdicts',
  'idempotency_keys',
] as const;

/** Ids of scans that are not there, of which rows are. Each id is sought in an index: no table is read as a whole. */
export async function goneScansWithRows(store: Store): Promise<string[]> {
  const found = new Set<string>();
  for (const name of [...tablesOfScans, 'search_indexes']) {
    const table = sql.table(name);
    const { rows } = await sql<{ id: string }>`
      with recursive ids(id) as (
        select min(scan_id) from ${table}
        union all
        select (select min(scan_id) from ${table} where scan_id > ids.id) from ids where ids.id is not null
      )
      select id from ids where id is not null and not exists (select 1 from scans where scans.id = ids.id)`.execute(
      store.db,
    );
    for (const { id } of rows) found.add(id);
  }
  return [...found];
}
