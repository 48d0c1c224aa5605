// Works on one scan in this process until it ends; Ctrl-C pauses it, a termination leaves it to be gone on with.

import { type Redoubt, startWorker } from '../compose.ts';
import { systemClock } from '../core/clock.ts';
import type { Progress } from '../scan/progress.ts';
import { exitCodes, note, noteError } from './command.ts';
import { followScan } from './follow.ts';

/** An answer that takes longer is asked for again when the scan goes on. */
const DRAIN_MS = 8_000;

/** Resolves with how the scan stands when this process is done with it. */
export async function runHere(redoubt: Redoubt, projectId: string, scanId: string): Promise<Progress> {
  const left = new AbortController();
  const worker = await startWorker(redoubt.settings, { only: scanId, onError: noteError, onLeft: () => left.abort() });
  let interrupts = 0;
  const pause = (): void => {
    interrupts += 1;
    if (interrupts > 1) process.exit(130);
    note('\nPausing: answers that are under way are still taken (Ctrl-C again leaves at once).');
    redoubt.scans.pause(projectId, scanId).catch(noteError);
  };
  let terminated = false;
  const leave = (): void => {
    if (terminated) process.exit(exitCodes.failed);
    terminated = true;
    note('Leaving: answers that are under way are still taken. The same command goes on with the scan.');
    const drained = Promise.race([worker.stop(), systemClock.sleep(DRAIN_MS)]);
    void drained.catch(noteError).finally(() => process.exit(exitCodes.failed));
  };
  let stopped: Promise<void> | null = null;
  const letGo = async (): Promise<void> => {
    if (terminated) return;
    stopped ??= worker.stop();
    await stopped;
  };
  process.on('SIGINT', pause);
  process.on('SIGTERM', leave);
  try {
    // Whatever ended the following: a worker that goes on would keep the process alive.
    return await followScan(redoubt.scans, projectId, scanId, left.signal, letGo).finally(letGo);
  } finally {
    process.off('SIGINT', pause);
    process.off('SIGTERM', leave);
  }
}
