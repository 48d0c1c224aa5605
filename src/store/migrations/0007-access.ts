// Who may do what: sign-in of users, membership in projects, limits of keys; webhooks and how long a project keeps things.
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from './0001-foundation.ts';

async function createSignIn(db: Kysely<unknown>, { text, integer }: ColumnTypes): Promise<void> {
  for (const [column, type] of [
    ['email', text],
    ['password_hash', text],
    ['disabled_at', integer],
  ] as const)
    await db.schema.alterTable('users').addColumn(column, type).execute();
  await db.schema
    .createTable('identities')
    .addColumn('issuer', text, (c) => c.notNull())
    .addColumn('subject', text, (c) => c.notNull())
    .addColumn('user_id', text, (c) => c.notNull().references('users.id'))
    .addColumn('created_at', integer, (c) => c.notNull())
    .addPrimaryKeyConstraint('identities_key', ['issuer', 'subject'])
    .execute();
  for (const table of ['sessions', 'sign_in_links'] as const)
    await db.schema
      .createTable(table)
      .addColumn('id', text, (c) => c.primaryKey())
      .addColumn('user_id', text, (c) => c.notNull().references('users.id'))
      .addColumn('hash', text, (c) => c.notNull().unique())
      .addColumn('created_at', integer, (c) => c.notNull())
      .addColumn('expires_at', integer, (c) => c.notNull())
      .execute();
}

async function createProjects(db: Kysely<unknown>, { text, integer, bytes }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('members')
    .addColumn('project_id', text, (c) => c.notNull().references('projects.id'))
    .addColumn('user_id', text, (c) => c.notNull().references('users.id'))
    .addColumn('created_at', integer, (c) => c.notNull())
    .addPrimaryKeyConstraint('members_key', ['project_id', 'user_id'])
    .execute();
  await db.schema.alterTable('projects').addColumn('retention_days', integer).execute();
  await db.schema
    .createTable('webhooks')
    .addColumn('project_id', text, (c) => c.primaryKey().references('projects.id'))
    .addColumn('url', text, (c) => c.notNull())
    .addColumn('secret', bytes, (c) => c.notNull())
    .addColumn('created_at', integer, (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('notices')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('project_id', text, (c) => c.notNull())
    .addColumn('scan_id', text, (c) => c.notNull())
    .addColumn('status', text, (c) => c.notNull())
    .addColumn('created_at', integer, (c) => c.notNull())
    .addColumn('sends', 'integer', (c) => c.notNull())
    .addColumn('next_at', integer)
    .addColumn('result', text)
    .execute();
  await db.schema.createIndex('notices_due').on('notices').columns(['next_at']).execute();
}

async function createLimits(db: Kysely<unknown>, { text, integer }: ColumnTypes): Promise<void> {
  await db.schema.alterTable('keys').addColumn('rate_limit', integer).execute();
  await db.schema
    .createTable('limits')
    .addColumn('name', text, (c) => c.primaryKey())
    .addColumn('full_at', 'double precision', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('audit_by_project').on('audit').columns(['project_id', 'id']).execute();
}

export const access = (types: ColumnTypes): Migration => ({
  async up(db) {
    await createSignIn(db, types);
    await createProjects(db, types);
    await createLimits(db, types);
  },
});
