// What a user meets when a start cannot work: one clear sentence, exit code 3, and everything as it was.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ended, freePort, killAll, newFolder, notBuilt, redoubt, serve, suiteName } from './fakes/command-line.ts';

const NOBODY = 65_534;

let data: string;
const folders: string[] = [];

beforeEach(() => {
  data = newFolder('start');
  folders.push(data);
});
afterEach(killAll);
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const listScans = (options = {}): Promise<Ended> => redoubt(['scans', 'list', '--data', data], options).ended;
const startServer = (...more: string[]): Promise<Ended> =>
  redoubt(['serve', '--port', '0', '--data', data, ...more]).ended;

/** A data folder as a first start leaves it. */
async function makeData(): Promise<void> {
  expect(await listScans()).toMatchObject({ code: 0 });
}

const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** Ended with 3 and said one sentence, which matches, and no stack of an error. */
function expectSentence(ended: Ended, sentence: RegExp): void {
  expect(ended.stderr).toMatch(sentence);
  expect(ended.stderr.trim().split('\n')).toHaveLength(1);
  expect(ended).toMatchObject({ code: 3, stdout: '' });
}

const commands = [
  ['redoubt serve', (): Promise<Ended> => startServer()],
  ['redoubt scans list', (): Promise<Ended> => listScans()],
] as const;

describe.skipIf(notBuilt !== null)(suiteName('a start with bad luck', notBuilt), () => {
  it('says that the port is in use', async () => {
    const port = await freePort();
    const first = await serve(data, ['--port', String(port)]);
    const other = newFolder('start');
    folders.push(other);
    const second = await redoubt(['serve', '--port', String(port), '--data', other]).ended;
    expectSentence(second, /^The address 127\.0\.0\.1:\d+ is in use already\. Choose another port with --port\.\n$/);
    first.child.kill('SIGTERM');
    expect(await first.ended).toMatchObject({ code: 0 });
  });

  it('says that an address is none of this machine', async () => {
    const ended = await startServer('--host', '192.0.2.1');
    expect(ended.stderr).toMatch(/^Setting host and port: 192\.0\.2\.1:0 is no address of this machine\.\n$/);
    expect(ended.code).toBe(2);
  });

  it('refuses a second server on the folder, and lets command lines work beside the first', async () => {
    const first = await serve(data);
    expectSentence(await startServer(), /^Another redoubt serve already works on the data folder .*\. Stop it, or/);
    const beside = await Promise.all([
      redoubt(['keys', 'create', 'beside', '--data', data]).ended,
      listScans(),
      redoubt(['datasets', 'list', '--data', data]).ended,
    ]);
    expect(beside.map(({ code }) => code)).toEqual([0, 0, 0]);
    first.child.kill('SIGTERM');
    expect(await first.ended).toMatchObject({ code: 0 });
    const third = await serve(data);
    third.child.kill('SIGTERM');
    expect(await third.ended).toMatchObject({ code: 0 });
  });

  it('lets several command lines make a new data folder at once, with one key', async () => {
    const ended = await Promise.all([listScans(), listScans(), listScans()]);
    expect(ended.map(({ code, stderr }) => ({ code, stderr }))).toEqual(Array(3).fill({ code: 0, stderr: '' }));
    expect(readdirSync(data).filter((name) => name.startsWith('secret.key'))).toEqual(['secret.key']);
    expect(statSync(join(data, 'secret.key')).mode & 0o777).toBe(0o600);
  });
});

