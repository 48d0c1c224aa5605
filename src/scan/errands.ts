// What a server has done beside its scans, in the thread that works on them: a scan that was stopped gets its report, a
// finished one is judged anew or made ready to be searched. The server itself goes on answering meanwhile.
import { RedoubtError } from '../core/errors.ts';
import { SILENCE_MS } from '../jobs/owner.ts';
import { findScan } from '../store/scans.ts';
import type { ScanRow } from '../store/schema.ts';
import { buildSearchIndex } from '../store/test-search.ts';
import { type RejudgeContext, rejudgeScan } from './rejudge.ts';
import { finishScan, type WorkerContext } from './worker.ts';

/** `by`: who asked for it. */
export type Errand =
  | { readonly kind: 'finish' | 'rejudge'; readonly scanId: string; readonly by: string }
  | { readonly kind: 'index'; readonly scanId: string };

type ErrandFor = Extract<Errand, { readonly by: string }>;

export interface ErrandContext extends Pick<WorkerContext, 'store' | 'ledger' | 'vault' | 'clock' | 'software'> {
  /** The judge that a scan would have now; whoever opens it closes it. */
  readonly openJudge: () => Pick<RejudgeContext, 'judge' | 'judging'> & { close(): Promise<void> };
}

const LOOK_EVERY_MS = 100;

/** Waits until nobody works on the scan; null where it was deleted or is worked on again. */
async function releasedScan(context: ErrandContext, scanId: string, stop: AbortSignal): Promise<ScanRow | null> {
  const { ledger, clock } = context;
  let beat: number | null = null;
  let since = clock.monotonic();
  while (!stop.aborted) {
    const row = await findScan(ledger, scanId);
    if (row === undefined || !['Paused', 'Failed', 'Error'].includes(row.status)) return null;
    if (row.owner === null) return row;
    if (row.heartbeat_at !== beat) since = clock.monotonic();
    beat = row.heartbeat_at;
    if (clock.monotonic() - since >= SILENCE_MS) return row;
    await clock.sleep(LOOK_EVERY_MS, stop);
  }
  return null;
}

async function finish(context: ErrandContext, { scanId, by }: ErrandFor, stop: AbortSignal): Promise<void> {
  const row = await releasedScan(context, scanId, stop);
  if (row === null) return;
  const reason = `Stopped by ${by} before all tests were asked.`;
  await finishScan(context, scanId, { by: 'person', reason });
  await index(context, scanId);
}

/** Makes the words of a finished scan ready to be searched. */
async function index({ ledger, clock }: ErrandContext, scanId: string): Promise<void> {
  const row = await findScan(ledger, scanId);
  if (row?.status === 'Finished') await buildSearchIndex(ledger, row, () => clock.now());
}

class Stopped extends Error {}

async function rejudge(context: ErrandContext, { scanId, by }: ErrandFor, stop: AbortSignal): Promise<void> {
  const row = await findScan(context.ledger, scanId);
  if (row === undefined) return;
  const { judge, judging, close } = context.openJudge();
  const onProgress = (): void => {
    if (stop.aborted) throw new Stopped();
  };
  const { ledger: store, vault, clock, software } = context;
  try {
    await rejudgeScan({ store, vault, clock, software, judge, judging, startedBy: by, onProgress }, row);
  } finally {
    await close();
  }
}

// Retried, deleted or rejudged by somebody else meanwhile: that is how it stands, and no error.
const isOvertaken = (error: unknown): boolean =>
  error instanceof RedoubtError && ['ILLEGAL_TRANSITION', 'SCAN_NOT_FOUND', 'SCAN_BUSY'].includes(error.code);

/** Runs the errand to its end, or to the next page once `stop` is aborted. Throws what the store throws. */
async function runErrand(context: ErrandContext, errand: Errand, stop: AbortSignal): Promise<void> {
  try {
    if (errand.kind === 'index') await index(context, errand.scanId);
    else await (errand.kind === 'finish' ? finish : rejudge)(context, errand, stop);
  } catch (error) {
    if (!(error instanceof Stopped || isOvertaken(error))) throw error;
  }
}

/** One errand after the other; a stop lets the one under way end at its next page. */
export function createErrandQueue(
  context: ErrandContext,
  onError: (error: unknown) => void,
): { run(errand: Errand): void; stop(): Promise<void> } {
  const stopping = new AbortController();
  let last: Promise<void> = Promise.resolve();
  return {
    run(errand) {
      // A scan that ends while the worker is stopped brings one; the database may be closed before its turn.
      if (stopping.signal.aborted) return;
      last = last.then(() => runErrand(context, errand, stopping.signal)).catch(onError);
    },
    stop() {
      stopping.abort();
      return last;
    },
  };
}
