// Several workers on one PostgreSQL: every test asked once, limits held over all, pauses and losses seen by all.
import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_PROJECT } from '../src/access/keys.ts';
import { openPgBossQueue } from '../src/jobs/pg-boss-queue.ts';
import { storeOwnFile } from '../src/scan/datasets/own-file.ts';
import { forgetChunksLeft } from '../src/scan/shared-work.ts';
import type { ScanRow } from '../src/store/schema.ts';
import { suiteName, until, writeDataset } from './fakes/command-line.ts';
import { type CountingTarget, startCountingTarget } from './fakes/counting-target.ts';
import { startPostgres } from './fakes/postgres.ts';
import { openWorkplace, type Workplace } from './fakes/scan-here.ts';

const postgres = await startPostgres();
const skipped = 'skipped' in postgres ? postgres.skipped : null;

afterAll(async () => {
  if (!('skipped' in postgres)) await postgres.stop();
});

describe.skipIf(skipped !== null)(suiteName('workers on one database', skipped), { timeout: 120_000 }, () => {
  let url: string;
  let place: Workplace;
  let target: CountingTarget;
  const secret = randomBytes(32).toString('base64');

  beforeAll(async () => {
    if ('skipped' in postgres) return;
    url = await postgres.newDatabase();
  });
  beforeEach(async () => {
    place = await openWorkplace(undefined, { database_url: url, secret_key: secret });
    target = await startCountingTarget(100);
  });
  afterEach(async () => {
    await place.close();
    await target.close();
  });

  const stored = async ({ id }: ScanRow): Promise<number> =>
    (await place.redoubt.store.db.selectFrom('tests').select('test_no').where('scan_id', '=', id).execute()).length;
  const askedOnce = (tests: number): void => {
    expect(target.calls.size).toBe(tests);
    expect([...target.calls].filter(([, calls]) => calls > 1)).toEqual([]);
  };
  const answered = (calls: number) => until(`${calls} calls`, () => target.arrivals.length >= calls, 60_000);

  it('ask each test once, and no more at once than the target may be asked', async () => {
    for (let worker = 0; worker < 3; worker++) await place.startWorker();
    const scan = await place.start(target.url, 400, { concurrency: 12 });
    expect(await place.end(scan.id, 60_000)).toMatchObject({ status: 'Finished', done: 400 });
    askedOnce(400);
    expect(target.mostAtOnce()).toBeLessThanOrEqual(12);
    expect(target.mostAtOnce()).toBeGreaterThan(4);
    expect(place.errors).toEqual([]);
  });

  it('hold a rate together', async () => {
    for (let worker = 0; worker < 3; worker++) await place.startWorker();
    const scan = await place.start(target.url, 60, { concurrency: 12, qpm: 600 });
    expect((await place.end(scan.id, 60_000)).status).toBe('Finished');
    const [first, last] = [target.arrivals[0]!, target.arrivals.at(-1)!];
    // 600 a minute are one every 100 ms; a second's burst may come at once.
    expect(last - first).toBeGreaterThan((60 - 10) * 100 - 200);
  });

  it('hold a bound to the call, also where the one that runs the scan goes', async () => {
    const workers = [await place.startWorker(), await place.startWorker(), await place.startWorker()];
    const { redoubt, data } = place;
    const file = writeDataset(data, 300);
    const datasetId = await storeOwnFile(redoubt.store, DEFAULT_PROJECT, file, Date.now(), 'bounded set');
    const bounds = { maxCost: null, maxCalls: 120, maxSeconds: null, untilInterval: null };
    const scan = await place.startWith(target.url, datasetId, { bounds });
    await answered(30);
    const { owner } = await redoubt.scans.get(DEFAULT_PROJECT, scan.id);
    expect(owner).not.toBeNull();
    // Whichever runs it: two of three go.
    await Promise.all(workers.slice(0, 2).map((worker) => worker.stop()));
    expect(await place.end(scan.id, 60_000)).toMatchObject({ status: 'Finished', done: 120 });
    expect(await redoubt.scans.get(DEFAULT_PROJECT, scan.id)).toMatchObject({ ended_by: 'max_calls' });
    expect(target.arrivals.length).toBe(120);
    askedOnce(120);
  });

  it('stop within 2 s of a pause, and go on with what is left', async () => {
    for (let worker = 0; worker < 2; worker++) await place.startWorker();
    const scan = await place.start(target.url, 300, { concurrency: 8 });
    await answered(40);
    const pausedAt = performance.now();
    await place.redoubt.scans.pause(DEFAULT_PROJECT, scan.id);
    await until(
      'nothing is asked any more',
      () => performance.now() - Math.max(pausedAt, target.arrivals.at(-1)!) > 2_500,
    );
    expect(target.arrivals.at(-1)! - pausedAt).toBeLessThan(2_000);
    expect(await stored(scan)).toBe(target.arrivals.length);
    await place.redoubt.scans.retry(DEFAULT_PROJECT, scan.id);
    expect(await place.end(scan.id, 60_000)).toMatchObject({ status: 'Finished', done: 300 });
    askedOnce(300);
  });

  it('that are told to go end their calls and leave the rest to others', async () => {
    const going = await place.startWorker();
    await place.startWorker();
    const scan = await place.start(target.url, 300, { concurrency: 8 });
    await answered(50);
    await going.stop();
    expect(await place.end(scan.id, 60_000)).toMatchObject({ status: 'Finished', done: 300 });
    askedOnce(300);
  });

  it('take up what a dead worker held', async () => {
    await place.startWorker();
    const scan = await place.start(target.url, 200, { concurrency: 4 });
    await answered(10);
    const { runSql } = place.redoubt.store;
    // The chunks of a worker that has been silent for long.
    await runSql!(
      `update pgboss.job set heartbeat_on = now() - interval '20 s', retry_count = retry_count + 1 where state = 'active'`,
    );
    expect(await place.end(scan.id, 60_000)).toMatchObject({ status: 'Finished', done: 200 });
    expect(await stored(scan)).toBe(200);
  });

  it('survive that all their connections are cut: nothing lost, nothing asked twice', async () => {
    for (let worker = 0; worker < 2; worker++) await place.startWorker();
    const scan = await place.start(target.url, 300, { concurrency: 8 });
    for (const calls of [40, 120, 200]) {
      await answered(calls);
      await place.redoubt.store.runSql!(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()`,
      ).catch(() => undefined);
    }
    // Whoever asks the server in that very moment is told so, and asks again.
    await until(
      'the scan ends',
      () =>
        stored(scan)
          .then((n) => n === 300 || null)
          .catch(() => null),
      60_000,
    );
    expect(await place.end(scan.id, 60_000)).toMatchObject({ status: 'Finished', done: 300 });
    askedOnce(300);
  });

  it('forget the chunks of a scan that is gone, and of none that may go on', async () => {
    const { scans, store } = place.redoubt;
    await place.startWorker();
    const [gone, paused] = [await place.start(target.url, 200), await place.start(target.url, 300)];
    await answered(20);
    for (const { id } of [gone, paused]) await scans.pause(DEFAULT_PROJECT, id);
    await until('it may be deleted', () =>
      scans.remove(DEFAULT_PROJECT, gone.id, 'test').then(
        () => true,
        () => false,
      ),
    );
    const queue = await openPgBossQueue({ runSql: store.runSql!, onError: (error) => void place.errors.push(error) });
    try {
      expect(await queue.scans()).toEqual(expect.arrayContaining([gone.id, paused.id]));
      await forgetChunksLeft(store, queue);
      const left = await queue.scans();
      expect(left).toContain(paused.id);
      expect(left).not.toContain(gone.id);
    } finally {
      await queue.close();
    }
  });

  it('may both take away what a scan left in the queue', async () => {
    const open = () =>
      openPgBossQueue({ runSql: place.redoubt.store.runSql!, onError: (error) => void place.errors.push(error) });
    const [one, other] = [await open(), await open()];
    try {
      const chunk = { resumes: 0, from: 0 } as Parameters<typeof one.put>[1][number];
      await one.put('taken-away-twice', [chunk]);
      // Now both remember it.
      await other.put('taken-away-twice', [chunk]);
      await one.clear('taken-away-twice');
      await other.clear('taken-away-twice');
      expect(await other.scans()).not.toContain('taken-away-twice');
    } finally {
      await Promise.all([one.close(), other.close()]);
    }
  });

  it('are given no connection on which a statement of the queue failed halfway', async () => {
    const { runSql, db } = place.redoubt.store;
    for (let attempt = 0; attempt < 12; attempt++) await runSql!('begin; select 1 / 0; commit').catch(() => undefined);
    await Promise.all(Array.from({ length: 12 }, () => db.selectFrom('scans').select('id').execute()));
  });

  it('end a scan whose target answers nothing as Failed, with the reason', async () => {
    await place.startWorker();
    const scan = await place.start('http://127.0.0.1:9/v1', 3);
    const end = await place.end(scan.id, 60_000);
    expect(end).toMatchObject({ status: 'Failed', reason: expect.stringMatching(/answered none of the calls/) });
  });

  it('let a small scan of another project by', async () => {
    await place.startWorker();
    const large = await place.start(target.url, 2_000, { concurrency: 8 });
    await answered(20);
    const other = await startCountingTarget(20);
    const small = await place.start(other.url, 5, { concurrency: 2 });
    expect((await place.end(small.id, 15_000)).status).toBe('Finished');
    expect((await place.progress(large.id)).status).toBe('Scanning');
    await place.redoubt.scans.pause(DEFAULT_PROJECT, large.id);
    await other.close();
  });
});
