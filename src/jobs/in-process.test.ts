import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ManualClock, manualClock } from '../../tests/fakes/manual-clock.ts';
import { ensureProjectAndUser } from '../store/access.ts';
import { findScan, insertScan, moveScan, updateScan } from '../store/scans.ts';
import type { ScanRow } from '../store/schema.ts';
import { openStore, type Store } from '../store/store.ts';
import { type Jobs, startJobs } from './in-process.ts';
import { createOwner, HEARTBEAT_MS, SILENCE_MS } from './owner.ts';

const POLL_MS = 250;
const MOST_AT_ONCE = 8;

/** A scan that is being worked on, as `run` sees it. */
interface Work {
  readonly scanId: string;
  readonly stop: AbortSignal;
  end(): void;
}

let store: Store;
let clock: ManualClock;
let jobs: Jobs[];
let works: Work[];
let errors: unknown[];

beforeEach(async () => {
  store = await openStore({ path: ':memory:' });
  await ensureProjectAndUser(
    store,
    { id: 'p', name: 'p', created_at: 0 },
    { id: 'u', name: 'u', role: 'admin', created_at: 0 },
  );
  clock = manualClock();
  [jobs, works, errors] = [[], [], []];
});

afterEach(async () => {
  const stopped = Promise.all(jobs.map((each) => each.stop()));
  for (const work of works) work.end();
  await stopped;
  await store.close();
});

function start(only?: string): Jobs {
  const started = startJobs({
    store,
    clock,
    owner: createOwner(null),
    onError: (error) => void errors.push(error),
    ...(only === undefined ? {} : { only }),
    async run(scanId, stop, onBegun) {
      await moveScan(store, scanId, 'begin');
      onBegun();
      await new Promise<void>((end) => {
        works.push({ scanId, stop, end });
        // Like a run: it ends by itself once it is told to stop.
        stop.addEventListener('abort', () => end(), { once: true });
      });
    },
  });
  jobs.push(started);
  return started;
}

async function scan(id: string, changes: Partial<ScanRow> = {}): Promise<string> {
  await insertScan(store, {
    id,
    project_id: 'p',
    name: id,
    kind: 'scan',
    status: 'Initializing',
    reason: null,
    ended_by: null,
    request: '{}',
    request_hash: '',
    target_key: '',
    target_secrets: null,
    plan_hash: '',
    planned: 1,
    planned_all: 1,
    created_by: 'test',
    created_at: 0,
    started_at: null,
    ended_at: null,
    resumed_at: null,
    active_ms: 0,
    owner: null,
    heartbeat_at: null,
    resumes: 0,
    adaptations: '[]',
    summary: null,
    ...changes,
  });
  return id;
}

const row = async (id: string): Promise<ScanRow> => (await findScan(store, id))!;
const running = (): string[] => works.filter((work) => !work.stop.aborted).map((work) => work.scanId);

describe('a worker', () => {
  it('takes up what waits, at the next look at the latest', async () => {
    start();
    await clock.advance(POLL_MS);
    await scan('one');
    await clock.advance(POLL_MS);
    expect(running()).toEqual(['one']);
    expect((await row('one')).owner).not.toBeNull();
  });

  it('takes it up at once when it is woken', async () => {
    const worker = start();
    await clock.advance(POLL_MS);
    await scan('one');
    worker.wake();
    await clock.advance(50);
    expect(running()).toEqual(['one']);
  });

  it('works on 8 scans at once, on the others when one has ended', async () => {
    for (let number = 0; number < MOST_AT_ONCE + 2; number++) await scan(`scan ${number}`, { created_at: number });
    start();
    await clock.advance(POLL_MS);
    expect(running()).toHaveLength(MOST_AT_ONCE);
    await moveScan(store, 'scan 0', 'finish');
    works[0]!.end();
    await clock.advance(2 * POLL_MS);
    expect(works.at(-1)!.scanId).toBe('scan 8');
    expect((await row('scan 0')).owner).toBeNull();
  });

  it('that is for one scan takes no other', async () => {
    await scan('mine');
    await scan('another');
    start('mine');
    await clock.advance(4 * POLL_MS);
    expect(running()).toEqual(['mine']);
  });

  it.each(['Paused', 'Finished', 'Failed', 'Error'] as const)('takes none in %s', async (status) => {
    await scan('one', { status });
    start();
    await clock.advance(4 * POLL_MS);
    expect(works).toEqual([]);
  });

  it('shares the scans with another one: each is worked on once', async () => {
    for (const id of ['one', 'two', 'three']) await scan(id);
    start();
    start();
    await clock.advance(8 * POLL_MS);
    expect(running().sort()).toEqual(['one', 'three', 'two']);
  });

  it('adds up the time it has worked', async () => {
    await scan('one');
    start();
    await clock.advance(POLL_MS);
    await clock.advance(2 * HEARTBEAT_MS);
    const { active_ms } = await row('one');
    expect(active_ms).toBeGreaterThanOrEqual(HEARTBEAT_MS);
    works[0]!.end();
    await clock.advance(50);
    expect((await row('one')).active_ms).toBeGreaterThan(active_ms);
  });

  it('goes on after an error of the database, and tells of it once', async () => {
    start();
    await clock.advance(POLL_MS);
    const whole = store.db.selectFrom.bind(store.db);
    Object.assign(store.db, {
      selectFrom: () => {
        throw new Error('no database');
      },
    });
    await clock.advance(10_000);
    expect(errors.map(String)).toEqual(['Error: no database']);
    Object.assign(store.db, { selectFrom: whole });
    await scan('one');
    await clock.advance(2_500);
    expect(running()).toEqual(['one']);
  });
});

