// Runs a scan from wherever it stands: walks the plan past what is stored, keeps `concurrency` tests going, and
// says how it ended. It changes no status: that is the worker's business.
import { type BoundedRun, type EarlyEnd, openBoundedRun } from './bounded-run.ts';
import { openRun, type ScanRun } from './open-run.ts';
import { openTests } from './open-tests.ts';
import type { PlannedTest } from './plan.ts';
import { runTest } from './test-run.ts';

/**
 * How a run ended. `stopped`: it was told to; `failed`: the target is gone; `early`: a bound ended the scan before its last
 * test. An error of ours is thrown.
 */
export type RunEnd =
  | { readonly kind: 'finished' }
  | ({ readonly kind: 'early' } & EarlyEnd)
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly reason: string };

/** One iterator for several takers, one at a time. */
function sharedQueue<Item>(items: AsyncGenerator<Item>): () => Promise<IteratorResult<Item, void>> {
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const result = last.then(() => items.next());
    last = result.catch(() => undefined);
    return result;
  };
}

/** Asks the tests, `concurrency` at once; null: all of them, or the run was stopped; else why the target is gone. */
async function askAll(run: ScanRun, tests: (stop: AbortSignal) => AsyncGenerator<PlannedTest>): Promise<string | null> {
  const opened = openRun(run);
  const take: () => Promise<IteratorResult<PlannedTest, void>> = sharedQueue(tests(opened.stopAsking));

  async function work(): Promise<void> {
    while (!opened.stopAsking.aborted) {
      const next = await take();
      if (next.done) return;
      if (!(await runTest(opened.context, next.value))) return;
    }
  }

  try {
    // Where the time is short a judge model is not put to the test first.
    const isChecked = run.timeLeftMs === undefined || run.helpers.judge === null;
    if (isChecked && !opened.stopAsking.aborted) await opened.checkJudge();
    await Promise.all(Array.from({ length: run.spec.target.concurrency }, work));
  } catch (error) {
    opened.abort();
    throw error;
  } finally {
    opened.close();
  }
  await opened.flush();
  return opened.goneReason() ?? (run.stop.aborted ? null : opened.unansweredReason());
}

async function runBounded(bounded: BoundedRun, stop: AbortSignal): Promise<RunEnd> {
  try {
    const reason = await askAll(bounded.run, (stopAsking) => bounded.plan.tests(stopAsking));
    if (reason !== null) return { kind: 'failed', reason };
    if (stop.aborted) return { kind: 'stopped' };
    const early = bounded.earlyEnd();
    return early === null ? { kind: 'finished' } : { kind: 'early', ...early };
  } finally {
    bounded.close();
  }
}

/**
 * Runs until all tests are stored, a bound is reached, the run is stopped, or the target is gone. Throws what the store
 * throws. `activeMs`: for how long the scan was worked on before.
 */
export async function runScan(run: ScanRun, activeMs = 0): Promise<RunEnd> {
  const { bounds } = run.spec;
  if (bounds !== undefined) return runBounded(await openBoundedRun(run, bounds, activeMs), run.stop);
  const reason = await askAll(run, () => openTests(run));
  if (reason !== null) return { kind: 'failed', reason };
  return { kind: run.stop.aborted ? 'stopped' : 'finished' };
}
