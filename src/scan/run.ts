// Runs a scan from wherever it stands: walks the plan past what is stored, keeps `concurrency` tests going, and
// says how it ended. It changes no status: that is the worker's business.
import { openRun, type ScanRun } from './open-run.ts';
import { openTests } from './open-tests.ts';
import type { PlannedTest } from './plan.ts';
import { runTest } from './test-run.ts';

/** How a run ended. `stopped`: it was told to; `failed`: the target is gone. An error of ours is thrown. */
export type RunEnd =
  | { readonly kind: 'finished' }
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

/** Runs until all tests are stored, the run is stopped, or the target is gone. Throws what the store throws. */
export async function runScan(run: ScanRun): Promise<RunEnd> {
  const opened = openRun(run);
  const take: () => Promise<IteratorResult<PlannedTest, void>> = sharedQueue(openTests(run));

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
  const reason = opened.goneReason() ?? (run.stop.aborted ? null : await opened.unansweredReason());
  if (reason !== null) return { kind: 'failed', reason };
  return { kind: run.stop.aborted ? 'stopped' : 'finished' };
}
