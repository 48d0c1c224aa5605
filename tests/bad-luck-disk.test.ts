// A disk that is full in the middle of a scan: nothing that was stored is lost, nothing is counted that was not
// answered, and the reason is said. On a tiny file system of its own where one can be mounted, else by a cap of SQLite.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_PROJECT } from '../src/access/keys.ts';
import { systemClock } from '../src/core/clock.ts';
import { RedoubtError } from '../src/core/errors.ts';
import { noHelpers } from '../src/models/helper-models.ts';
import { createTargetOpener } from '../src/models/open-target.ts';
import { workOnScan } from '../src/scan/worker.ts';
import { startSimulatedTarget } from '../src/simulated/start-simulated-target.ts';
import type { SimulatedTarget } from '../src/simulated/target-options.ts';
import { createResultWriter } from '../src/store/results.ts';
import { openStore } from '../src/store/store.ts';
import { killAll, newFolder, notBuilt, redoubt, serve, suiteName, until, writeDataset } from './fakes/command-line.ts';
import { openWorkplace } from './fakes/scan-here.ts';
import { newScan, resultOf, upTo } from './store/rows.ts';

const FULL = /Storing failed: .*(full|disk I\/O error).*Free some space/;
const MEGABYTE = 1024 * 1024;

const folder = newFolder('disk');
const tinyDisk = join(folder, 'tiny');

const mount = (): boolean => spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', tinyDisk]).status === 0;
const unmount = (): void => void spawnSync('umount', ['-l', tinyDisk]);

/** Tries it once, as the name of the suite must say it before anything runs. */
function whyNoMount(): string | null {
  if (process.getuid?.() !== 0) return 'only root may mount a tiny file system';
  mkdirSync(tinyDisk);
  if (!mount()) return 'no tmpfs can be mounted here';
  unmount();
  return null;
}
const noMount = whyNoMount();
process.stdout.write(
  `a full disk is tried ${noMount === null ? 'on a tmpfs of 16 MB and ' : ''}by PRAGMA max_page_count\n`,
);

let target: SimulatedTarget | null = null;
afterEach(async () => {
  killAll();
  await target?.close();
  target = null;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LONG_ANSWER = 'a word or two '.repeat(300);

describe('a database that can grow no more', () => {
  it('refuses a group of results whole, in one sentence, and takes it once there is room', async () => {
    const store = await openStore({ path: join(folder, 'capped', 'redoubt.db') });
    const { id } = await newScan(store);
    const writer = createResultWriter(store);
    await writer.write([resultOf(id, 0)]);
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(store.db);
    const cap = (pages: number) => sql`pragma max_page_count = ${sql.lit(pages)}`.execute(store.db);
    await cap(rows[0]!.page_count);
    const group = upTo(2_000).map((testNo) => resultOf(id, testNo + 1));
    await expect(writer.write(group)).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      message: expect.stringMatching(/^Storing failed: database or disk is full\. Free some space/),
    });
    const counted = () => store.db.selectFrom('tests').select('test_no').execute();
    expect(await counted()).toHaveLength(1);
    await cap(1_000_000);
    await writer.write(group);
    expect(await counted()).toHaveLength(2_001);
    await store.close();
  });

  it('ends the scan as Error with the reason, keeps what is stored, and goes on from there once there is room', async () => {
    target = await startSimulatedTarget({ fixedAnswer: LONG_ANSWER });
    const place = await openWorkplace();
    const { redoubt: own, settings } = place;
    const store = await openStore({ path: join(settings.data, 'redoubt.db') }, 'normal');
    const cap = (pages: number) => sql`pragma max_page_count = ${sql.lit(pages)}`.execute(store.db);
    const rule = { loopbackAllowed: true, privateAllowed: true, allow: [] };
    const context = {
      store,
      ledger: own.store,
      vault: own.vault,
      clock: systemClock,
      software: own.software,
      openTarget: createTargetOpener({ rule, proxy: null, clock: systemClock }),
      helpers: noHelpers,
      onError: (error: unknown) => void place.errors.push(error),
    };
    const { id } = await place.start(target.url, 400);
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(store.db);
    await cap(rows[0]!.page_count + 20);
    await workOnScan(context, id, new AbortController().signal);
    const broken = await place.progress(id);
    expect(broken).toMatchObject({ status: 'Error', byOutcome: { inconclusive: 0 } });
    expect(broken.reason).toMatch(FULL);
    expect(broken.done).toBeGreaterThan(0);
    expect(broken.done).toBeLessThan(400);
    expect(place.errors).toEqual([expect.any(RedoubtError)]);

    const asked = target.stats().requests;
    await cap(1_000_000);
    await own.scans.retry(DEFAULT_PROJECT, id);
    await workOnScan(context, id, new AbortController().signal);
    expect(await place.progress(id)).toMatchObject({ status: 'Finished', done: 400, byOutcome: { inconclusive: 0 } });
    expect(target.stats().requests - asked).toBe(400 - broken.done);
    await store.close();
    await place.close();
  });

  it('waits where not even the end can be written down, asks nothing meanwhile, and writes it once there is room', async () => {
    target = await startSimulatedTarget({ fixedAnswer: LONG_ANSWER });
    const place = await openWorkplace();
    const { redoubt: own } = place;
    const { id } = await place.start(target.url, 50);
    await sql`create trigger full_disk before update of status on scans when new.status = 'Error'
      begin select raise(abort, 'no room'); end`.execute(own.store.db);
    await sql`create trigger full_results before insert on tests begin select raise(abort, 'no room'); end`.execute(
      own.store.db,
    );
    await place.startWorker();
    await until('the worker says so', () => place.errors.length > 0);
    const asked = await until('the calls under way have ended', async () => {
      const { requests } = target!.stats();
      await systemClock.sleep(300);
      return target!.stats().requests === requests ? requests : null;
    });
    expect(asked).toBeLessThanOrEqual(4);
    expect((await place.progress(id)).status).toBe('Scanning');
    await sql`drop trigger full_disk`.execute(own.store.db);
    const ended = await place.end(id);
    expect(ended).toMatchObject({
      status: 'Error',
      done: 0,
      reason: expect.stringMatching(/^Storing failed: no room/),
    });
    expect(target.stats().requests).toBe(asked);
    await place.close();
  });
});

