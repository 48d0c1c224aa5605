// Versions of datasets and their cases. A version never changes; a name leads to its latest version.
import { sql, type Transaction } from 'kysely';
import { RedoubtError } from '../core/errors.ts';
import { type BulkInsert, bulkInsert } from './bulk-insert.ts';
import type { Database, DatasetCaseRow, DatasetRow } from './schema.ts';
import type { Store } from './store.ts';

/** The project id of datasets that ship with Redoubt. */
export const BUILT_IN = '';

const caseColumns = [
  'dataset_id',
  'position',
  'case_id',
  'expect',
  'offline',
  'sensitive',
  'scripted',
  'writing',
  'body',
] as const;
const CASES_PER_GROUP = 1_000;

/** A version as it is handed in; how many cases it has is counted while they are stored. */
export type NewDataset = Omit<DatasetRow, 'current' | 'cases'>;

/** Cases in their order, as they come out of a file. */
type NewCases = Iterable<NewCase> | AsyncIterable<NewCase>;
type NewCase = Omit<DatasetCaseRow, 'dataset_id'>;

/** Throws FILE_INVALID where two cases of the dataset share an id. */
async function refuseRepeatedIds(trx: Transaction<Database>, row: NewDataset): Promise<void> {
  const repeated = await trx
    .selectFrom('dataset_cases')
    .select('case_id')
    .where('dataset_id', '=', row.id)
    .groupBy('case_id')
    .having((eb) => eb.fn.countAll(), '>', 1)
    .limit(1)
    .executeTakeFirst();
  if (repeated)
    throw new RedoubtError('FILE_INVALID', {
      field: row.title,
      reason: `the id "${repeated.case_id}" occurs more than once.`,
    });
}

async function storeCases(
  trx: Transaction<Database>,
  insertCases: BulkInsert<DatasetCaseRow>,
  datasetId: string,
  cases: NewCases,
): Promise<number> {
  let count = 0;
  let group: DatasetCaseRow[] = [];
  for await (const testCase of cases) {
    group.push({ ...testCase, dataset_id: datasetId });
    count += 1;
    if (group.length < CASES_PER_GROUP) continue;
    await insertCases(trx, group);
    group = [];
  }
  await insertCases(trx, group);
  return count;
}

/** Makes a version that is stored already the current one again. */
async function takeBack(trx: Transaction<Database>, row: NewDataset): Promise<string> {
  const { id } = await trx
    .updateTable('datasets')
    .set({ current: 1 })
    .where('project_id', '=', row.project_id)
    .where('slug', '=', row.slug)
    .where('sha256', '=', row.sha256)
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/**
 * Stores a version with its cases, in one transaction, unless it is there already; it becomes the current one of its
 * name. Cases are read one by one, so that a file of a million needs no more memory than one of a thousand. Gives the
 * id of the row that then holds. Throws FILE_INVALID for a dataset without cases or with repeated ids.
 */
export async function storeDataset(store: Store, row: NewDataset, cases: NewCases): Promise<string> {
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
      .values({ ...row, cases: 0, current: 1 })
      // Two who store the same at once meet at whichever unique index the database looks at first.
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!inserted) return takeBack(trx, row);
    const count = await storeCases(trx, insertCases, row.id, cases);
    if (count === 0) throw new RedoubtError('FILE_INVALID', { field: row.title, reason: 'the file holds no case.' });
    await refuseRepeatedIds(trx, row);
    await trx.updateTable('datasets').set({ cases: count }).where('id', '=', row.id).execute();
    return row.id;
  });
}

