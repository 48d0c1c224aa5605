// The clock of the machine is set an hour forth or back while a scan runs: nobody takes it over, nobody waits for a
// dead worker, no time limit and no estimate goes wrong.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../src/core/clock.ts';
import type { Clock } from '../src/core/ports.ts';
import { type Jobs, startJobs } from '../src/jobs/in-process.ts';
import { createOwner } from '../src/jobs/owner.ts';
import { noHelpers } from '../src/models/helper-models.ts';
import { createTargetOpener } from '../src/models/open-target.ts';
import { progressOf } from '../src/scan/progress.ts';
import { workOnScan } from '../src/scan/worker.ts';
import { startSimulatedTarget } from '../src/simulated/start-simulated-target.ts';
import { findScan, moveScan } from '../src/store/scans.ts';
import type { CounterRow, ScanRow } from '../src/store/schema.ts';
import { openStore, type Store } from '../src/store/store.ts';
import { newFolder } from './fakes/command-line.ts';
import { type ManualClock, manualClock } from './fakes/manual-clock.ts';
import { openWorkplace } from './fakes/scan-here.ts';
import { newScan } from './store/rows.ts';

const HOUR = 3_600_000;
const jumps = [
  ['an hour forth', HOUR],
  ['an hour back', -HOUR],
] as const;

let folder: string;
let store: Store;
let clock: ManualClock;
let offset: number;

beforeEach(async () => {
  folder = newFolder('clock');
  store = await openStore({ path: join(folder, 'redoubt.db') });
  clock = manualClock();
  offset = 0;
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Worker {
  readonly jobs: Jobs;
  readonly id: string;
  /** Scans that it has begun, and those that it was told to let go. */
  readonly begun: string[];
  readonly letGo: string[];
}

/** A worker that works on a scan until it is told to let it go; heartbeats alone tell others that it lives. */
function startWorker(seen: Clock): Worker {
  const owner = createOwner(null);
  const begun: string[] = [];
  const letGo: string[] = [];
  const jobs = startJobs({
    store,
    clock: seen,
    owner,
    run: async (scanId, stop) => {
      begun.push(scanId);
      await moveScan(store, scanId, 'begin', { resumed_at: seen.now() });
      await new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve(), { once: true }));
      letGo.push(scanId);
    },
    onError: (error) => {
      throw error;
    },
  });
  return { jobs, id: owner.id, begun, letGo };
}

/** A worker that hangs: it does nothing more, and its time has stopped. */
const hanging = (frozen: { isFrozen: boolean }): Clock => ({
  ...clock,
  sleep: (ms, signal) => (frozen.isFrozen ? new Promise(() => undefined) : clock.sleep(ms, signal)),
});

