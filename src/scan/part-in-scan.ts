// Opens one worker's part in a scan that is run by many, and ends the scan where this worker finds that it must end.

import type { Chunk } from '../core/ports.ts';
import { seededRandom } from '../core/random.ts';
import type { Stretch } from '../core/seen/observer.ts';
import type { ChunkSession } from '../jobs/open-scan.ts';
import { isPassing } from '../store/failure.ts';
import { addAdaptations, findScan, moveScan } from '../store/scans.ts';
import { openSession, type RunSession } from './chunk-session.ts';
import { requireSamePlan } from './plan.ts';
import { specOf } from './spec.ts';
import { breakOff, isOvertaken, type OpenModels, openModels, scanStretch, type WorkerContext } from './worker.ts';

interface Part {
  readonly scanId: string;
  readonly session: RunSession;
  readonly models: OpenModels;
  readonly stop: AbortSignal;
  readonly stretch: Stretch | undefined;
}

/** A target that is gone ends the scan for all workers. */
async function endIfGone({ ledger, clock }: WorkerContext, { scanId, session }: Part): Promise<void> {
  const reason = session.goneReason();
  if (reason === null) return;
  try {
    await moveScan(ledger, scanId, 'fail', { reason, ended_at: clock.now() });
  } catch (error) {
    if (!isOvertaken(error)) throw error;
  }
}

/** What the summary counts beside the results must be there when the last chunk has ended. */
async function storeBesides({ store }: WorkerContext, { scanId, session, models }: Part): Promise<void> {
  await session.flush();
  await addAdaptations(store, scanId, models.target.model.adaptations());
}

/** Runs one part of the work; an error of ours ends the scan, a database that is away for a moment does not. */
async function guarded<Value>(context: WorkerContext, part: Part, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (!isPassing(error)) await breakOff(context, part.scanId, error, part.stop);
    throw error;
  }
}

async function openPartOf(context: WorkerContext, scanId: string, stop: AbortSignal, onRoom: () => void) {
  const row = await findScan(context.ledger, scanId);
  if (row?.status !== 'Scanning') return null;
  const spec = specOf(row);
  requireSamePlan(row, spec);
  const models = await openModels(context, row, spec);
  const { store, vault, clock } = context;
  const jitter = seededRandom(scanId, clock.now(), process.pid);
  const { target, helpers } = models;
  const stretch = scanStretch(context, row);
  return {
    scanId,
    models,
    stop,
    stretch,
    session: openSession({ scanId, spec, store, vault, clock, jitter, target, helpers, stop, stretch }, onRoom),
  };
}

/** Runs a chunk as a stretch of the scan. */
async function seenChunk(
  { stretch: scan }: Part,
  chunk: Chunk,
  held: AbortSignal,
  run: (stretch?: Stretch) => Promise<boolean>,
): Promise<boolean> {
  if (scan === undefined) return run();
  const stretch = scan.begin('chunk', { chunk: `${chunk.from}-${chunk.to - 1}`, tests: chunk.to - chunk.from });
  try {
    const isWhole = await run(stretch);
    const cut = held.aborted ? 'lost to another worker' : 'stopped';
    stretch.end(isWhole ? 'done' : cut);
    return isWhole;
  } catch (error) {
    stretch.end('broke off', { failed: true });
    throw error;
  }
}

/** Null where the scan is not to be worked on, or cannot be: then it has been ended with the reason. */
export async function openPart(
  context: WorkerContext,
  scanId: string,
  onRoom: () => void,
): Promise<ChunkSession | null> {
  const stopping = new AbortController();
  let part: Part | null;
  try {
    part = await openPartOf(context, scanId, stopping.signal, onRoom);
  } catch (error) {
    if (isPassing(error)) throw error;
    await breakOff(context, scanId, error, stopping.signal);
    return null;
  }
  if (part === null) return null;
  const opened = part;
  const { session, models } = opened;
  return {
    room: session.room,
    inHand: session.inHand,
    run: (chunk, held) =>
      guarded(context, opened, async () => {
        const isWhole = await seenChunk(opened, chunk, held, (stretch) => session.run(chunk, held, stretch));
        await storeBesides(context, opened);
        if (!isWhole) await endIfGone(context, opened);
        return isWhole;
      }),
    stop: () => stopping.abort(),
    async close() {
      try {
        await storeBesides(context, opened);
      } finally {
        await models.close();
      }
    },
  };
}
