// Opens the database, brings its schema up to date, and refuses one that a newer Redoubt wrote.
import { dirname } from 'node:path';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type Migration, type MigrationResult, Migrator } from 'kysely/migration';
import { RedoubtError } from '../core/errors.ts';
import { copyBeforeUpgrade, lockUpgrade } from './before-upgrade.ts';
import type { InTransaction } from './bulk-insert.ts';
import { isReadOnly, unopenedInWords } from './failure.ts';
import { createFresh } from './fresh-schema.ts';
import { makeFolder } from './make-folder.ts';
import type { ColumnTypes } from './migrations/0001-foundation.ts';
import { migrations } from './migrations/index.ts';
import { openPostgres, type RunSql } from './postgres.ts';
import type { Database } from './schema.ts';
import { type Durability, openSqlite } from './sqlite.ts';

export type StoreKind = 'sqlite' | 'postgres';

/** An open database. The queries stand in the files beside this one, by subject. */
export interface Store {
  readonly kind: StoreKind;
  readonly db: Kysely<Database>;
  /** For what is stored with every test; all else asks `db` for its transactions. */
  readonly inTransaction: InTransaction;
  /** On PostgreSQL alone: for the queue, which brings SQL of its own. */
  readonly runSql?: RunSql;
  close(): Promise<void>;
}

/** Where the database is: a file, or a postgres:// URL. */
export interface StoreLocation {
  readonly path?: string;
  readonly url?: string;
  /** How long an outage of PostgreSQL is sat out, in milliseconds; none: DEFAULT_PATIENCE_MS. */
  readonly patienceMs?: number;
}

/** Whoever waits for an answer of the server should hear of an outage before his own patience ends. */
const DEFAULT_PATIENCE_MS = 5_000;

const columnTypes: Readonly<Record<StoreKind, ColumnTypes>> = {
  sqlite: { text: 'text', bytes: 'blob', integer: 'integer', clustered: true },
  // By code point, as SQLite sorts: the same order on both, and no index that a new language library could break.
  postgres: { text: sql`text collate "C"`, bytes: 'bytea', integer: 'bigint', clustered: false },
};

/** The migrations by name; the names sort in the order in which they are applied. */
export type MigrationList = (types: ColumnTypes) => Readonly<Record<string, Migration>>;

function sentenceOf(error: unknown): string {
  if (error instanceof RedoubtError) return error.details.reason ?? error.message;
  return error instanceof Error ? error.message : String(error);
}

async function open(location: StoreLocation, durability: Durability): Promise<Store> {
  if (location.url !== undefined) {
    try {
      const { db, runSql } = await openPostgres(location.url, location.patienceMs ?? DEFAULT_PATIENCE_MS);
      const inTransaction: InTransaction = (work) => db.transaction().execute(work);
      return { kind: 'postgres', db, inTransaction, runSql, close: () => db.destroy() };
    } catch (cause) {
      throw unopenedInWords(cause);
    }
  }
  const path = location.path ?? ':memory:';
  try {
    if (path !== ':memory:') makeFolder(dirname(path), 0o700);
    const { db, inTransaction } = openSqlite(path, durability);
    return { kind: 'sqlite', db, inTransaction, close: () => db.destroy() };
  } catch (cause) {
    throw new RedoubtError('DATA_FOLDER_UNUSABLE', { value: dirname(path), reason: sentenceOf(cause) }, cause);
  }
}

// Kysely's own look at the tables reads all their columns: 4 ms of every start.
const isMigrated: Readonly<Record<StoreKind, RawBuilder<{ readonly found: string | null }>>> = {
  sqlite: sql`select max(name) as found from sqlite_master where type = 'table' and name = 'kysely_migration'`,
  postgres: sql`select to_regclass('kysely_migration')::text as found`,
};

async function appliedMigrations(store: Store): Promise<string[]> {
  const { rows: seen } = await isMigrated[store.kind].execute(store.db);
  if (seen[0]?.found == null) return [];
  const rows = await store.db
    .selectFrom('kysely_migration' as never)
    .select('name' as never)
    .execute();
  return rows.map((row) => (row as { name: string }).name);
}

function firstFailure(error: unknown, results: readonly MigrationResult[] | undefined): string | null {
  if (error === undefined) return null;
  const failed = results?.find((result) => result.status === 'Error');
  return `${failed ? `${failed.migrationName}: ` : ''}${sentenceOf(error)}`;
}

/** The migrations that are still to come, the next first. Throws DATABASE_NEWER. */
function pendingOf(applied: readonly string[], known: Readonly<Record<string, Migration>>): string[] {
  const unknown = applied.find((name) => known[name] === undefined);
  if (unknown !== undefined) throw new RedoubtError('DATABASE_NEWER', { value: unknown });
  return Object.keys(known)
    .filter((name) => !applied.includes(name))
    .sort();
}

async function applyMigrations(store: Store, known: Readonly<Record<string, Migration>>): Promise<void> {
  const migrator = new Migrator({ db: store.db, provider: { getMigrations: () => Promise.resolve({ ...known }) } });
  const { error, results } = await migrator.migrateToLatest();
  const failure = firstFailure(error, results);
  if (failure !== null) throw new RedoubtError('STORAGE_FAILED', { reason: failure }, error);
}

async function migrate(store: Store, path: string | null, list: MigrationList): Promise<void> {
  const known = list(columnTypes[store.kind]);
  let applied = await appliedMigrations(store);
  if (applied.length === 0 && store.kind === 'sqlite' && list === migrations) {
    await createFresh(store.db, Date.now());
    applied = await appliedMigrations(store);
  }
  if (pendingOf(applied, known).length === 0) return;
  if (path === null || applied.length === 0) return applyMigrations(store, known);
  const lock = lockUpgrade(path);
  try {
    // Another process may have done it while this one waited for the lock.
    const [next] = pendingOf(await appliedMigrations(store), known);
    if (next === undefined) return;
    await copyBeforeUpgrade(store.db, path, next);
    await applyMigrations(store, known);
  } finally {
    lock.release();
  }
}

/**
 * Opens the store and migrates it. Of an SQLite file of an older version a copy is kept beside it before that.
 * Throws DATA_FOLDER_UNUSABLE, DATABASE_UNREACHABLE, DATABASE_UNUSABLE, DATABASE_NEWER or STORAGE_FAILED. `durability`
 * concerns SQLite alone.
 */
export async function openStore(
  location: StoreLocation,
  durability: Durability = 'full',
  list: MigrationList = migrations,
): Promise<Store> {
  const store = await open(location, durability);
  try {
    await migrate(store, store.kind === 'sqlite' ? (location.path ?? null) : null, list);
    return store;
  } catch (cause) {
    await store.close().catch(() => undefined);
    if (store.kind === 'postgres') throw unopenedInWords(cause);
    if (cause instanceof RedoubtError && !isReadOnly(cause)) throw cause;
    const value = dirname(location.path ?? '');
    throw new RedoubtError('DATA_FOLDER_UNUSABLE', { value, reason: sentenceOf(cause) }, cause);
  }
}
