// The first schema: projects, keys, datasets, scans, tests, tries, counters.
import { type CreateTableBuilder, type Kysely, type RawBuilder, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What differs between the two databases. */
export interface ColumnTypes {
  readonly text: 'text' | RawBuilder<unknown>;
  readonly bytes: 'blob' | 'bytea';
  readonly integer: 'integer' | 'bigint';
  /** Keeps a row inside its primary key's tree, so that the key is stored once. */
  readonly clustered: boolean;
}

const cluster = (types: ColumnTypes) => {
  return <T extends string, C extends string>(table: CreateTableBuilder<T, C>): CreateTableBuilder<T, C> =>
    types.clustered ? table.modifyEnd(sql`without rowid`) : table;
};

async function createAccess(db: Kysely<unknown>, { text, integer }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('meta')
    .addColumn('key', text, (c) => c.primaryKey())
    .addColumn('value', text, (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('projects')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('name', text, (c) => c.notNull().unique())
    .addColumn('created_at', integer, (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('users')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('name', text, (c) => c.notNull().unique())
    .addColumn('role', text, (c) => c.notNull())
    .addColumn('created_at', integer, (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('keys')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('project_id', text, (c) => c.notNull().references('projects.id'))
    .addColumn('user_id', text, (c) => c.notNull().references('users.id'))
    .addColumn('name', text, (c) => c.notNull())
    .addColumn('prefix', text, (c) => c.notNull())
    .addColumn('hash', text, (c) => c.notNull().unique())
    .addColumn('scopes', text, (c) => c.notNull())
    .addColumn('created_at', integer, (c) => c.notNull())
    .addColumn('expires_at', integer)
    .addColumn('last_used_at', integer)
    .addColumn('revoked_at', integer)
    .execute();
}

async function createDatasets(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const { text } = types;
  await db.schema
    .createTable('datasets')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('project_id', text, (c) => c.notNull())
    .addColumn('slug', text, (c) => c.notNull())
    .addColumn('title', text, (c) => c.notNull())
    .addColumn('version', text, (c) => c.notNull())
    .addColumn('sha256', text, (c) => c.notNull())
    .addColumn('role', text, (c) => c.notNull())
    .addColumn('cases', types.integer, (c) => c.notNull())
    .addColumn('created_at', types.integer, (c) => c.notNull())
    .addColumn('current', 'integer', (c) => c.notNull())
    .addUniqueConstraint('datasets_version', ['project_id', 'slug', 'sha256'])
    .execute();
  await db.schema
    .createTable('dataset_cases')
    .addColumn('dataset_id', text, (c) => c.notNull())
    .addColumn('position', types.integer, (c) => c.notNull())
    .addColumn('case_id', text, (c) => c.notNull())
    .addColumn('expect', text, (c) => c.notNull())
    .addColumn('offline', 'integer', (c) => c.notNull())
    .addColumn('body', text, (c) => c.notNull())
    .addPrimaryKeyConstraint('dataset_cases_key', ['dataset_id', 'position'])
    .$call(cluster(types))
    .execute();
}

async function createScans(db: Kysely<unknown>, { text, integer, bytes }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('scans')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('project_id', text, (c) => c.notNull().references('projects.id'))
    .addColumn('name', text, (c) => c.notNull())
    .addColumn('kind', text, (c) => c.notNull())
    .addColumn('status', text, (c) => c.notNull())
    .addColumn('reason', text)
    .addColumn('request', text, (c) => c.notNull())
    .addColumn('request_hash', text, (c) => c.notNull())
    .addColumn('target_key', text, (c) => c.notNull())
    .addColumn('target_secrets', bytes)
    .addColumn('plan_hash', text, (c) => c.notNull())
    .addColumn('planned', integer, (c) => c.notNull())
    .addColumn('planned_all', integer, (c) => c.notNull())
    .addColumn('created_by', text, (c) => c.notNull())
    .addColumn('created_at', integer, (c) => c.notNull())
    .addColumn('started_at', integer)
    .addColumn('ended_at', integer)
    .addColumn('resumed_at', integer)
    .addColumn('active_ms', integer, (c) => c.notNull())
    .addColumn('owner', text)
    .addColumn('heartbeat_at', integer)
    .addColumn('adaptations', text, (c) => c.notNull())
    .addColumn('summary', text)
    .addUniqueConstraint('scans_name', ['project_id', 'name'])
    .execute();
  await db.schema.createIndex('scans_by_time').on('scans').columns(['project_id', 'created_at']).execute();
  await db.schema.createIndex('scans_by_request').on('scans').columns(['project_id', 'request_hash']).execute();
  await db.schema
    .createTable('usage')
    .addColumn('scan_id', text, (c) => c.primaryKey())
    .addColumn('project_id', text, (c) => c.notNull())
    .addColumn('created_by', text, (c) => c.notNull())
    .addColumn('created_at', integer, (c) => c.notNull())
    .addColumn('finished_at', integer, (c) => c.notNull())
    .execute();
}

async function createTests(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const { text, integer } = types;
  await db.schema
    .createTable('tests')
    .addColumn('scan_id', text, (c) => c.notNull())
    .addColumn('test_no', integer, (c) => c.notNull())
    .addColumn('role', text, (c) => c.notNull())
    .addColumn('plan_key', text, (c) => c.notNull())
    .addColumn('case_id', text, (c) => c.notNull())
    .addColumn('dataset', text, (c) => c.notNull())
    .addColumn('subcategory', text, (c) => c.notNull())
    .addColumn('attack', text, (c) => c.notNull())
    .addColumn('parameters', text, (c) => c.notNull())
    .addColumn('refs', text, (c) => c.notNull())
    .addColumn('expect', text, (c) => c.notNull())
    .addColumn('severity', text, (c) => c.notNull())
    .addColumn('outcome', text, (c) => c.notNull())
    .addColumn('score', 'double precision')
    .addColumn('confidence', 'double precision', (c) => c.notNull())
    .addColumn('reason', text, (c) => c.notNull())
    .addColumn('judge', text, (c) => c.notNull())
    .addColumn('deciding_try', integer, (c) => c.notNull())
    .addColumn('tries', integer, (c) => c.notNull())
    .addColumn('first_success', integer)
    .addColumn('calls', integer, (c) => c.notNull())
    .addColumn('stopped_by', text)
    .addPrimaryKeyConstraint('tests_key', ['scan_id', 'test_no'])
    .$call(cluster(types))
    .execute();
  await db.schema
    .createTable('tries')
    .addColumn('scan_id', text, (c) => c.notNull())
    .addColumn('test_no', integer, (c) => c.notNull())
    .addColumn('try_no', integer, (c) => c.notNull())
    .addColumn('messages', text, (c) => c.notNull())
    .addColumn('answer', types.bytes)
    .addColumn('outcome', text, (c) => c.notNull())
    .addColumn('reason', text, (c) => c.notNull())
    .addColumn('calls', integer, (c) => c.notNull())
    .addColumn('latency_ms', integer, (c) => c.notNull())
    .addColumn('tokens_in', integer)
    .addColumn('tokens_out', integer)
    .addColumn('finish_reason', text)
    .addColumn('model', text)
    .addColumn('fingerprint', text)
    .addColumn('request_id', text)
    .addColumn('ended_at', integer, (c) => c.notNull())
    .addPrimaryKeyConstraint('tries_key', ['scan_id', 'test_no', 'try_no'])
    .$call(cluster(types))
    .execute();
}

async function createCounters(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const { text } = types;
  await db.schema
    .createTable('counters')
    .addColumn('scan_id', text, (c) => c.notNull())
    .addColumn('role', text, (c) => c.notNull())
    .addColumn('dataset', text, (c) => c.notNull())
    .addColumn('attack', text, (c) => c.notNull())
    .addColumn('outcome', text, (c) => c.notNull())
    .addColumn('n', types.integer, (c) => c.notNull())
    .addPrimaryKeyConstraint('counters_key', ['scan_id', 'role', 'dataset', 'attack', 'outcome'])
    .$call(cluster(types))
    .execute();
  await db.schema
    .createTable('call_counters')
    .addColumn('scan_id', text, (c) => c.notNull())
    .addColumn('result', text, (c) => c.notNull())
    .addColumn('n', types.integer, (c) => c.notNull())
    .addPrimaryKeyConstraint('call_counters_key', ['scan_id', 'result'])
    .$call(cluster(types))
    .execute();
}

export const foundation = (types: ColumnTypes): Migration => ({
  async up(db) {
    await createAccess(db, types);
    await createDatasets(db, types);
    await createScans(db, types);
    await createTests(db, types);
    await createCounters(db, types);
  },
});
