// What people say of verdicts, and what became of verdicts when another judge was asked.
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from './0001-foundation.ts';

async function createMarks(db: Kysely<unknown>, { text, integer }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('marks')
    .addColumn('scan_id', text, (c) => c.notNull())
    .addColumn('test_no', integer, (c) => c.notNull())
    .addColumn('outcome', text, (c) => c.notNull())
    .addColumn('reason', text, (c) => c.notNull())
    .addColumn('marked_by', text, (c) => c.notNull())
    .addColumn('marked_at', integer, (c) => c.notNull())
    .addColumn('judged', text, (c) => c.notNull())
    .addColumn('judge', text, (c) => c.notNull())
    .addPrimaryKeyConstraint('marks_key', ['scan_id', 'test_no'])
    .execute();
}

async function createRejudgings(db: Kysely<unknown>, { text, integer }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('rejudgings')
    .addColumn('scan_id', text, (c) => c.notNull())
    .addColumn('rejudging_no', integer, (c) => c.notNull())
    .addColumn('judge_before', text)
    .addColumn('judge', text, (c) => c.notNull())
    .addColumn('started_by', text, (c) => c.notNull())
    .addColumn('started_at', integer, (c) => c.notNull())
    .addColumn('ended_at', integer)
    .addColumn('next_test_no', integer, (c) => c.notNull())
    .addColumn('tests', integer, (c) => c.notNull())
    .addColumn('changed', integer, (c) => c.notNull())
    .addPrimaryKeyConstraint('rejudgings_key', ['scan_id', 'rejudging_no'])
    .execute();
  await db.schema
    .createTable('past_verdicts')
    .addColumn('scan_id', text, (c) => c.notNull())
    .addColumn('test_no', integer, (c) => c.notNull())
    .addColumn('rejudging_no', integer, (c) => c.notNull())
    .addColumn('outcome', text, (c) => c.notNull())
    .addColumn('reason', text, (c) => c.notNull())
    .addColumn('confidence', 'double precision', (c) => c.notNull())
    .addColumn('judge', text, (c) => c.notNull())
    .addPrimaryKeyConstraint('past_verdicts_key', ['scan_id', 'test_no', 'rejudging_no'])
    .execute();
}

export const marks = (types: ColumnTypes): Migration => ({
  async up(db) {
    await createMarks(db, types);
    await createRejudgings(db, types);
  },
});
