// Many workers on one database: how often a scan was resumed, and how the limits of a target are shared out.
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from './0001-foundation.ts';

export const workers = ({ text, integer }: ColumnTypes): Migration => ({
  async up(db) {
    await db.schema
      .alterTable('scans')
      .addColumn('resumes', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
    await db.schema
      .createTable('paces')
      .addColumn('key', text, (c) => c.primaryKey())
      .addColumn('next_at', 'double precision', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('pace_holders')
      .addColumn('key', text, (c) => c.notNull())
      .addColumn('holder', text, (c) => c.notNull())
      .addColumn('slots', integer, (c) => c.notNull())
      .addColumn('wanted', integer, (c) => c.notNull())
      .addColumn('seen_at', 'double precision', (c) => c.notNull())
      .addPrimaryKeyConstraint('pace_holders_key', ['key', 'holder'])
      .execute();
  },
});
