// What helper models cost a scan: calls and tokens by role, counted with the results that they helped to.
import { tokenSums } from './call-counters.ts';
import { counterWriter } from './counter-writer.ts';
import type { HelperCallRow } from './schema.ts';
import type { Store } from './store.ts';

/** Calls to a helper model with one result. */
export type CountedHelperCalls = Omit<HelperCallRow, 'scan_id'>;

/** Adds calls to the counters of their scans. */
export const helperCallWriter = (kind: Store['kind']) =>
  counterWriter(kind, 'helper_calls', ['scan_id', 'role', 'result'], ['n', ...tokenSums]);

export const helperCallsOf = (store: Store, scanId: string): Promise<HelperCallRow[]> =>
  store.db
    .selectFrom('helper_calls')
    .selectAll()
    .where('scan_id', '=', scanId)
    .orderBy('role')
    .orderBy('result')
    .execute();
