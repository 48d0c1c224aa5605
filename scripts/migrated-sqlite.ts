// What the migrations, one after the other, leave in an empty SQLite database.
import { sql } from 'kysely';
import { migrations } from '../src/store/migrations/index.ts';
import { openStore } from '../src/store/store.ts';

export interface MigratedSqlite {
  /** Their names, in order. */
  readonly migrations: readonly string[];
  /** Statements that make the same tables and indexes, in the order in which these were made. */
  readonly statements: readonly string[];
}

// A full-text table makes tables of its own behind it.
const made = sql<{ readonly sql: string }>`
  select sql from sqlite_master where sql is not null and name not in (
    select name from pragma_table_list where type = 'shadow') order by rowid`;

export async function migratedSqlite(): Promise<MigratedSqlite> {
  const store = await openStore({}, 'full', (types) => ({ ...migrations(types) }));
  try {
    const { rows } = await made.execute(store.db);
    const applied = await sql<{ readonly name: string }>`select name from kysely_migration order by name`.execute(
      store.db,
    );
    return { migrations: applied.rows.map(({ name }) => name), statements: rows.map((row) => row.sql) };
  } finally {
    await store.close();
  }
}