describe.skipIf(notBuilt !== null)(suiteName('a data folder that cannot be used', notBuilt), () => {
  it.each(commands)('is refused by %s when the database is garbage, and stays as it is', async (_, run) => {
    const path = join(data, 'redoubt.db');
    writeFileSync(path, 'this is no database, but somebody may still need it. '.repeat(200));
    const before = hashOf(path);
    expectSentence(await run(), /^The data folder .* cannot be used: file is not a database\. Choose another/);
    expect(hashOf(path)).toBe(before);
  });

  it.each(commands)('is refused by %s when the database is of a newer version', async (_, run) => {
    await makeData();
    const database = new DatabaseSync(join(data, 'redoubt.db'));
    database.exec(`insert into kysely_migration (name, timestamp) values ('9999-later', '2030-01-01T00:00:00.000Z')`);
    database.close();
    expectSentence(await run(), /^The database was written by a newer Redoubt \(it knows "9999-later"\)\. Update/);
  });

  it.each(commands)('is refused by %s when the key is missing, and no new one is made', async (_, run) => {
    await makeData();
    const path = join(data, 'secret.key');
    const key = readFileSync(path);
    rmSync(path);
    expectSentence(await run(), /^The key file .*secret\.key is missing, and what is stored .* Put it back, or set/);
    expect(existsSync(path)).toBe(false);
    writeFileSync(path, key);
    expect(await listScans()).toMatchObject({ code: 0 });
  });

  it.each([
    ['of another database', Buffer.alloc(32, 7).toString('base64')],
    ['cut short', 'AAAA'],
    ['empty', ''],
  ])('is refused when the key is %s, and nothing is overwritten', async (_, key) => {
    await makeData();
    const path = join(data, 'secret.key');
    const own = readFileSync(path);
    writeFileSync(path, key);
    expectSentence(await startServer(), /^What is stored was encrypted with another key\. Set REDOUBT_SECRET_KEY/);
    expect(readFileSync(path, 'utf8')).toBe(key);
    writeFileSync(path, own);
    expect(await listScans()).toMatchObject({ code: 0 });
  });

  it('is refused when REDOUBT_SECRET_KEY is not its key', async () => {
    await makeData();
    const env = { REDOUBT_SECRET_KEY: Buffer.alloc(32, 7).toString('base64') };
    expectSentence(await listScans({ env }), /^What is stored was encrypted with another key\./);
  });

  it('is refused when a file stands where the folder should be', async () => {
    rmSync(data, { recursive: true });
    writeFileSync(data, 'a file');
    expectSentence(await startServer(), /^The data folder .* cannot be used: .*\. Choose another with --data/);
  });

  it('is refused when the lock of the server is garbage', async () => {
    mkdirSync(join(data, 'locks'));
    writeFileSync(join(data, 'locks', 'server.lock'), 'no lock '.repeat(200));
    expectSentence(await startServer(), /^The data folder .* cannot be used: file is not a database\./);
  });
});

function whyNotNobody(): string | null {
  if (notBuilt !== null) return notBuilt;
  if (process.getuid?.() !== 0) return 'only root may act as another user';
  const probe = spawnSync(process.execPath, [join(import.meta.dirname, '..', 'bin', 'redoubt.js'), '--version'], {
    uid: NOBODY,
    gid: NOBODY,
    cwd: tmpdir(),
  });
  return probe.status === 0 ? null : 'the checkout cannot be read by another user';
}
const cannotBeNobody = whyNotNobody();

describe.skipIf(cannotBeNobody !== null)(suiteName('a read-only data folder', cannotBeNobody), () => {
  const asNobody = { uid: NOBODY, env: { HOME: '/nonexistent' } };

  function own(path: string, mode: number): void {
    chownSync(path, NOBODY, NOBODY);
    chmodSync(path, mode);
  }

  it.each([
    ['redoubt serve', ['serve', '--port', '0']],
    ['redoubt scans list', ['scans', 'list']],
  ])('is refused by %s when it is empty', async (_, args) => {
    own(data, 0o500);
    const ended = await redoubt([...args, '--data', data], asNobody).ended;
    expectSentence(ended, /^The data folder .* cannot be used: .*\. Choose another with --data/);
    expect(readdirSync(data)).toEqual([]);
  });

  it.each([
    ['redoubt serve', ['serve', '--port', '0']],
    ['redoubt scans list', ['scans', 'list']],
  ])('is refused by %s when it is in use already, and stays as it is', async (_, args) => {
    await makeData();
    const path = join(data, 'redoubt.db');
    for (const name of readdirSync(data)) own(join(data, name), name === 'locks' ? 0o500 : 0o400);
    own(data, 0o500);
    const before = hashOf(path);
    const ended = await redoubt([...args, '--data', data], asNobody).ended;
    expectSentence(ended, /^The data folder .* cannot be used: .*\. Choose another with --data/);
    expect(hashOf(path)).toBe(before);
  });
});
