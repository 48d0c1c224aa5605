// Deletes what a project does not want to keep any longer: its ended scans, with all their answers.
import type { Clock } from '../core/ports.ts';
import { projectByName } from '../store/access.ts';
import { deleteScan, endedBefore } from '../store/scans.ts';
import type { Store } from '../store/store.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const SWEEP_EVERY_MS = 60 * 60 * 1000;

/** Deletes once what is too old; `retentionDays` by project name. Gives how many scans were deleted. */
export async function sweep(
  store: Store,
  retentionDays: Readonly<Record<string, number>>,
  now: number,
): Promise<number> {
  let deleted = 0;
  for (const [name, days] of Object.entries(retentionDays)) {
    const project = await projectByName(store, name);
    if (!project) continue;
    for (const scanId of await endedBefore(store, project.id, now - days * DAY_MS)) {
      await deleteScan(store, scanId);
      deleted += 1;
    }
  }
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
  if (Object.keys(retentionDays).length === 0) return;
  while (!stop.aborted) {
    await sweep(store, retentionDays, clock.now()).catch(onError);
    await clock.sleep(SWEEP_EVERY_MS, stop);
  }
}
