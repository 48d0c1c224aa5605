import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { migratedSqlite } from '../../scripts/migrated-sqlite.ts';
import { freshSqlite } from './migrations/fresh-sqlite.ts';
import { migrations } from './migrations/index.ts';
import { type MigrationList, openStore, type Store } from './store.ts';

const everything = async (list: MigrationList): Promise<unknown> => {
  const store = await openStore({}, 'full', list);
  try {
    const { rows } = await sql`select type, name, tbl_name, sql from sqlite_master order by name`.execute(store.db);
    return { rows, applied: await appliedIn(store) };
  } finally {
    await store.close();
  }
};

const appliedIn = async (store: Store): Promise<unknown> =>
  (await sql`select name from kysely_migration order by name`.execute(store.db)).rows;

describe('the schema of a new SQLite database', () => {
  it('is what the migrations leave: after a new one, npm run schema', async () => {
    expect(freshSqlite).toEqual(await migratedSqlite());
  });

  it('makes the same tables, indexes and list of migrations as the migrations do', async () => {
    expect(await everything(migrations)).toEqual(await everything((types) => ({ ...migrations(types) })));
  });
});
