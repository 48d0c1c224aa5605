// Candidates that were put to the proof: what was drafted, what it showed, and whether it holds.
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from './0001-foundation.ts';

export const hardenings = ({ text, integer }: ColumnTypes): Migration => ({
  async up(db) {
    await db.schema
      .createTable('hardenings')
      .addColumn('id', text, (c) => c.primaryKey())
      .addColumn('project_id', text, (c) => c.notNull())
      .addColumn('scan_id', text, (c) => c.notNull())
      .addColumn('target_key', text, (c) => c.notNull())
      .addColumn('policy_id', text, (c) => c.notNull())
      .addColumn('policy_version', 'integer')
      .addColumn('previous_version', 'integer')
      .addColumn('state', text, (c) => c.notNull())
      .addColumn('reason', text)
      .addColumn('body', text, (c) => c.notNull())
      .addColumn('created_by', text, (c) => c.notNull())
      .addColumn('created_at', integer, (c) => c.notNull())
      .addColumn('changed_at', integer, (c) => c.notNull())
      .execute();
    await db.schema.createIndex('hardenings_by_time').on('hardenings').columns(['project_id', 'created_at']).execute();
  },
});
