// The guard: stored policies, keys and values of redaction tokens, recorded decisions; and the audit log.
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from './0001-foundation.ts';

export const guard = ({ text, integer, bytes }: ColumnTypes): Migration => ({
  async up(db) {
    await db.schema
      .createTable('guard_policies')
      .addColumn('project_id', text, (c) => c.notNull())
      .addColumn('id', text, (c) => c.notNull())
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('body', text, (c) => c.notNull())
      .addColumn('created_by', text, (c) => c.notNull())
      .addColumn('created_at', integer, (c) => c.notNull())
      .addPrimaryKeyConstraint('guard_policies_key', ['project_id', 'id', 'version'])
      .execute();
    await db.schema
      .createTable('guard_session_keys')
      .addColumn('project_id', text, (c) => c.notNull())
      .addColumn('session', text, (c) => c.notNull())
      .addColumn('secret', bytes, (c) => c.notNull())
      .addColumn('expires_at', integer, (c) => c.notNull())
      .addPrimaryKeyConstraint('guard_session_keys_key', ['project_id', 'session'])
      .execute();
    await db.schema
      .createTable('guard_tokens')
      .addColumn('project_id', text, (c) => c.notNull())
      .addColumn('session', text, (c) => c.notNull())
      .addColumn('token', text, (c) => c.notNull())
      .addColumn('value', bytes, (c) => c.notNull())
      .addColumn('expires_at', integer, (c) => c.notNull())
      .addPrimaryKeyConstraint('guard_tokens_key', ['project_id', 'session', 'token'])
      .execute();
    await db.schema.createIndex('guard_tokens_by_expiry').on('guard_tokens').columns(['expires_at']).execute();
    await db.schema
      .createTable('guard_decisions')
      .addColumn('id', text, (c) => c.primaryKey())
      .addColumn('project_id', text, (c) => c.notNull())
      .addColumn('created_at', integer, (c) => c.notNull())
      .addColumn('session', text)
      .addColumn('flagged', 'integer', (c) => c.notNull())
      .addColumn('denied', 'integer', (c) => c.notNull())
      .addColumn('redacted', 'integer', (c) => c.notNull())
      .addColumn('undecided', 'integer', (c) => c.notNull())
      .addColumn('findings', text, (c) => c.notNull())
      .addColumn('messages', bytes)
      .addColumn('ms', 'double precision', (c) => c.notNull())
      .execute();
    await db.schema
      .createIndex('guard_decisions_by_time')
      .on('guard_decisions')
      .columns(['project_id', 'created_at'])
      .execute();
    await db.schema
      .createTable('audit')
      .addColumn('id', text, (c) => c.primaryKey())
      .addColumn('project_id', text, (c) => c.notNull())
      .addColumn('created_at', integer, (c) => c.notNull())
      .addColumn('actor', text, (c) => c.notNull())
      .addColumn('action', text, (c) => c.notNull())
      .addColumn('subject', text, (c) => c.notNull())
      .execute();
  },
});
