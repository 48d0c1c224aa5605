// From a data folder to PostgreSQL: every table, every row, and scans that go on there.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { derivedTables, moveStore, ownTables } from '../src/store/copy-store.ts';
import { whyNotReady } from '../src/store/ready.ts';
import { openStore, type Store } from '../src/store/store.ts';
import { newFolder, notBuilt, redoubt, suiteName } from './fakes/command-line.ts';
import { type CountingTarget, startCountingTarget } from './fakes/counting-target.ts';
import { startPostgres } from './fakes/postgres.ts';
import { openWorkplace, type Workplace } from './fakes/scan-here.ts';

const postgres = await startPostgres();
const skipped = 'skipped' in postgres ? postgres.skipped : null;

/** Where Debian keeps the tools of the newest PostgreSQL. */
function findDumpTools(): string | null {
  const home = '/usr/lib/postgresql';
  const versions = existsSync(home) ? readdirSync(home).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map((name) => join(home, name, 'bin')).find((bin) => existsSync(join(bin, 'pg_dump'))) ?? null;
}
const dumpTools = findDumpTools();

afterAll(async () => {
  if (!('skipped' in postgres)) await postgres.stop();
});

const rowsOf = async (store: Store, table: string): Promise<unknown[]> => {
  const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(store.db);
  const plain = rows.map((row) =>
    Object.entries(row)
      .map(([name, value]): [string, unknown] => [
        name,
        value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
      ])
      .filter(([name]) => table !== 'scans' || !['owner', 'heartbeat_at'].includes(name))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  return plain.map((row) => JSON.stringify(row)).sort();
};

describe.skipIf(skipped !== null)(suiteName('a move to PostgreSQL', skipped), { timeout: 120_000 }, () => {
  let place: Workplace;
  let target: CountingTarget;
  let url: string;
  let there: Store;

  beforeAll(async () => {
    if ('skipped' in postgres) return;
    target = await startCountingTarget(5);
    place = await openWorkplace(newFolder('to-be-moved'));
    const scan = await place.start(target.url, 30);
    const worker = await place.startWorker();
    await place.end(scan.id);
    await worker.stop();
    // One that has not begun: it is gone on with where it is moved to.
    const { id } = await place.start(target.url, 7);
    await place.redoubt.scans.pause('default', id);
    url = await postgres.newDatabase();
    await moveStore(join(place.data, 'redoubt.db'), url, () => undefined);
    there = await openStore({ url });
  });
  afterAll(async () => {
    await there?.close();
    await place?.close();
    await target?.close();
  });

  it('knows every table of the schema: it is copied, or derived from others', async () => {
    const tables = await there.db.introspection.getTables();
    const names = tables.map(({ name, schema }) => (schema === 'pgboss' ? '' : name)).filter((name) => name !== '');
    const expected = names.filter((name) => !derivedTables.has(name) && !name.startsWith('kysely_')).sort();
    expect(await ownTables(place.redoubt.store)).toEqual(expected);
  });

  it('takes every row of every table, as it is', async () => {
    for (const table of await ownTables(place.redoubt.store))
      expect(await rowsOf(there, table), table).toEqual(await rowsOf(place.redoubt.store, table));
    expect(await rowsOf(there, 'tests')).not.toEqual([]);
  });

  it('refuses a database that holds something', async () => {
    await expect(moveStore(join(place.data, 'redoubt.db'), url, () => undefined)).rejects.toMatchObject({
      code: 'DATABASE_NOT_EMPTY',
    });
  });

  it('is given up where a scan was begun meanwhile', async () => {
    if ('skipped' in postgres) return;
    const other = await postgres.newDatabase();
    const alone = (): never => {
      throw new Error('a scan is run');
    };
    await expect(moveStore(join(place.data, 'redoubt.db'), other, () => undefined, alone)).rejects.toThrow('is run');
    const left = await openStore({ url: other });
    expect(await rowsOf(left, 'scans')).toEqual([]);
    await left.close();
  });

  it('is gone on with under the same key, and under no other', async () => {
    const secret_key = readFileSync(join(place.data, 'secret.key'), 'utf8').trim();
    const moved = await openWorkplace(undefined, { database_url: url, secret_key });
    expect(await moved.redoubt.scans.list('default')).toHaveLength(2);
    await moved.close();
    await expect(
      openWorkplace(undefined, { database_url: url, secret_key: Buffer.alloc(32, 1).toString('base64') }),
    ).rejects.toMatchObject({ code: 'SECRET_KEY_WRONG' });
  });

  const dumping = dumpTools === null ? 'no pg_dump on this machine' : null;
  it.skipIf(dumping !== null)(suiteName('comes back from a dump without the queue', dumping), async () => {
    if ('skipped' in postgres || dumpTools === null) return;
    const dump = join(newFolder('dump'), 'redoubt.dump');
    execFileSync(join(dumpTools, 'pg_dump'), ['--format=custom', '--exclude-schema=pgboss', `--file=${dump}`, url]);
    const restored = await postgres.newDatabase();
    execFileSync(join(dumpTools, 'pg_restore'), ['--no-owner', `--dbname=${restored}`, dump]);
    const store = await openStore({ url: restored });
    for (const table of await ownTables(place.redoubt.store))
      expect(await rowsOf(store, table), table).toEqual(await rowsOf(there, table));
    expect(await whyNotReady(store)).toMatch(/the queue does not answer/);
    await store.close();
    const secret_key = readFileSync(join(place.data, 'secret.key'), 'utf8').trim();
    const again = await openWorkplace(undefined, { database_url: restored, secret_key });
    await again.startWorker();
    expect(await whyNotReady(again.redoubt.store)).toBeNull();
    const paused = (await again.redoubt.scans.list('default')).find(({ status }) => status === 'Paused')!;
    await again.redoubt.scans.retry('default', paused.scanId);
    expect(await again.end(paused.scanId, 60_000)).toMatchObject({ status: 'Finished', done: 7 });
    await again.close();
  });
});

describe('a backup of a data folder', () => {
  it('is a file made while it is in use, and the key beside it', async () => {
    const place = await openWorkplace(newFolder('backed-up'));
    const target = await startCountingTarget(1);
    const scan = await place.start(target.url, 5);
    await place.startWorker();
    await place.end(scan.id);
    const backup = newFolder('backup');
    await sql`vacuum into ${join(backup, 'redoubt.db')}`.execute(place.redoubt.store.db);
    copyFileSync(join(place.data, 'secret.key'), join(backup, 'secret.key'));
    const results = await place.results(scan.id);
    await place.close();
    await target.close();
    const restored = await openWorkplace(backup);
    expect(await restored.results(scan.id)).toEqual(results);
    expect(results).toHaveLength(5);
    await restored.close();
  });
});

describe.skipIf(notBuilt !== null)(suiteName('a data folder on which a scan is run', notBuilt), () => {
  it('is not moved, as what the scan stores would stay behind', async () => {
    const place = await openWorkplace(newFolder('busy'));
    await place.startWorker();
    const ended = await redoubt(['migrate', '--data', place.data, '--to', 'postgres://127.0.0.1:9/none']).ended;
    await place.close();
    expect([ended.code, ended.stderr]).toEqual([
      3,
      expect.stringContaining(`A scan is being run on the data folder ${place.data}: `),
    ]);
  });
});

describe.skipIf(notBuilt !== null)(suiteName('a data folder that there is not', notBuilt), () => {
  it('is named, and is not made', async () => {
    const data = join(newFolder('mistyped'), 'data');
    const ended = await redoubt(['migrate', '--data', data, '--to', 'postgres://127.0.0.1:9/none']).ended;
    expect(ended).toMatchObject({ code: 3, stderr: expect.stringContaining(`${data} cannot be used: it holds no`) });
    expect(existsSync(data)).toBe(false);
  });
});
