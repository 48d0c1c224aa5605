// What workers on one PostgreSQL share: the queue of chunks, and the limits of targets.
import type { Clock, PaceLimits, Pacer, Queue } from '../core/ports.ts';
import { createSharedPacer } from '../models/shared-pacing.ts';
import { createPaceLedger } from '../store/paces.ts';
import type { Store } from '../store/store.ts';

export interface SharedWork {
  readonly queue: Queue;
  readonly pacerOf: (key: string, limits: PaceLimits) => Pacer;
  close(): Promise<void>;
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
  return {
    queue,
    pacerOf: (key, limits) => createSharedPacer({ ...limits, key, holder, ledger, clock, over: over.signal }),
    async close() {
      over.abort();
      await queue.close();
    },
  };
}
