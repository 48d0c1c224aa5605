// Which scan a client's Idempotency-Key started.
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from './0001-foundation.ts';

export const idempotencyKeys = ({ text, integer }: ColumnTypes): Migration => ({
  async up(db) {
    await db.schema
      .createTable('idempotency_keys')
      .addColumn('project_id', text, (c) => c.notNull())
      .addColumn('key', text, (c) => c.notNull())
      .addColumn('body_sha256', text, (c) => c.notNull())
      .addColumn('scan_id', text, (c) => c.notNull())
      .addColumn('created_at', integer, (c) => c.notNull())
      .addPrimaryKeyConstraint('idempotency_keys_key', ['project_id', 'key'])
      .execute();
    await db.schema.createIndex('idempotency_keys_by_scan').on('idempotency_keys').columns(['scan_id']).execute();
  },
});