const noDisk = notBuilt ?? noMount;

/** Fills the tiny disk to the last byte; gives the way to free it again. */
function fillDisk(): () => void {
  const filler = join(tinyDisk, 'filler');
  for (const size of [MEGABYTE, 64 * 1024, 4096, 512])
    try {
      for (;;) writeFileSync(filler, Buffer.alloc(size), { flag: 'a' });
    } catch {
      // Full for pieces of this size.
    }
  return () => rmSync(filler, { force: true });
}

describe.skipIf(noDisk !== null)(suiteName('a disk that is full', noDisk), () => {
  beforeAll(() => void mount());
  afterAll(unmount);

  it('is told of in one sentence at the start, and nothing is left half made', async () => {
    const data = join(tinyDisk, 'first');
    mkdirSync(data);
    const free = fillDisk();
    const full = await redoubt(['scans', 'list', '--data', data]).ended;
    expect(full).toMatchObject({ code: 3, stdout: '' });
    expect(full.stderr.trim().split('\n')).toHaveLength(1);
    expect(full.stderr).toMatch(/^(Storing failed: |The data folder .* cannot be used: )/);
    free();
    expect(await redoubt(['scans', 'list', '--data', data]).ended).toMatchObject({ code: 0 });
    rmSync(data, { recursive: true, force: true });
  });

  it('ends `redoubt scan` with 3 and the reason, and the same command goes on with it once there is room', async () => {
    target = await startSimulatedTarget({ fixedAnswer: LONG_ANSWER, latencyMs: 20 });
    const data = join(tinyDisk, 'scan');
    const tests = 150;
    const args = ['scan', '--target', target.url, '--model', 'some-model', '--data', data];
    const more = ['--dataset', writeDataset(folder, tests), '--attack', 'direct', '--out', join(folder, 'out')];
    const first = redoubt([...args, ...more, '--formats', 'jsonl,json']);
    await until('some tests are stored', () => target!.stats().requests > 40);
    const free = fillDisk();
    await until('the disk is full for the scan, too', () => FULL.test(first.output()));
    const asked = target.stats().requests;
    free();
    const ended = await first.ended;
    expect(ended.code).toBe(3);
    expect(ended.stderr).toMatch(/The scan \S+ is Error\. Storing failed: .*\nThe same command goes on with it\.\n$/);
    expect(target.stats().requests - asked).toBeLessThanOrEqual(8);
    const again = await redoubt([...args, ...more, '--formats', 'jsonl,json']).ended;
    expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining('Going on with the unfinished scan') });
    const lines = readFileSync(join(folder, 'out', 'results.jsonl'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(tests);
    expect(lines.filter((line) => JSON.parse(line).outcome === 'inconclusive')).toEqual([]);
    expect(target.stats().requests).toBeLessThanOrEqual(tests + 8);
    rmSync(data, { recursive: true, force: true });
  });

  it('is answered by the server with a sentence, which goes on answering once there is room', async () => {
    const data = join(tinyDisk, 'server');
    target = await startSimulatedTarget();
    const server = await serve(data);
    const body = { scan_name: 'full', model: { base_url: target.url, api_key: 'k', model_name: 'simulated-average' } };
    const free = fillDisk();
    const full = await server.post('/v1/sandbox/scan/start', body);
    expect(full).toMatchObject({ status: 500, body: { message: expect.stringMatching(/^Storing failed: /) } });
    free();
    const started = await server.post('/v1/sandbox/scan/start', body);
    expect(started).toMatchObject({ status: 200 });
    await until('the scan is finished', async () => {
      const { body: at } = await server.post('/v1/scan/progress', { scan_id: started.body.scan_id });
      return at.status === 'Finished';
    });
    server.child.kill('SIGTERM');
    expect(await server.ended).toMatchObject({ code: 0 });
    rmSync(data, { recursive: true, force: true });
  });
});
