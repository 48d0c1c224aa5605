// What workers on one PostgreSQL share: the queue of chunks, and the limits of targets.
import { keepDoing } from '../core/keep-doing.ts';
import type { Clock, PaceLimits, Pacer, Queue } from '../core/ports.ts';
import { createSharedPacer } from '../models/shared-pacing.ts';
import { createPaceLedger } from '../store/paces.ts';
import { notFinished } from '../store/scans.ts';
import type { Store } from '../store/store.ts';

export interface SharedWork {
  readonly queue: Queue;
  readonly pacerOf: (key: string, limits: PaceLimits) => Pacer;
  close(): Promise<void>;
}

const FORGET_EVERY_MS = 60_000;

/** Forgets chunks of scans that were stopped or deleted, which nobody takes any more: pg-boss looks at them every second. */
export async function forgetChunksLeft(store: Store, queue: Queue): Promise<void> {
  const scanIds = await queue.scans();
  if (scanIds.length === 0) return;
  const wanted = await notFinished(store, scanIds);
  for (const scanId of scanIds) if (!wanted.has(scanId)) await queue.clear(scanId);
}

/** Null where nothing is shared: SQLite has one process a data folder. `holder` names the worker. */
export async function shareWork(
  store: Store,
  clock: Clock,
  holder: string,
  onError: (error: unknown) => void,
): Promise<SharedWork | null> {
  const { runSql } = store;
  if (runSql === undefined) return null;
  const { openPgBossQueue } = await import('../jobs/pg-boss-queue.ts');
  const ledger = createPaceLedger(store);
  const over = new AbortController();
  const queue = await openPgBossQueue({ runSql, onError });
  const forgetting = keepDoing(() => forgetChunksLeft(store, queue), {
    everyMs: FORGET_EVERY_MS,
    clock,
    stop: over.signal,
    onError,
  });
  return {
    queue,
    pacerOf: (key, limits) => createSharedPacer({ ...limits, key, holder, ledger, clock, over: over.signal }),
    async close() {
      over.abort();
      await forgetting;
      await queue.close();
    },
  };
}