/** The current version of a dataset, where it has this content; null where it has not been stored. */
export async function storedVersion(
  store: Store,
  projectId: string,
  slug: string,
  sha256: string,
): Promise<string | null> {
  const row = await store.db
    .selectFrom('datasets')
    .select('id')
    .where('project_id', '=', projectId)
    .where('slug', '=', slug)
    .where('sha256', '=', sha256)
    .where('current', '=', 1)
    .executeTakeFirst();
  return row?.id ?? null;
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

/** What planning knows of cases without reading them. */
export type CaseKind = Pick<DatasetCaseRow, 'expect' | 'offline' | 'sensitive' | 'scripted' | 'writing'>;

const kindColumns = ['expect', 'offline', 'sensitive', 'scripted', 'writing'] as const;

/** Fills in the traits of cases that an older version stored without them. */
export async function fillTraits(
  store: Store,
  datasetId: string,
  traitsOf: (body: string) => Pick<DatasetCaseRow, 'sensitive' | 'scripted' | 'writing'>,
): Promise<void> {
  const openAfter = (position: number) =>
    store.db
      .selectFrom('dataset_cases')
      .select(['position', 'body'])
      .where('dataset_id', '=', datasetId)
      .where('writing', 'is', null)
      .where('position', '>', position)
      .orderBy('position')
      .limit(CASES_PER_GROUP)
      .execute();
  for (let rows = await openAfter(-1); rows.length > 0; rows = await openAfter(rows.at(-1)!.position))
    await store.db.transaction().execute(async (trx) => {
      for (const { position, body } of rows)
        await trx
          .updateTable('dataset_cases')
          .set(traitsOf(body))
          .where('dataset_id', '=', datasetId)
          .where('position', '=', position)
          .execute();
    });
}

/** How many cases there are of each kind. */
export const caseKinds = (store: Store, datasetId: string): Promise<(CaseKind & { n: number })[]> =>
  store.db
    .selectFrom('dataset_cases')
    .select([...kindColumns, sql<number>`count(*)`.as('n')])
    .where('dataset_id', '=', datasetId)
    .groupBy(kindColumns)
    .execute();

/** Positions of the cases that can be planned, ascending: what a sample is drawn from. */
export async function plannablePositions(store: Store, datasetId: string, withJudge: boolean): Promise<number[]> {
  let query = store.db.selectFrom('dataset_cases').select('position').where('dataset_id', '=', datasetId);
  if (!withJudge) query = query.where('offline', '=', 1);
  const rows = await query.orderBy('position').execute();
  return rows.map((row) => row.position);
}

/** Characters of a case on average, as stored. */
export async function meanLength(store: Store, datasetId: string): Promise<number> {
  const row = await store.db
    .selectFrom('dataset_cases')
    .select(sql<number | null>`avg(length(body))`.as('mean'))
    .where('dataset_id', '=', datasetId)
    .executeTakeFirst();
  return Number(row?.mean ?? 0);
}

/** The cases at the given positions, which are few. */
export async function casesAt(
  store: Store,
  datasetId: string,
  positions: readonly number[],
): Promise<DatasetCaseRow[]> {
  if (positions.length === 0) return [];
  return store.db
    .selectFrom('dataset_cases')
    .selectAll()
    .where('dataset_id', '=', datasetId)
    .where('position', 'in', positions)
    .execute();
}

/** Kinds of the cases at the given positions. */
export async function kindsAt(store: Store, datasetId: string, positions: readonly number[]): Promise<CaseKind[]> {
  const kinds: CaseKind[] = [];
  for (let start = 0; start < positions.length; start += CASES_PER_GROUP) {
    const rows = await store.db
      .selectFrom('dataset_cases')
      .select(kindColumns)
      .where('dataset_id', '=', datasetId)
      .where('position', 'in', positions.slice(start, start + CASES_PER_GROUP))
      .execute();
    kinds.push(...rows);
  }
  return kinds;
}

/** The case of this id in a version of a dataset. */
export const caseOf = (store: Store, datasetId: string, caseId: string): Promise<DatasetCaseRow | undefined> =>
  store.db
    .selectFrom('dataset_cases')
    .selectAll()
    .where('dataset_id', '=', datasetId)
    .where('case_id', '=', caseId)
    .executeTakeFirst();

/** The version that a name leads to; undefined where it was retired. */
export const currentVersionOf = (store: Store, projectId: string, slug: string): Promise<DatasetRow | undefined> =>
  store.db
    .selectFrom('datasets')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('slug', '=', slug)
    .where('current', '=', 1)
    .executeTakeFirst();
