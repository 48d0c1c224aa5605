// Stores a version of a dataset with its cases: group by group, so that neither whoever else writes nor the thread waits
// for a large one, and nobody sees it before it is whole.
import { type Kysely, sql, type Transaction } from 'kysely';
import { RedoubtError } from '../core/errors.ts';
import { createSlices } from '../core/slices.ts';
import { type BulkInsert, bulkInsert } from './bulk-insert.ts';
import { isTaken } from './failure.ts';
import type { Database, DatasetCaseRow, DatasetRow } from './schema.ts';
import type { Store } from './store.ts';

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

/** Cases of one transaction: some 10 ms. */
const CASES_PER_GROUP = 1_000;
/** No file takes this long to store: who began it has ended in the middle. */
const ABANDONED_AFTER_MS = 24 * 60 * 60 * 1_000;

/** A version as it is handed in; how many cases it has is counted while they are stored. */
export type NewDataset = Omit<DatasetRow, 'current' | 'cases'>;

type NewCase = Omit<DatasetCaseRow, 'dataset_id'>;
/** Cases in their order: at hand, or as they come out of a file. */
export type NewCases = readonly NewCase[] | Iterable<NewCase> | AsyncIterable<NewCase>;

interface Group {
  readonly cases: readonly NewCase[];
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** What is at hand is one group, and so one transaction. */
async function* groupsOf(cases: NewCases): AsyncGenerator<Group> {
  if (Array.isArray(cases)) {
    yield { cases: cases as readonly NewCase[], isFirst: true, isLast: true };
    return;
  }
  let isFirst = true;
  let group: NewCase[] = [];
  for await (const testCase of cases) {
    if (group.length === CASES_PER_GROUP) {
      yield { cases: group, isFirst, isLast: false };
      isFirst = false;
      group = [];
    }
    group.push(testCase);
  }
  yield { cases: group, isFirst, isLast: true };
}

/** Until it is whole a version has no cases and no content that another could share. False where its id is taken. */
async function begin(trx: Transaction<Database>, row: NewDataset): Promise<boolean> {
  const inserted = await trx
    .insertInto('datasets')
    .values({ ...row, sha256: `unfinished ${row.id}`, cases: 0, current: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

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

/** Whoever empties the project meanwhile takes the version away too. */
const isGone = ({ title }: NewDataset): RedoubtError =>
  new RedoubtError('NOT_FOUND', { field: 'Dataset', value: title });

/** Throws NOT_FOUND where a version that was begun stands there no longer: its cases would belong to none. */
async function requireBegun(trx: Transaction<Database>, row: NewDataset): Promise<void> {
  const begun = await trx.selectFrom('datasets').select('id').where('id', '=', row.id).executeTakeFirst();
  if (begun === undefined) throw isGone(row);
}

/**
 * Versions of one name become whole one after the other: each changes rows that the other has changed, and would else wait
 * for it crosswise. SQLite lets one write at a time anyway. Before any row of the name is locked.
 */
async function holdName(trx: Transaction<Database>, { kind }: Store, { project_id, slug }: NewDataset): Promise<void> {
  if (kind !== 'postgres') return;
  const name = JSON.stringify(['dataset', project_id, slug]);
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx);
}

async function finish(trx: Transaction<Database>, row: NewDataset, count: number): Promise<void> {
  if (count === 0) throw new RedoubtError('FILE_INVALID', { field: row.title, reason: 'the file holds no case.' });
  await refuseRepeatedIds(trx, row);
  const { numUpdatedRows } = await trx
    .updateTable('datasets')
    .set({ sha256: row.sha256, cases: count })
    .where('id', '=', row.id)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw isGone(row);
}

const hasVersion = async (db: Kysely<Database>, { project_id, slug, sha256 }: NewDataset): Promise<boolean> =>
  (await db
    .selectFrom('datasets')
    .select('id')
    .where('project_id', '=', project_id)
    .where('slug', '=', slug)
    .where('sha256', '=', sha256)
    .executeTakeFirst()) !== undefined;

/** Leads the name to the version with this content; gives the id of its row. */
async function makeCurrent(trx: Transaction<Database>, { project_id, slug, sha256 }: NewDataset): Promise<string> {
  const ofTheName = trx.updateTable('datasets').where('project_id', '=', project_id).where('slug', '=', slug);
  await ofTheName.set({ current: 0 }).execute();
  const { id } = await ofTheName
    .set({ current: 1 })
    .where('sha256', '=', sha256)
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Takes away what was stored of a version that never became whole. */
async function discard({ db }: Store, id: string): Promise<void> {
  const slices = createSlices();
  const row = await db.selectFrom('datasets').select('cases').where('id', '=', id).executeTakeFirst();
  if (row !== undefined && row.cases > 0) return;
  for (;;) {
    const group = await db
      .selectFrom('dataset_cases')
      .select('position')
      .where('dataset_id', '=', id)
      .orderBy('position')
      .limit(CASES_PER_GROUP)
      .execute();
    const last = group.at(-1);
    if (last === undefined) break;
    await db.deleteFrom('dataset_cases').where('dataset_id', '=', id).where('position', '<=', last.position).execute();
    if (slices.isOver()) await slices.next();
  }
  await db.deleteFrom('datasets').where('id', '=', id).where('cases', '=', 0).execute();
}

/** Takes away what imports left whose process was killed. `now` in milliseconds. */
export async function discardAbandoned(store: Store, now: number): Promise<void> {
  const abandoned = await store.db
    .selectFrom('datasets')
    .select('id')
    .where('cases', '=', 0)
    .where('created_at', '<', now - ABANDONED_AFTER_MS)
    .execute();
  for (const { id } of abandoned) await discard(store, id);
}

/** Stores all groups; gives the id of the row, or null where the version stands there already. */
async function storeGroups(store: Store, row: NewDataset, cases: NewCases): Promise<string | null> {
  const insertCases: BulkInsert<DatasetCaseRow> = bulkInsert(store.kind, 'dataset_cases', caseColumns, '');
  let count = 0;
  for await (const group of groupsOf(cases)) {
    const isTheirs = await store.db.transaction().execute(async (trx) => {
      if (!group.isFirst) await requireBegun(trx, row);
      else if (!(await begin(trx, row))) return true;
      const rows = group.cases.map((testCase) => ({ ...testCase, dataset_id: row.id }));
      await insertCases(trx, rows);
      count += rows.length;
      if (!group.isLast) return false;
      await holdName(trx, store, row);
      await finish(trx, row, count);
      await makeCurrent(trx, row);
      return false;
    });
    if (isTheirs) return null;
  }
  return row.id;
}

/**
 * Stores a version with its cases, unless it is there already; it becomes the current one of its name once it is whole.
 * Cases are read one by one and written in groups, so that a file of a million needs no more memory than one of a
 * thousand, and others write in between. Gives the id of the row that then holds. Throws FILE_INVALID for a dataset
 * without cases or with repeated ids; then nothing of it stays.
 */
export async function storeDataset(store: Store, row: NewDataset, cases: NewCases): Promise<string> {
  await discardAbandoned(store, row.created_at);
  if (!(await hasVersion(store.db, row))) {
    try {
      const id = await storeGroups(store, row, cases);
      if (id !== null) return id;
    } catch (error) {
      await discard(store, row.id);
      // Two stored the same at once, and the other one was first.
      if (!isTaken(error) || !(await hasVersion(store.db, row))) throw error;
    }
  }
  return store.db.transaction().execute(async (trx) => {
    await holdName(trx, store, row);
    return makeCurrent(trx, row);
  });
}
