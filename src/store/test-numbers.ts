// Which tests of a scan are stored, by their numbers in its plan.
import type { TestRow } from './schema.ts';
import type { Store } from './store.ts';

/** Numbers of the tests that are stored, ascending, after `afterTestNo`; at most `limit`. */
export async function storedTestNumbers(
  store: Store,
  scanId: string,
  afterTestNo: number,
  limit: number,
): Promise<number[]> {
  const rows = await store.db
    .selectFrom('tests')
    .select('test_no')
    .where('scan_id', '=', scanId)
    .where('test_no', '>', afterTestNo)
    .orderBy('test_no')
    .limit(limit)
    .execute();
  return rows.map((row) => row.test_no);
}

/** How the tests after `afterTestNo` ended, in order; at most `limit`. */
export const outcomesAfter = (
  store: Store,
  scanId: string,
  afterTestNo: number,
  limit: number,
): Promise<Pick<TestRow, 'test_no' | 'outcome'>[]> =>
  store.db
    .selectFrom('tests')
    .select(['test_no', 'outcome'])
    .where('scan_id', '=', scanId)
    .where('test_no', '>', afterTestNo)
    .orderBy('test_no')
    .limit(limit)
    .execute();

/** The highest numbers that are stored, the highest first. */
export async function latestTestNumbers(store: Store, scanId: string, count: number): Promise<number[]> {
  const rows = await store.db
    .selectFrom('tests')
    .select('test_no')
    .where('scan_id', '=', scanId)
    .orderBy('test_no', 'desc')
    .limit(count)
    .execute();
  return rows.map((row) => row.test_no);
}

/** Numbers that are stored, from one on and among some before it, ascending; at most `limit`. */
export async function testNumbersFrom(
  store: Store,
  scanId: string,
  { from, also }: { readonly from: number; readonly also: readonly number[] },
  limit: number,
): Promise<number[]> {
  const rows = await store.db
    .selectFrom('tests')
    .select('test_no')
    .where('scan_id', '=', scanId)
    .where((eb) =>
      also.length === 0
        ? eb('test_no', '>=', from)
        : eb.or([eb('test_no', '>=', from), eb('test_no', 'in', [...also])]),
    )
    .orderBy('test_no')
    .limit(limit)
    .execute();
  return rows.map((row) => row.test_no);
}