describe('a pause', () => {
  it('is seen at the next look; the scan is let go when its answers are in', async () => {
    await scan('one');
    start();
    await clock.advance(POLL_MS);
    await moveScan(store, 'one', 'pause');
    await clock.advance(POLL_MS);
    expect(works[0]!.stop.aborted).toBe(true);
    expect(await row('one')).toMatchObject({ status: 'Paused', owner: null });
  });

  it('and a retry before anybody looked begin a new run', async () => {
    await scan('one');
    start();
    await clock.advance(2 * POLL_MS);
    await moveScan(store, 'one', 'pause');
    await moveScan(store, 'one', 'retry');
    await clock.advance(3 * POLL_MS);
    expect(works.map((work) => work.stop.aborted)).toEqual([true, false]);
    expect((await row('one')).status).toBe('Scanning');
  });

  it('and a retry before anybody looked for the first time do not leave the scan in Initializing', async () => {
    await scan('one');
    start();
    await clock.advance(50);
    expect(works).toHaveLength(1);
    await moveScan(store, 'one', 'pause');
    await moveScan(store, 'one', 'retry');
    await clock.advance(3 * POLL_MS);
    expect((await row('one')).status).toBe('Scanning');
  });
});

describe('a scan of another owner', () => {
  const held = (heartbeat: number): Partial<ScanRow> => ({
    status: 'Scanning',
    owner: 'somebody else',
    heartbeat_at: heartbeat,
  });

  it('is taken over once its heartbeat has stood still for 10 s', async () => {
    await scan('one', held(clock.now()));
    start();
    await clock.advance(SILENCE_MS - 500);
    expect(works).toEqual([]);
    await clock.advance(1_000);
    expect(running()).toEqual(['one']);
  });

  it('is left alone while it speaks', async () => {
    await scan('one', held(clock.now()));
    start();
    for (let beat = 0; beat < 15; beat++) {
      await clock.advance(HEARTBEAT_MS);
      await updateScan(store, 'one', { heartbeat_at: clock.now() });
    }
    expect(works).toEqual([]);
  });

  it('that took ours over while we hung is let go', async () => {
    await scan('one');
    start();
    await clock.advance(POLL_MS);
    await updateScan(store, 'one', { owner: 'somebody else', heartbeat_at: clock.now() });
    await clock.advance(POLL_MS);
    expect(works[0]!.stop.aborted).toBe(true);
    expect((await row('one')).owner).toBe('somebody else');
  });
});

describe('stopping', () => {
  it('waits for what is under way, lets all go and leaves the statuses as they are', async () => {
    await scan('one');
    const worker = start();
    await clock.advance(POLL_MS);
    await worker.stop();
    expect(await row('one')).toMatchObject({ status: 'Scanning', owner: null, heartbeat_at: null });
    await scan('two');
    await clock.advance(2_000);
    expect(works).toHaveLength(1);
  });
});
