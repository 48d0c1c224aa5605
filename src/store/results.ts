// Writes results in groups, each group one transaction with its counters, and reads them back in pages.
import type { Kysely, Transaction } from 'kysely';
import type { Reason } from '../core/outcome.ts';
import { type BulkInsert, bulkInsert, type Runner } from './bulk-insert.ts';
import { type CountedCalls, callCounterWriter, callRows } from './call-counters.ts';
import { addedUp, counterWriter } from './counter-writer.ts';
import { type CountedHelperCalls, helperCallWriter } from './helper-calls.ts';
import { type CountedOpinion, opinionWriter } from './opinions.ts';
import type { CounterRow, Database, StepRow, TestRow, TryRow } from './schema.ts';
import { standingScans } from './standing-scans.ts';
import type { Store } from './store.ts';

/** What else is counted with any result: calls to helper models and second opinions since the last one was stored. */
interface Beside {
  readonly helperCalls?: readonly CountedHelperCalls[];
  readonly opinions?: readonly CountedOpinion[];
}

/** What a decided test brings, with the tries that are not stored yet: stored whole or not at all. */
export interface TestResult extends Beside, CountedCalls {
  readonly test: TestRow;
  readonly tries: readonly TryRow[];
  /** The test was checkpointed step by step: its steps go as it comes. */
  readonly endsSteps?: true;
}

/** A try of a test that is not decided yet. */
export interface TryResult extends Beside, CountedCalls {
  readonly tries: readonly [TryRow];
}

/** A step of a test that is under way. */
export interface StepResult extends Beside, CountedCalls {
  readonly step: StepRow;
}

export type Result = TestResult | TryResult | StepResult;

const isDecided = (result: Result): result is TestResult => 'test' in result;
const isStep = (result: Result): result is StepResult => 'step' in result;

/** Which test a result belongs to. */
const placeOf = (result: Result): Pick<TestRow, 'scan_id' | 'test_no'> =>
  isDecided(result) ? result.test : isStep(result) ? result.step : result.tries[0];

const testColumns = [
  'scan_id',
  'test_no',
  'role',
  'plan_key',
  'case_id',
  'dataset',
  'subcategory',
  'attack',
  'parameters',
  'refs',
  'expect',
  'severity',
  'outcome',
  'score',
  'confidence',
  'reason',
  'judge',
  'judge_score',
  'deciding_try',
  'tries',
  'first_success',
  'calls',
  'backtracks',
  'unconfirmed',
  'attacker',
  'utility',
  'stopped_by',
  'bare_outcome',
] as const satisfies readonly (keyof TestRow)[];

const tryColumns = [
  'scan_id',
  'test_no',
  'try_no',
  'messages',
  'answer',
  'outcome',
  'reason',
  'score',
  'confidence',
  'judge',
  'judge_score',
  'calls',
  'latency_ms',
  'tokens_in',
  'tokens_out',
  'finish_reason',
  'model',
  'fingerprint',
  'request_id',
  'turn',
  'ended_at',
] as const satisfies readonly (keyof TryRow)[];

const stepColumns = ['scan_id', 'test_no', 'step_no', 'body', 'failed'] as const satisfies readonly (keyof StepRow)[];
const counterKeys = [
  'scan_id',
  'role',
  'dataset',
  'attack',
  'outcome',
] as const satisfies readonly (keyof CounterRow)[];

const TRIES_PER_STATEMENT = 500;

/** The write side of results; SQL is prepared once per store. */
export interface ResultWriter {
  /**
   * Stores a group in one transaction. A test that is stored already stays as it is and is not counted again; of a scan
   * that was deleted nothing is stored.
   */
  write(group: readonly Result[]): Promise<void>;
}

const inOrderOfKeys = (group: readonly Result[]): Result[] =>
  group.toSorted((left, right) => {
    const [a, b] = [placeOf(left), placeOf(right)];
    if (a.scan_id !== b.scan_id) return a.scan_id < b.scan_id ? -1 : 1;
    return a.test_no - b.test_no;
  });

const counterOf = (test: Omit<CounterRow, 'n'>): CounterRow => ({
  scan_id: test.scan_id,
  role: test.role,
  dataset: test.dataset,
  attack: test.attack,
  outcome: test.outcome,
  n: 1,
});

type BesideOf = Beside & { readonly scanId: string };

function besideWriter(kind: Store['kind']): (run: Runner, entries: readonly BesideOf[]) => Promise<void> {
  const addHelperCalls = helperCallWriter(kind);
  const addOpinions = opinionWriter(kind);
  return async (run, entries) => {
    await addHelperCalls(
      run,
      entries.flatMap(({ scanId, helperCalls = [] }) => helperCalls.map((calls) => ({ scan_id: scanId, ...calls }))),
    );
    await addOpinions(
      run,
      entries.flatMap(({ scanId, opinions = [] }) => opinions.map((each) => ({ scan_id: scanId, n: 1, ...each }))),
    );
  };
}

