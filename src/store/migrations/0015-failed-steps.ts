// Which steps of a search brought no answer: a retry asks from there on again.
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from './0001-foundation.ts';

export const failedSteps = ({ integer }: ColumnTypes): Migration => ({
  async up(db) {
    await db.schema
      .alterTable('steps')
      .addColumn('failed', integer, (c) => c.notNull().defaultTo(0))
      .execute();
  },
});
