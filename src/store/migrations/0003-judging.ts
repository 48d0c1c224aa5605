// Judge models: what helpers cost, the verdict of each try, second opinions, sentinels, calibrations.
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from './0001-foundation.ts';

async function extendResults(db: Kysely<unknown>, { text }: ColumnTypes): Promise<void> {
  await db.schema.alterTable('tests').addColumn('judge_score', 'double precision').execute();
  // SQLite adds one column a statement.
  await db.schema.alterTable('tries').addColumn('score', 'double precision').execute();
  await db.schema.alterTable('tries').addColumn('confidence', 'double precision').execute();
  await db.schema.alterTable('tries').addColumn('judge', text).execute();
  await db.schema.alterTable('tries').addColumn('judge_score', 'double precision').execute();
}

async function createCounters(db: Kysely<unknown>, { text, integer }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('helper_calls')
    .addColumn('scan_id', text, (c) => c.notNull())
    .addColumn('role', text, (c) => c.notNull())
    .addColumn('result', text, (c) => c.notNull())
    .addColumn('n', integer, (c) => c.notNull())
    .addColumn('tokens_in', integer, (c) => c.notNull())
    .addColumn('tokens_out', integer, (c) => c.notNull())
    .addPrimaryKeyConstraint('helper_calls_key', ['scan_id', 'role', 'result'])
    .execute();
  await db.schema
    .createTable('opinions')
    .addColumn('scan_id', text, (c) => c.notNull())
    .addColumn('occasion', text, (c) => c.notNull())
    .addColumn('first', text, (c) => c.notNull())
    .addColumn('second', text, (c) => c.notNull())
    .addColumn('n', integer, (c) => c.notNull())
    .addPrimaryKeyConstraint('opinions_key', ['scan_id', 'occasion', 'first', 'second'])
    .execute();
}

async function createJudgeHealth(db: Kysely<unknown>, { text, integer }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('sentinels')
    .addColumn('scan_id', text, (c) => c.notNull())
    .addColumn('item', text, (c) => c.notNull())
    .addColumn('judge', text, (c) => c.notNull())
    .addColumn('outcome', text, (c) => c.notNull())
    .addColumn('reason', text, (c) => c.notNull())
    .addColumn('is_right', integer, (c) => c.notNull())
    .addPrimaryKeyConstraint('sentinels_key', ['scan_id', 'item'])
    .execute();
  await db.schema
    .createTable('calibrations')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('judge', text, (c) => c.notNull())
    .addColumn('data_name', text, (c) => c.notNull())
    .addColumn('data_sha256', text, (c) => c.notNull())
    .addColumn('figures', text, (c) => c.notNull())
    .addColumn('created_at', integer, (c) => c.notNull())
    .execute();
  await db.schema.createIndex('calibrations_by_judge').on('calibrations').columns(['judge', 'created_at']).execute();
}

export const judging = (types: ColumnTypes): Migration => ({
  async up(db) {
    await extendResults(db, types);
    await createCounters(db, types);
    await createJudgeHealth(db, types);
  },
});
