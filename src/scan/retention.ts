// Deletes what a project does not want to keep any longer: ended scans with all their answers, recorded decisions of the
// guard; and what is of no use to anybody: sessions and links that have ended, limits that are full again, halves of datasets,
// rows of scans that are gone.
import { keepDoing } from '../core/keep-doing.ts';
import type { Clock } from '../core/ports.ts';
import { deleteDecisionsBefore } from '../store/guard.ts';
import { deleteFullLimits } from '../store/limits.ts';
import { discardAbandoned } from '../store/new-dataset.ts';
import { listProjects } from '../store/projects.ts';
import { goneScansWithRows } from '../store/scan-rows.ts';
import { deleteScan, endedBefore } from '../store/scans.ts';
import type { Store } from '../store/store.ts';
import { deleteTokensBefore } from '../store/users.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const SWEEP_EVERY_MS = 60 * 60 * 1000;

/**
 * Deletes once what is too old at `now`: after the days that a project says itself, else after those of the settings by
 * its name. Gives how many scans were deleted. Once `stop` is aborted the rest is left for the next time.
 */
export async function sweep(
  store: Store,
  retentionDays: Readonly<Record<string, number>>,
  now: number,
  stop?: AbortSignal,
): Promise<number> {
  let deleted = 0;
  for (const project of await listProjects(store)) {
    const days = project.retention_days ?? retentionDays[project.name];
    if (days === undefined) continue;
    const before = now - days * DAY_MS;
    for (const scanId of await endedBefore(store, project.id, before)) {
      if (stop?.aborted) return deleted;
      await deleteScan(store, scanId);
      deleted += 1;
    }
    await deleteDecisionsBefore(store, before, project.id);
  }
  for (const scanId of await goneScansWithRows(store)) {
    if (stop?.aborted) return deleted;
    await deleteScan(store, scanId);
  }
  await deleteTokensBefore(store, now);
  await deleteFullLimits(store, now);
  await discardAbandoned(store, now);
  return deleted;
}

/** Sweeps now and every hour, until the signal is aborted. */
export async function keepSweeping(
  store: Store,
  retentionDays: Readonly<Record<string, number>>,
  clock: Clock,
  stop: AbortSignal,
  onError: (error: unknown) => void,
): Promise<void> {
  await keepDoing(() => sweep(store, retentionDays, clock.now(), stop), {
    everyMs: SWEEP_EVERY_MS,
    clock,
    stop,
    onError,
  });
}
