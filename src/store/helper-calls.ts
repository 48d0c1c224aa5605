// What helper models cost a scan: calls and tokens by role, counted with the results that they helped to.
import type { Kysely } from 'kysely';
import { addTokens } from './call-counters.ts';
import type { Database, HelperCallRow } from './schema.ts';
import type { Store } from './store.ts';
import { tally } from './tally.ts';

/** Calls to a helper model with one result. */
export type CountedHelperCalls = Omit<HelperCallRow, 'scan_id'>;

/** Adds calls to the counters of their scans. */
export async function addHelperCalls(db: Kysely<Database>, calls: readonly HelperCallRow[]): Promise<void> {
  for (const row of tally(calls, ({ scan_id, role, result }) => [scan_id, role, result].join('\0'), addTokens))
    await db
      .insertInto('helper_calls')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['scan_id', 'role', 'result']).doUpdateSet((eb) => ({
          n: eb('helper_calls.n', '+', row.n),
          tokens_in: eb('helper_calls.tokens_in', '+', row.tokens_in),
          tokens_out: eb('helper_calls.tokens_out', '+', row.tokens_out),
          estimated: eb('helper_calls.estimated', '+', row.estimated),
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
