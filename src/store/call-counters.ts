// Calls to targets and their tokens by what came of them: counted with the results that they brought.
import type { CountedTokens } from '../core/tokens.ts';
import { counterWriter } from './counter-writer.ts';
import type { CallCounterRow } from './schema.ts';
import type { Store } from './store.ts';

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

/** The columns of tokens, in which rows are added up. */
export const tokenSums = ['tokens_in', 'tokens_out', 'estimated'] as const satisfies readonly (keyof TokenColumns)[];

/** Adds calls to the counters of their scans. */
export const callCounterWriter = (kind: Store['kind']) =>
  counterWriter(kind, 'call_counters', ['scan_id', 'result'], ['n', ...tokenSums]);

export const callCountersOf = (store: Store, scanId: string): Promise<CallCounterRow[]> =>
  store.db.selectFrom('call_counters').selectAll().where('scan_id', '=', scanId).execute();