describe('a clock that is set while a scan runs', () => {
  it.each([
    ['of the other worker', 'other', ...jumps[0]],
    ['of the other worker', 'other', ...jumps[1]],
    ['of the worker itself', 'self', ...jumps[0]],
    ['of the worker itself', 'self', ...jumps[1]],
  ])('%s (%s), %s: nobody takes the scan over', async (_, whose, __, jump) => {
    const set = (name: string): Clock => clock.seenFrom(() => (whose === name ? offset : 0));
    const { id } = await newScan(store);
    const worker = startWorker(set('self'));
    await clock.advance(1_000);
    const other = startWorker(set('other'));
    await clock.advance(5_000);
    offset = jump;
    await clock.advance(30_000);
    expect(worker.begun).toEqual([id]);
    expect(worker.letGo).toEqual([]);
    expect(other.begun).toEqual([]);
    await Promise.all([worker.jobs.stop(), other.jobs.stop()]);
  });

  it.each([['not at all', 0] as const, ...jumps])(
    'a worker that has hung for 10 s is followed by another when the clock was set %s',
    async (_, jump) => {
      const frozen = { isFrozen: false };
      const { id } = await newScan(store);
      const worker = startWorker(hanging(frozen));
      await clock.advance(3_000);
      const other = startWorker(clock.seenFrom(() => offset));
      await clock.advance(5_000);
      frozen.isFrozen = true;
      offset = jump;
      await clock.advance(8_000);
      expect(other.begun).toEqual([]);
      await clock.advance(5_000);
      expect(other.begun).toEqual([id]);
      expect((await findScan(store, id))?.owner).toBe(other.id);
      await other.jobs.stop();
      expect(worker.begun).toEqual([id]);
    },
  );

  it('of two machines that differ by a minute both keep the scans they have', async () => {
    const scans = [await newScan(store), await newScan(store)];
    const first = startWorker(clock);
    await clock.advance(500);
    const second = startWorker(clock.seenFrom(() => 60_000));
    await clock.advance(30_000);
    expect([...first.begun, ...second.begun].sort()).toEqual(scans.map(({ id }) => id).sort());
    expect([...first.letGo, ...second.letGo]).toEqual([]);
    await Promise.all([first.jobs.stop(), second.jobs.stop()]);
  });

  it.each(jumps)('%s: the remaining time stays what it was', async (_, jump) => {
    const seen = clock.seenFrom(() => offset);
    const request = JSON.stringify({ target: { concurrency: 4, qpm: null }, labels: {} });
    const { id } = await newScan(store, { planned: 100, planned_all: 100, request });
    const worker = startWorker(seen);
    const remaining = async (done: number): Promise<number> => {
      const row = (await findScan(store, id)) as ScanRow;
      const counter = { scan_id: id, role: 'case', dataset: 'd', attack: 'direct', outcome: 'refused', n: done };
      return progressOf(row, [counter as CounterRow], seen.now()).remainingSeconds;
    };
    await clock.advance(40_000);
    expect(await remaining(40)).toBeGreaterThanOrEqual(55);
    expect(await remaining(40)).toBeLessThanOrEqual(65);
    offset = jump;
    for (let second = 0; second < 5; second++) {
      expect(await remaining(40)).toBeGreaterThanOrEqual(55);
      expect(await remaining(40)).toBeLessThanOrEqual(72);
      await clock.advance(1_000);
    }
    offset = 0;
    await clock.advance(5_000);
    expect(await remaining(50)).toBeGreaterThanOrEqual(45);
    expect(await remaining(50)).toBeLessThanOrEqual(55);
    await worker.jobs.stop();
    const spent = (await findScan(store, id))?.active_ms ?? 0;
    expect(spent).toBeGreaterThanOrEqual(49_000);
    expect(spent).toBeLessThanOrEqual(51_000);
  });

  it('forth and back at every look: a scan asks each test once, within its limits, and finishes', async () => {
    let looks = 0;
    const jumpy: Clock = { ...systemClock, now: () => Date.now() + (looks++ % 2 === 0 ? HOUR : -HOUR) };
    const target = await startSimulatedTarget({ latencyMs: 20 });
    const place = await openWorkplace();
    const { id } = await place.start(target.url, 60, { qpm: 6_000 });
    const { redoubt, errors } = place;
    const jobs = startJobs({
      store: redoubt.store,
      clock: jumpy,
      owner: createOwner(join(place.data, 'locks')),
      run: (scanId, stop) =>
        workOnScan(
          {
            store: redoubt.store,
            ledger: redoubt.store,
            vault: redoubt.vault,
            clock: jumpy,
            software: redoubt.software,
            openTarget: createTargetOpener({
              rule: { loopbackAllowed: true, privateAllowed: true, allow: [] },
              proxy: null,
              clock: jumpy,
            }),
            helpers: noHelpers,
            onError: (error) => void errors.push(error),
          },
          scanId,
          stop,
        ),
      onError: (error) => void errors.push(error),
    });
    const ended = await place.end(id);
    expect(ended).toMatchObject({ status: 'Finished', done: 60, decided: 60, remainingSeconds: 0 });
    expect(target.stats().requests).toBe(60);
    const latencies = (await place.results(id)).map((line) => Number(line.latency_ms));
    expect(Math.min(...latencies)).toBeGreaterThanOrEqual(15);
    expect(Math.max(...latencies)).toBeLessThan(5_000);
    expect(errors).toEqual([]);
    await jobs.stop();
    await place.close();
    await target.close();
  });
});