/** Stores what came after the last result, and calls that brought none; nothing where the scan was deleted. */
export const storeBeside = (
  store: Store,
  scanId: string,
  beside: Beside,
  unstored: readonly CountedCalls[] = [],
): Promise<void> =>
  store.inTransaction(async (run) => {
    if ((await standingScans(store.kind, run, [scanId])).size === 0) return;
    const rows = unstored.flatMap((calls) => callRows(scanId, calls));
    await callCounterWriter(store.kind)(run, rows);
    await besideWriter(store.kind)(run, [{ ...beside, scanId }]);
  });

export function createResultWriter(store: Store): ResultWriter {
  const insertTests: BulkInsert<TestRow> = bulkInsert(
    store.kind,
    'tests',
    testColumns,
    'on conflict do nothing returning "scan_id", "test_no"',
  );
  const insertTries: BulkInsert<TryRow> = bulkInsert(store.kind, 'tries', tryColumns, 'on conflict do nothing');
  const insertSteps: BulkInsert<StepRow> = bulkInsert(store.kind, 'steps', stepColumns, 'on conflict do nothing');
  const addCounters = counterWriter(store.kind, 'counters', counterKeys, ['n']);
  const addCalls = callCounterWriter(store.kind);
  const addBeside = besideWriter(store.kind);

  async function writeAll(run: Runner, group: readonly Result[]): Promise<void> {
    const decided = group.filter(isDecided);
    const stored = await insertTests<{ scan_id: string; test_no: number }>(
      run,
      decided.map((result) => result.test),
    );
    const isNew = new Set(stored.map((row) => `${row.scan_id}:${row.test_no}`));
    // Each number once, also where a group brings the same test twice.
    const fresh = decided.filter(({ test }) => isNew.delete(`${test.scan_id}:${test.test_no}`));
    const kept = new Set<Result>(fresh);
    await insertTries(
      run,
      group.flatMap((result): readonly TryRow[] =>
        isStep(result) || (isDecided(result) && !kept.has(result)) ? [] : result.tries,
      ),
    );
    await insertSteps(
      run,
      group.filter(isStep).map((result) => result.step),
    );
    for (const { test } of decided.filter((result) => result.endsSteps))
      await run.executeQuery(stepsFrom(store.db, test, 0).compile());
    await addCounters(
      run,
      fresh.map(({ test }) => counterOf(test)),
    );
    await addCalls(
      run,
      group.flatMap((entry) => callRows(placeOf(entry).scan_id, entry)),
    );
    await addBeside(
      run,
      group.map((entry) => ({ ...entry, scanId: placeOf(entry).scan_id })),
    );
  }

  return {
    write: (group) =>
      store.inTransaction(async (run) => {
        const ids = group.map((result) => placeOf(result).scan_id);
        const standing = await standingScans(store.kind, run, ids);
        const wanted = group.filter((result) => standing.has(placeOf(result).scan_id));
        if (wanted.length > 0) await writeAll(run, inOrderOfKeys(wanted));
      }),
  };
}

/** The steps of a test from the given one on, to be forgotten. */
const stepsFrom = (db: Kysely<Database>, { scan_id, test_no }: Pick<TestRow, 'scan_id' | 'test_no'>, from: number) =>
  db.deleteFrom('steps').where('scan_id', '=', scan_id).where('test_no', '=', test_no).where('step_no', '>=', from);

/** Steps of one test that is under way, in order. */
export const stepsOf = (store: Store, scanId: string, testNo: number): Promise<StepRow[]> =>
  store.db
    .selectFrom('steps')
    .selectAll()
    .where('scan_id', '=', scanId)
    .where('test_no', '=', testNo)
    .orderBy('step_no')
    .execute();

/** Forgets steps that no longer lead to what is asked now, from the given one on. */
export async function forgetSteps(store: Store, scanId: string, testNo: number, from: number): Promise<void> {
  await stepsFrom(store.db, { scan_id: scanId, test_no: testNo }, from).execute();
}

/** Tries of one test that are stored, in order. */
export const triesOf = (store: Store, scanId: string, testNo: number): Promise<TryRow[]> =>
  store.db
    .selectFrom('tries')
    .selectAll()
    .where('scan_id', '=', scanId)
    .where('test_no', '=', testNo)
    .orderBy('try_no')
    .execute();

/** A test with its deciding try, as exports read it. */
export type TestWithTry = TestRow &
  Pick<
    TryRow,
    | 'try_no'
    | 'messages'
    | 'answer'
    | 'latency_ms'
    | 'tokens_in'
    | 'tokens_out'
    | 'finish_reason'
    | 'model'
    | 'request_id'
    | 'turn'
  >;

