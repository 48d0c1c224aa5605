// Runs the contract of the store on SQLite, and on PostgreSQL where a server is to be had.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { insertProject, projectByName } from '../src/store/access.ts';
import { openStore, type StoreKind } from '../src/store/store.ts';
import { startPostgres } from './fakes/postgres.ts';
import type { StorePlace } from './store/rows.ts';
import { storeContract } from './store.contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'redoubt-store-'));
const postgres = await startPostgres();

const places: Readonly<Record<StoreKind, StorePlace>> = {
  sqlite: {
    kind: 'sqlite',
    newLocation: async () => ({ path: join(mkdtempSync(join(folder, 'database-')), 'redoubt.db') }),
    execute: async ({ path }, statement) => {
      const database = new DatabaseSync(path!);
      database.exec(statement);
      database.close();
    },
  },
  postgres: {
    kind: 'postgres',
    newLocation: async () => ('skipped' in postgres ? {} : { url: await postgres.newDatabase() }),
    execute: async ({ url }, statement) => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(statement).finally(() => client.end());
    },
  },
};

afterAll(async () => {
  if ('stop' in postgres) await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

for (const kind of ['sqlite', 'postgres'] as const) {
  const skipped = kind === 'postgres' && 'skipped' in postgres ? postgres.skipped : null;
  const name = `the store on ${kind}${skipped === null ? '' : ` - skipped: ${skipped}`}`;
  describe.skipIf(skipped !== null)(name, () => storeContract(places[kind]));
}

describe.skipIf('skipped' in postgres)('a PostgreSQL connection that breaks', () => {
  it('fails the work that used it, and nothing after it', async () => {
    const location = await places.postgres.newLocation();
    const store = await openStore(location);
    try {
      const broken = store.db.transaction().execute(async (trx) => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
        await places.postgres.execute(location, `select pg_terminate_backend(${rows[0]!.pid})`);
        await insertProject({ ...store, db: trx }, { id: 'lost', name: 'lost', created_at: 1 });
      });
      await expect(broken).rejects.toMatchObject({
        code: 'DATABASE_AWAY',
        cause: { message: expect.stringMatching(/terminat|connection|ECONNRESET/i) },
      });
      await insertProject(store, { id: 'kept', name: 'kept', created_at: 1 });
      expect(await projectByName(store, 'lost')).toBeUndefined();
      expect(await projectByName(store, 'kept')).toBeDefined();
    } finally {
      await store.close();
    }
  });
});

describe.skipIf('skipped' in postgres)('a PostgreSQL server that cannot be used', () => {
  const urlWith = (change: (url: URL) => void): string => {
    const url = new URL('url' in postgres ? postgres.url : 'postgres://localhost');
    change(url);
    return url.href;
  };

  it.each([
    ['has no such database', () => urlWith((url) => (url.pathname = '/nothing_here'))],
    ['does not take the password', () => urlWith((url) => (url.password = 'not-the-word'))],
    ['listens nowhere', () => urlWith((url) => (url.port = '1'))],
    ['has an address that cannot be read', () => 'postgres://redoubt:not-the-word@127.0.0.1:no-port/redoubt'],
  ])('is refused in words of ours, and its password stays unsaid: it %s', async (_, url) => {
    const error = await openStore({ url: url() }).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ code: 'DATABASE_UNREACHABLE' });
    expect((error as Error).message).not.toContain('not-the-word');
  });
});
