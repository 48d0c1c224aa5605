// Judging a stored scan anew: where it stands, and each page of new verdicts with its counters, stored whole or not at all.
import type { Transaction } from 'kysely';
import { RedoubtError } from '../core/errors.ts';
import type { CounterRow, Database, RejudgingRow, TestRow, TryRow } from './schema.ts';
import { standingScans } from './standing-scans.ts';
import type { Store } from './store.ts';

type Verdict = 'outcome' | 'reason' | 'score' | 'confidence' | 'judge' | 'judge_score';

/** A test with its new verdict, and what it said before. */
export interface RejudgedTest {
  readonly before: TestRow;
  readonly after: TestRow;
  readonly tries: readonly (Pick<TryRow, 'try_no'> & Pick<TryRow, Verdict>)[];
}

/** The rejudging of this scan that has not ended; null where there is none. */
export async function openRejudging(store: Store, scanId: string): Promise<RejudgingRow | null> {
  const row = await store.db
    .selectFrom('rejudgings')
    .selectAll()
    .where('scan_id', '=', scanId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return row ?? null;
}

export const rejudgingsOf = (store: Store, scanId: string): Promise<RejudgingRow[]> =>
  store.db.selectFrom('rejudgings').selectAll().where('scan_id', '=', scanId).orderBy('rejudging_no').execute();

/** Begins a rejudging, the next of its scan. */
export async function beginRejudging(
  store: Store,
  begun: Pick<RejudgingRow, 'scan_id' | 'judge_before' | 'judge' | 'started_by' | 'started_at'>,
): Promise<RejudgingRow> {
  const earlier = await rejudgingsOf(store, begun.scan_id);
  const row = { ...begun, rejudging_no: earlier.length + 1, ended_at: null, next_test_no: 0, tests: 0, changed: 0 };
  await store.db.insertInto('rejudgings').values(row).execute();
  return row;
}

export async function endRejudging(
  store: Store,
  { scan_id, rejudging_no }: Pick<RejudgingRow, 'scan_id' | 'rejudging_no'>,
  endedAt: number,
): Promise<void> {
  await store.db
    .updateTable('rejudgings')
    .set({ ended_at: endedAt })
    .where('scan_id', '=', scan_id)
    .where('rejudging_no', '=', rejudging_no)
    .execute();
}

async function updateRows(trx: Transaction<Database>, { after, tries }: RejudgedTest): Promise<void> {
  const { scan_id, test_no, outcome, reason, score, confidence, judge, judge_score } = after;
  const { deciding_try, first_success, unconfirmed, stopped_by, bare_outcome } = after;
  const verdict = { outcome, reason, score, confidence, judge, judge_score, stopped_by, bare_outcome };
  await trx
    .updateTable('tests')
    .set({ ...verdict, deciding_try, first_success, unconfirmed })
    .where('scan_id', '=', scan_id)
    .where('test_no', '=', test_no)
    .execute();
  for (const { try_no, ...columns } of tries)
    await trx
      .updateTable('tries')
      .set(columns)
      .where('scan_id', '=', scan_id)
      .where('test_no', '=', test_no)
      .where('try_no', '=', try_no)
      .execute();
}

async function addToCounter(trx: Transaction<Database>, row: CounterRow): Promise<void> {
  await trx
    .insertInto('counters')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['scan_id', 'role', 'dataset', 'attack', 'outcome'])
        .doUpdateSet((eb) => ({ n: eb('counters.n', '+', row.n) })),
    )
    .execute();
}

async function recount(trx: Transaction<Database>, changed: readonly RejudgedTest[]): Promise<void> {
  const sums = new Map<string, CounterRow>();
  const add = ({ scan_id, role, dataset, attack, outcome }: TestRow, n: number): void => {
    const key = [role, dataset, attack, outcome].join('\0');
    sums.set(key, { scan_id, role, dataset, attack, outcome, n: (sums.get(key)?.n ?? 0) + n });
  };
  for (const { before, after } of changed) {
    add(before, -1);
    add(after, 1);
  }
  for (const [, row] of [...sums].sort(([a], [b]) => (a < b ? -1 : 1))) if (row.n !== 0) await addToCounter(trx, row);
}

async function keepPast(
  trx: Transaction<Database>,
  rejudgingNo: number,
  changed: readonly RejudgedTest[],
): Promise<void> {
  for (const { before } of changed) {
    const { scan_id, test_no, outcome, reason, confidence, judge } = before;
    await trx
      .insertInto('past_verdicts')
      .values({ scan_id, test_no, rejudging_no: rejudgingNo, outcome, reason, confidence, judge })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/**
 * Stores a page of new verdicts with its counters, and how far the rejudging is: `row` as it was before this page. Gives
 * it as it is after. Throws SCAN_NOT_FOUND where the scan was deleted meanwhile, and SCAN_BUSY where another process has
 * gone on with the same rejudging.
 */
export async function storeRejudged(
  store: Store,
  row: RejudgingRow,
  page: readonly RejudgedTest[],
  nextTestNo: number,
): Promise<RejudgingRow> {
  const changed = page.filter(({ before, after }) => before.outcome !== after.outcome);
  const next = {
    next_test_no: nextTestNo,
    tests: row.tests + page.length,
    changed: row.changed + changed.length,
  };
  await store.db.transaction().execute(async (trx) => {
    if ((await standingScans(store.kind, trx, [row.scan_id])).size === 0)
      throw new RedoubtError('SCAN_NOT_FOUND', { value: row.scan_id });
    const moved = await trx
      .updateTable('rejudgings')
      .set(next)
      .where('scan_id', '=', row.scan_id)
      .where('rejudging_no', '=', row.rejudging_no)
      .where('next_test_no', '=', row.next_test_no)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    if (moved.numUpdatedRows === 0n) throw new RedoubtError('SCAN_BUSY');
    for (const test of page) await updateRows(trx, test);
    await keepPast(trx, row.rejudging_no, changed);
    await recount(trx, changed);
  });
  return { ...row, ...next };
}
