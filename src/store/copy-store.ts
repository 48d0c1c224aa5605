// Copies everything from one store to another, table by table as the schema names them: none can be forgotten. What is
// built from other rows (the index for searches) is left to be built again.
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { CompiledQuery, type Kysely, sql, type Transaction } from 'kysely';
import { RedoubtError } from '../core/errors.ts';
import type { Database } from './schema.ts';
import { openStore, type Store } from './store.ts';

const ROWS_PER_PAGE = 500;
/** Parameters that PostgreSQL takes in one statement, with room to spare. */
const MOST_PARAMETERS = 30_000;

/** Tables that hold nothing of their own: words of stored requests, and what workers have under way at the moment. */
export const derivedTables: ReadonlySet<string> = new Set(['search_indexes', 'test_words', 'paces', 'pace_holders']);

const isOurs = (name: string): boolean => !/^(kysely_|sqlite_|test_words)/.test(name);

/** A row as it comes: the copy knows no column by name. */
type AnyRow = Record<string, unknown>;

export interface CopiedTable {
  readonly table: string;
  readonly rows: number;
}

/** Tables of a store that hold something of their own, as its schema has them, in the order of their names. */
export async function ownTables(store: Store): Promise<string[]> {
  const tables = await store.db.introspection.getTables();
  return tables
    .map(({ name }) => name)
    .filter((name) => isOurs(name) && !derivedTables.has(name))
    .sort();
}

/** A table comes after those that its rows point to. */
async function inOrderOfReferences(target: Store, tables: readonly string[]): Promise<string[]> {
  const references = await sql<{ from_table: string; to_table: string }>`
    select conrelid::regclass::text as from_table, confrelid::regclass::text as to_table
      from pg_constraint where contype = 'f'`.execute(target.db);
  const ordered: string[] = [];
  const visit = (table: string): void => {
    if (ordered.includes(table) || !tables.includes(table)) return;
    for (const { from_table, to_table } of references.rows)
      if (from_table === table && to_table !== table) visit(to_table);
    ordered.push(table);
  };
  for (const table of tables) visit(table);
  return ordered;
}

async function keyOf(source: Store, table: string): Promise<string[]> {
  const { rows } = await sql<{ name: string; pk: number }>`
    select name, pk from pragma_table_info(${table}) where pk > 0 order by pk`.execute(source.db);
  if (rows.length === 0) throw new RedoubtError('INTERNAL');
  return rows.map(({ name }) => name);
}

async function* pagesOf(source: Store, table: string): AsyncGenerator<AnyRow[]> {
  const key = await keyOf(source, table);
  const columns = key.map((name) => `"${name}"`).join(', ');
  const places = key.map(() => '?').join(', ');
  let last: AnyRow | undefined;
  for (;;) {
    const after = last === undefined ? '' : `where (${columns}) > (${places})`;
    const values = last === undefined ? [] : key.map((name) => last![name]);
    const query = `select * from "${table}" ${after} order by ${columns} limit ${ROWS_PER_PAGE}`;
    const { rows } = await source.db.executeQuery<AnyRow>(CompiledQuery.raw(query, values));
    if (rows.length > 0) yield rows;
    if (rows.length < ROWS_PER_PAGE) return;
    last = rows.at(-1);
  }
}

/** Nobody works on it there: whoever held it holds the other database's row. */
const released = (table: string, row: AnyRow): AnyRow =>
  table === 'scans' ? { ...row, owner: null, heartbeat_at: null } : row;

async function insertAll(trx: Transaction<Database>, table: string, rows: readonly AnyRow[]): Promise<void> {
  const perStatement = Math.max(1, Math.floor(MOST_PARAMETERS / Object.keys(rows[0] ?? {}).length));
  for (let start = 0; start < rows.length; start += perStatement)
    await trx
      .insertInto(table as never)
      .values(rows.slice(start, start + perStatement).map((row) => released(table, row)) as never)
      .execute();
}

async function countOf(db: Kysely<Database>, table: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db);
  return Number(rows[0]?.n);
}

/**
 * Copies an SQLite store into an empty PostgreSQL store of the same version, in one transaction, and counts both. Throws
 * DATABASE_NOT_EMPTY, or STORAGE_FAILED where a count differs; then nothing has been written.
 */
async function copyStore(
  source: Store,
  target: Store,
  onTable: (copied: CopiedTable) => void,
  requireAlone: () => void,
): Promise<CopiedTable[]> {
  const tables = await inOrderOfReferences(target, await ownTables(source));
  for (const table of tables)
    if ((await countOf(target.db, table)) > 0) throw new RedoubtError('DATABASE_NOT_EMPTY', { value: table });
  return target.db.transaction().execute(async (trx) => {
    const copied: CopiedTable[] = [];
    for (const table of tables) {
      let rows = 0;
      for await (const page of pagesOf(source, table)) {
        await insertAll(trx, table, page);
        rows += page.length;
      }
      const [there, here] = [await countOf(trx, table), await countOf(source.db, table)];
      if (there !== here)
        throw new RedoubtError('STORAGE_FAILED', { reason: `${table}: ${here} rows became ${there}` });
      copied.push({ table, rows });
      onTable({ table, rows });
    }
    requireAlone();
    return copied;
  });
}

/** Throws DATA_FOLDER_UNUSABLE where no SQLite file lies there. */
export function requireFile(path: string): void {
  if (!existsSync(path))
    throw new RedoubtError('DATA_FOLDER_UNUSABLE', { value: dirname(path), reason: 'it holds no database' });
}

/**
 * Copies the store in an SQLite file into an empty PostgreSQL. Throws as copyStore, and DATA_FOLDER_UNUSABLE.
 * `requireAlone` throws where somebody else writes to the file: asked once all is copied, before it counts.
 */
export async function moveStore(
  path: string,
  url: string,
  onTable: (copied: CopiedTable) => void,
  requireAlone: () => void = () => undefined,
): Promise<CopiedTable[]> {
  requireFile(path);
  const source = await openStore({ path });
  try {
    const target = await openStore({ url });
    try {
      return await copyStore(source, target, onTable, requireAlone);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}
