// Runs a scan over many workers: cuts its plan into chunks, waits until each has been worked off, says how it ended.
// One process does it at a time, the scan's owner; where it dies another goes on from what is stored.
import type { Chunk, Queue } from '../core/ports.ts';
import { callCountersOf } from '../store/call-counters.ts';
import { countersOf, testsAfter } from '../store/results.ts';
import { openTest } from '../store/stored-test.ts';
import { chunksOf } from './chunks.ts';
import { openRun, type ScanRun } from './open-run.ts';
import { saysThatItIsThere, unansweredSentence } from './outage.ts';
import type { RunEnd } from './run.ts';

const LOOK_MS = 300;
/** The first chunks go out at once, so that workers begin while the rest is being cut. */
const CHUNKS_A_PUT = 20;
const MOST_CHUNKS_A_PUT = 1_000;

export interface CoordinatedRun extends ScanRun {
  readonly queue: Queue;
  readonly resumes: number;
  /** Tests of the whole plan. */
  readonly planned: number;
}

/** Hands out what is left of the plan; false: nothing is. */
async function putAll(run: CoordinatedRun): Promise<boolean> {
  let group: Chunk[] = [];
  let most = CHUNKS_A_PUT;
  let isAnyLeft = false;
  for await (const chunk of chunksOf(run.store, run)) {
    if (run.stop.aborted) return true;
    isAnyLeft = true;
    group.push(chunk);
    if (group.length < most) continue;
    await run.queue.put(run.scanId, group);
    group = [];
    most = MOST_CHUNKS_A_PUT;
  }
  if (group.length > 0) await run.queue.put(run.scanId, group);
  return isAnyLeft;
}

/** Resolves when no chunk is left; throws what ended a worker again and again. */
async function untilWorkedOff(run: CoordinatedRun): Promise<void> {
  while (!run.stop.aborted) {
    const { waiting, taken, failed } = await run.queue.depth(run.scanId);
    if (failed !== null) throw new Error(`a part of the scan was given up: ${failed}`);
    if (waiting === 0 && taken === 0) return;
    await run.clock.sleep(LOOK_MS, run.stop);
  }
}

async function isComplete({ store, scanId, planned }: CoordinatedRun): Promise<boolean> {
  const counters = await countersOf(store, [scanId]);
  return counters.reduce((sum, { n }) => sum + n, 0) >= planned;
}

/** Why no call of the whole scan was answered, in the words of its first test; null where one was. */
async function unansweredReason({ store, vault, scanId }: CoordinatedRun): Promise<string | null> {
  const calls = await callCountersOf(store, scanId);
  if (calls.length === 0 || calls.some(({ result }) => saysThatItIsThere(result))) return null;
  const [first] = await testsAfter(store, scanId, -1, 1);
  const failure = first === undefined ? '' : (openTest(vault, first).answer.failure ?? '');
  return unansweredSentence('target', failure);
}

/**
 * Runs until all tests are stored, the run is stopped, or the target is gone. Throws what the store throws. Workers that
 * find the target gone end the scan themselves: then this run is stopped.
 */
export async function coordinateScan(run: CoordinatedRun): Promise<RunEnd> {
  const opened = openRun(run);
  if (!run.stop.aborted) await opened.checkJudge();
  const gone = opened.goneReason();
  await opened.flush();
  if (gone !== null) return { kind: 'failed', reason: gone };
  while (!run.stop.aborted && !(await isComplete(run)) && (await putAll(run))) await untilWorkedOff(run);
  if (run.stop.aborted) return { kind: 'stopped' };
  await run.queue.clear(run.scanId);
  const reason = await unansweredReason(run);
  return reason === null ? { kind: 'finished' } : { kind: 'failed', reason };
}
