// What helper models cost a scan: calls and tokens by role, counted with the results that they helped to.
import type { Kysely } from 'kysely';
import type { Database, HelperCallRow } from './schema.ts';
import type { Store } from './store.ts';

/** Calls to a helper model with one result. */
export type CountedHelperCalls = Omit<HelperCallRow, 'scan_id'>;

/** One row a scan, role and result, in the order of the keys: who adds to the same rows waits, and never in a circle. */
function tally(rows: readonly HelperCallRow[]): HelperCallRow[] {
  const sums = new Map<string, HelperCallRow>();
  for (const row of rows) {
    const key = [row.scan_id, row.role, row.result].join('\0');
    const sum = sums.get(key) ?? { ...row, n: 0, tokens_in: 0, tokens_out: 0 };
    sums.set(key, {
      ...sum,
      n: sum.n + row.n,
      tokens_in: sum.tokens_in + row.tokens_in,
      tokens_out: sum.tokens_out + row.tokens_out,
    });
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}

/** Adds calls to the counters of their scans. */
export async function addHelperCalls(db: Kysely<Database>, calls: readonly HelperCallRow[]): Promise<void> {
  for (const row of tally(calls))
    await db
      .insertInto('helper_calls')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['scan_id', 'role', 'result']).doUpdateSet((eb) => ({
          n: eb('helper_calls.n', '+', row.n),
          tokens_in: eb('helper_calls.tokens_in', '+', row.tokens_in),
          tokens_out: eb('helper_calls.tokens_out', '+', row.tokens_out),
        })),
      )
      .execute();
}

export const helperCallsOf = (store: Store, scanId: string): Promise<HelperCallRow[]> =>
  store.db
    .selectFrom('helper_calls')
    .selectAll()
    .where('scan_id', '=', scanId)
    .orderBy('role')
    .orderBy('result')
    .execute();
