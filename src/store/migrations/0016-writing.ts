// How each case is written: attacks that would not change it leave it out.
import type { Migration } from 'kysely/migration';

export const writing = (): Migration => ({
  async up(db) {
    await db.schema.alterTable('dataset_cases').addColumn('writing', 'integer').execute();
  },
});
