// What the bare target did in a test that the guard had a part in.
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from './0001-foundation.ts';

export const guardedScans = ({ text }: ColumnTypes): Migration => ({
  async up(db) {
    await db.schema.alterTable('tests').addColumn('bare_outcome', text).execute();
  },
});
