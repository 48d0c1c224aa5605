// Calls to targets and their tokens by what came of them: counted with the results that they brought.
import type { Kysely, Transaction } from 'kysely';
import type { CountedTokens } from '../core/tokens.ts';
import { bulkInsert } from './bulk-insert.ts';
import type { CallCounterRow, Database } from './schema.ts';
import type { Store } from './store.ts';
import { tally } from './tally.ts';

/** What came of each call that was made for a result, in order, and the tokens of all of them. */
export interface CountedCalls {
  readonly calls: readonly string[];
  /** Left out where no call brought an answer. */
  readonly tokens?: CountedTokens | undefined;
}

type TokenColumns = Pick<CallCounterRow, 'tokens_in' | 'tokens_out' | 'estimated'>;

/** The columns for the tokens of one call; zeros where none are known. */
export const tokenColumns = (tokens: CountedTokens | null | undefined): TokenColumns => ({
  tokens_in: tokens?.prompt ?? 0,
  tokens_out: tokens?.completion ?? 0,
  estimated: tokens?.estimated ? 1 : 0,
});

/** One row each; their tokens stand with the last, which brought the answer. */
export const callRows = (scanId: string, { calls, tokens }: CountedCalls): CallCounterRow[] =>
  calls.map((result, index) => ({
    scan_id: scanId,
    result,
    n: 1,
    ...tokenColumns(index === calls.length - 1 ? tokens : null),
  }));

export function addTokens(sum: TokenColumns, row: TokenColumns): void {
  sum.tokens_in += row.tokens_in;
  sum.tokens_out += row.tokens_out;
  sum.estimated += row.estimated;
}

const columns = ['scan_id', 'result', 'n', 'tokens_in', 'tokens_out', 'estimated'] as const;
const sums = ['n', 'tokens_in', 'tokens_out', 'estimated'].map(
  (column) => `"${column}" = "call_counters"."${column}" + excluded."${column}"`,
);

/** Adds calls to the counters of their scans; its SQL is made once a store. */
export function callCounterWriter(
  kind: Store['kind'],
): (trx: Kysely<Database> | Transaction<Database>, rows: readonly CallCounterRow[]) => Promise<unknown> {
  const ending = `on conflict ("scan_id", "result") do update set ${sums.join(', ')}`;
  const add = bulkInsert<CallCounterRow>(kind, 'call_counters', columns, ending);
  return (trx, rows) =>
    add(
      trx,
      tally(rows, (row) => `${row.scan_id}\u0000${row.result}`, addTokens),
    );
}

export const callCountersOf = (store: Store, scanId: string): Promise<CallCounterRow[]> =>
  store.db.selectFrom('call_counters').selectAll().where('scan_id', '=', scanId).execute();