const testsWithTries = (store: Store, scanId: string) =>
  store.db
    .selectFrom('tests')
    .innerJoin('tries', (join) =>
      join
        .onRef('tries.scan_id', '=', 'tests.scan_id')
        .onRef('tries.test_no', '=', 'tests.test_no')
        .onRef('tries.try_no', '=', 'tests.deciding_try'),
    )
    .selectAll('tests')
    .select([
      'tries.try_no',
      'tries.messages',
      'tries.answer',
      'tries.latency_ms',
      'tries.tokens_in',
      'tries.tokens_out',
      'tries.finish_reason',
      'tries.model',
      'tries.request_id',
      'tries.turn',
    ])
    .where('tests.scan_id', '=', scanId)
    .orderBy('tests.test_no');

/** Tests after `afterTestNo` in order, with their deciding tries; at most `limit`. */
export const testsAfter = (store: Store, scanId: string, afterTestNo: number, limit: number): Promise<TestWithTry[]> =>
  testsWithTries(store, scanId).where('tests.test_no', '>', afterTestNo).limit(limit).execute();

/** Ordinary tests whose verdicts have these reasons, with their deciding tries, the last of the plan first; at most `limit`. */
export const lastTestsWith = (
  store: Store,
  scanId: string,
  reasons: readonly Reason[],
  limit: number,
): Promise<TestWithTry[]> =>
  testsWithTries(store, scanId)
    .where('tests.role', '=', 'case')
    .where('tests.reason', 'in', reasons)
    .clearOrderBy()
    .orderBy('tests.test_no', 'desc')
    .limit(limit)
    .execute();

/** The rows of the tests after `afterTestNo` in order, without their tries; at most `limit`. */
export const testRowsAfter = (store: Store, scanId: string, afterTestNo: number, limit: number): Promise<TestRow[]> =>
  store.db
    .selectFrom('tests')
    .selectAll()
    .where('scan_id', '=', scanId)
    .where('test_no', '>', afterTestNo)
    .orderBy('test_no')
    .limit(limit)
    .execute();

/** The tests of these numbers, in the order of the numbers given; at most some hundreds. */
export async function testsByNumber(store: Store, scanId: string, numbers: readonly number[]): Promise<TestWithTry[]> {
  if (numbers.length === 0) return [];
  const rows = await testsWithTries(store, scanId).where('tests.test_no', 'in', numbers).execute();
  const byNumber = new Map(rows.map((row) => [row.test_no, row]));
  return numbers.flatMap((number) => byNumber.get(number) ?? []);
}

export const countersOf = (store: Store, scanIds: readonly string[]): Promise<CounterRow[]> =>
  scanIds.length === 0
    ? Promise.resolve([])
    : store.db.selectFrom('counters').selectAll().where('scan_id', 'in', scanIds).execute();

/**
 * Takes back the tests that ended for want of an answer, and of a search under way what follows a call without one, so
 * that a retry asks them again. Their calls stay counted: they were made. Part of the transaction that resumes the scan, so that of two retries one alone takes them back.
 */
export async function reopenUnanswered(trx: Transaction<Database>, scanId: string): Promise<void> {
  await trx
    .deleteFrom('steps')
    .where('scan_id', '=', scanId)
    .where('step_no', '>=', (eb) =>
      eb
        .selectFrom('steps as without')
        .select((each) => each.fn.min('without.step_no').as('first'))
        .whereRef('without.scan_id', '=', 'steps.scan_id')
        .whereRef('without.test_no', '=', 'steps.test_no')
        .where('without.failed', '=', 1),
    )
    .execute();
  const taken = await trx
    .deleteFrom('tests')
    .where('scan_id', '=', scanId)
    .where('outcome', '=', 'inconclusive')
    .where('reason', 'in', ['target_error', 'timeout'])
    .returning(['scan_id', 'test_no', 'role', 'dataset', 'attack', 'outcome'])
    .execute();
  for (let start = 0; start < taken.length; start += TRIES_PER_STATEMENT) {
    const numbers = taken.slice(start, start + TRIES_PER_STATEMENT).map((row) => row.test_no);
    await trx.deleteFrom('tries').where('scan_id', '=', scanId).where('test_no', 'in', numbers).execute();
  }
  for (const row of addedUp(taken.map(counterOf), counterKeys, ['n']))
    await trx
      .updateTable('counters')
      .set((eb) => ({ n: eb('n', '-', row.n) }))
      .where('scan_id', '=', scanId)
      .where('role', '=', row.role)
      .where('dataset', '=', row.dataset)
      .where('attack', '=', row.attack)
      .where('outcome', '=', row.outcome)
      .execute();
}
