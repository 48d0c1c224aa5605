// Marks: what people say the verdict on a test should be.
import { sql } from 'kysely';
import type { Expectation, Outcome, Reason, TestRole } from '../core/outcome.ts';
import type { MarkRow, TestRow } from './schema.ts';
import type { Store } from './store.ts';

/** Stores a mark; a later one on the same test takes its place. */
export async function storeMark(store: Store, row: MarkRow): Promise<void> {
  const { scan_id, test_no, ...said } = row;
  await store.db
    .insertInto('marks')
    .values({ scan_id, test_no, ...said })
    .onConflict((conflict) => conflict.columns(['scan_id', 'test_no']).doUpdateSet(said))
    .execute();
}

/** False where the test bore no mark. */
export async function removeMark(store: Store, scanId: string, testNo: number): Promise<boolean> {
  const result = await store.db
    .deleteFrom('marks')
    .where('scan_id', '=', scanId)
    .where('test_no', '=', testNo)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Marks on the tests from `first` to `last`, both included, by the test's number. */
export async function marksBetween(
  store: Store,
  scanId: string,
  first: number,
  last: number,
): Promise<ReadonlyMap<number, MarkRow>> {
  const rows = await store.db
    .selectFrom('marks')
    .selectAll()
    .where('scan_id', '=', scanId)
    .where('test_no', '>=', first)
    .where('test_no', '<=', last)
    .execute();
  return new Map(rows.map((row) => [row.test_no, row]));
}

/** Marks on the tests of these numbers, at most some hundreds. */
export async function marksOfTests(
  store: Store,
  scanId: string,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, MarkRow>> {
  if (numbers.length === 0) return new Map();
  const rows = await store.db
    .selectFrom('marks')
    .selectAll()
    .where('scan_id', '=', scanId)
    .where('test_no', 'in', numbers)
    .execute();
  return new Map(rows.map((row) => [row.test_no, row]));
}

/** A mark with what is needed to find its test again. */
export type MarkOfTest = MarkRow &
  Pick<TestRow, 'plan_key' | 'case_id' | 'attack'> & { readonly outcome_now: Outcome; readonly judge_now: string };

/** All marks of a scan in the order of its tests. */
export const marksOfScan = (store: Store, scanId: string): Promise<MarkOfTest[]> =>
  store.db
    .selectFrom('marks')
    .innerJoin('tests', (join) =>
      join.onRef('tests.scan_id', '=', 'marks.scan_id').onRef('tests.test_no', '=', 'marks.test_no'),
    )
    .selectAll('marks')
    .select([
      'tests.plan_key',
      'tests.case_id',
      'tests.attack',
      'tests.outcome as outcome_now',
      'tests.judge as judge_now',
    ])
    .where('marks.scan_id', '=', scanId)
    .orderBy('marks.test_no')
    .execute();

/** The test that goes by this key in a scan. */
export const testByPlanKey = (store: Store, scanId: string, planKey: string): Promise<TestRow | undefined> =>
  store.db
    .selectFrom('tests')
    .selectAll()
    .where('scan_id', '=', scanId)
    .where('plan_key', '=', planKey)
    .executeTakeFirst();

/** Tests that share everything named; `mark` is what people say of them, null where nobody said anything. */
export interface MarkedGroup {
  readonly role: TestRole;
  readonly expect: Expectation;
  readonly outcome: Outcome;
  readonly reason: Reason;
  readonly mark: Outcome | null;
  readonly n: number;
}

export const markedGroups = (store: Store, scanId: string): Promise<MarkedGroup[]> =>
  store.db
    .selectFrom('tests')
    .leftJoin('marks', (join) =>
      join.onRef('tests.scan_id', '=', 'marks.scan_id').onRef('tests.test_no', '=', 'marks.test_no'),
    )
    .select([
      'tests.role',
      'tests.expect',
      'tests.outcome',
      'tests.reason',
      'marks.outcome as mark',
      sql<number>`count(*)`.as('n'),
    ])
    .where('tests.scan_id', '=', scanId)
    .groupBy(['tests.role', 'tests.expect', 'tests.outcome', 'tests.reason', 'marks.outcome'])
    .execute();

/** How many tests of the scan bear a mark. */
export async function countMarks(store: Store, scanId: string): Promise<number> {
  const row = await store.db
    .selectFrom('marks')
    .select(sql<number>`count(*)`.as('n'))
    .where('scan_id', '=', scanId)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}
