// Makes all tables of a new SQLite database at once: what the migrations would leave, in a third of their time.
import { CompiledQuery, type Kysely, sql } from 'kysely';
import { isoTime } from '../core/iso-time.ts';
import { freshSqlite } from './migrations/fresh-sqlite.ts';
import type { Database } from './schema.ts';

const isEmpty = sql<{ readonly n: number }>`select count(*) as n from sqlite_master`;

/**
 * Does nothing where there is anything in the database already, as when another process was sooner. The names of the
 * migrations are kept as applied: those that are not among them follow in the ordinary way.
 */
export async function createFresh(db: Kysely<Database>, now: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { rows } = await isEmpty.execute(trx);
    if (rows[0]?.n !== 0) return;
    for (const statement of freshSqlite.statements) await trx.executeQuery(CompiledQuery.raw(statement));
    const kept = freshSqlite.migrations.map((name) => ({ name, timestamp: isoTime(now) }));
    await trx
      .insertInto('kysely_migration' as never)
      .values(kept as never)
      .execute();
    await trx
      .insertInto('kysely_migration_lock' as never)
      .values({ id: 'migration_lock', is_locked: 0 } as never)
      .execute();
  });
}
