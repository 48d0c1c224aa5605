// Versions of datasets and their cases. A version never changes; a name leads to its latest version.
import { sql } from 'kysely';
import type { Expectation } from '../core/outcome.ts';
import { type BulkInsert, bulkInsert } from './bulk-insert.ts';
import type { DatasetCaseRow, DatasetRow } from './schema.ts';
import type { Store } from './store.ts';

/** The project id of datasets that ship with Redoubt. */
export const BUILT_IN = '';

const caseColumns = ['dataset_id', 'position', 'case_id', 'expect', 'offline', 'body'] as const;
const CASES_PER_GROUP = 1_000;

/**
 * Stores a version with its cases, in one transaction, unless it is there already; it becomes the current one of its
 * name. Cases are read one by one, so that a file of a million needs no more memory than one of a thousand.
 */
export async function storeDataset(
  store: Store,
  row: Omit<DatasetRow, 'current'>,
  cases: Iterable<Omit<DatasetCaseRow, 'dataset_id'>>,
): Promise<string> {
  const insertCases: BulkInsert<DatasetCaseRow> = bulkInsert(store.kind, 'dataset_cases', caseColumns, '');
  return store.db.transaction().execute(async (trx) => {
    await trx
      .updateTable('datasets')
      .set({ current: 0 })
      .where('project_id', '=', row.project_id)
      .where('slug', '=', row.slug)
      .execute();
    const inserted = await trx
      .insertInto('datasets')
      .values({ ...row, current: 1 })
      .onConflict((conflict) => conflict.columns(['project_id', 'slug', 'sha256']).doUpdateSet({ current: 1 }))
      .returning('id')
      .executeTakeFirstOrThrow();
    if (inserted.id !== row.id) return inserted.id;
    let group: DatasetCaseRow[] = [];
    for (const testCase of cases) {
      group.push({ ...testCase, dataset_id: row.id });
      if (group.length === CASES_PER_GROUP) {
        await insertCases(trx, group);
        group = [];
      }
    }
    await insertCases(trx, group);
    return row.id;
  });
}

/** Current datasets a project can use: what ships, and its own. */
export const currentDatasets = (store: Store, projectId: string): Promise<DatasetRow[]> =>
  store.db
    .selectFrom('datasets')
    .selectAll()
    .where('current', '=', 1)
    .where('project_id', 'in', [BUILT_IN, projectId])
    .orderBy('title')
    .execute();

/** Takes a project's own dataset off the list; finished scans keep their version. False where there is none. */
export async function retireDataset(store: Store, projectId: string, slug: string): Promise<boolean> {
  const result = await store.db
    .updateTable('datasets')
    .set({ current: 0 })
    .where('project_id', '=', projectId)
    .where('slug', '=', slug)
    .where('current', '=', 1)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export const datasetById = (store: Store, id: string): Promise<DatasetRow | undefined> =>
  store.db.selectFrom('datasets').selectAll().where('id', '=', id).executeTakeFirst();

/** Cases after a position, in order; at most `limit`. */
export const casesAfter = (
  store: Store,
  datasetId: string,
  position: number,
  limit: number,
): Promise<DatasetCaseRow[]> =>
  store.db
    .selectFrom('dataset_cases')
    .selectAll()
    .where('dataset_id', '=', datasetId)
    .where('position', '>', position)
    .orderBy('position')
    .limit(limit)
    .execute();

/** How many cases there are of each expectation, apart by whether they are decided without a judge model. */
export const caseKinds = (
  store: Store,
  datasetId: string,
): Promise<{ expect: Expectation; offline: 0 | 1; n: number }[]> =>
  store.db
    .selectFrom('dataset_cases')
    .select(['expect', 'offline', sql<number>`count(*)`.as('n')])
    .where('dataset_id', '=', datasetId)
    .groupBy(['expect', 'offline'])
    .execute();

/** Positions of the cases that can be planned, ascending: what a sample is drawn from. */
export async function plannablePositions(store: Store, datasetId: string, withJudge: boolean): Promise<number[]> {
  let query = store.db.selectFrom('dataset_cases').select('position').where('dataset_id', '=', datasetId);
  if (!withJudge) query = query.where('offline', '=', 1);
  const rows = await query.orderBy('position').execute();
  return rows.map((row) => row.position);
}

/** Expectations of the cases at the given positions. */
export async function kindsAt(store: Store, datasetId: string, positions: readonly number[]): Promise<Expectation[]> {
  const kinds: Expectation[] = [];
  for (let start = 0; start < positions.length; start += CASES_PER_GROUP) {
    const rows = await store.db
      .selectFrom('dataset_cases')
      .select('expect')
      .where('dataset_id', '=', datasetId)
      .where('position', 'in', positions.slice(start, start + CASES_PER_GROUP))
      .execute();
    kinds.push(...rows.map((row) => row.expect));
  }
  return kinds;
}
