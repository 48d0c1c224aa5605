// Attacks of several tries and turns: what they count, the steps of those under way, and the cases they leave out.
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from './0001-foundation.ts';

export const searches = ({ text, integer, bytes, clustered }: ColumnTypes): Migration => ({
  async up(db) {
    await db.schema
      .alterTable('tests')
      .addColumn('backtracks', integer, (c) => c.notNull().defaultTo(0))
      .execute();
    await db.schema
      .alterTable('tests')
      .addColumn('unconfirmed', integer, (c) => c.notNull().defaultTo(0))
      .execute();
    await db.schema.alterTable('tests').addColumn('attacker', text).execute();
    await db.schema.alterTable('tests').addColumn('utility', 'integer').execute();
    await db.schema.alterTable('tries').addColumn('turn', integer).execute();
    await db.schema.alterTable('dataset_cases').addColumn('sensitive', 'integer').execute();
    await db.schema.alterTable('dataset_cases').addColumn('scripted', 'integer').execute();
    await db.schema
      .createTable('steps')
      .addColumn('scan_id', text, (c) => c.notNull())
      .addColumn('test_no', integer, (c) => c.notNull())
      .addColumn('step_no', integer, (c) => c.notNull())
      .addColumn('body', bytes, (c) => c.notNull())
      .addPrimaryKeyConstraint('steps_key', ['scan_id', 'test_no', 'step_no'])
      .$call((table) => (clustered ? table.modifyEnd(sql`without rowid`) : table))
      .execute();
  },
});
