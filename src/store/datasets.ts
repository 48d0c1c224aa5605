// Versions of datasets and their cases, as they are read. A version never changes; a name leads to its latest version.
import { sql } from 'kysely';
import { createSlices } from '../core/slices.ts';
import type { DatasetCaseRow, DatasetRow } from './schema.ts';
import type { Store } from './store.ts';

/** The project id of datasets that ship with Redoubt. */
export const BUILT_IN = '';

const CASES_PER_GROUP = 1_000;

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

/** Fills in the traits of cases that an older version stored without them; others of this thread have turns in between. */
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
  const slices = createSlices();
  for (let rows = await openAfter(-1); rows.length > 0; rows = await openAfter(rows.at(-1)!.position)) {
    await store.db.transaction().execute(async (trx) => {
      for (const { position, body } of rows)
        await trx
          .updateTable('dataset_cases')
          .set(traitsOf(body))
          .where('dataset_id', '=', datasetId)
          .where('position', '=', position)
          .execute();
    });
    if (slices.isOver()) await slices.next();
  }
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
