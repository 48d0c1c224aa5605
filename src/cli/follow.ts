// Follows a scan to its end: a line that renews itself on a terminal, plain lines now and then in a pipe.

import { WORKER_PATIENCE_MS } from '../compose.ts';
import { systemClock } from '../core/clock.ts';
import { isActive } from '../core/scan-status.ts';
import type { Progress } from '../scan/progress.ts';
import type { ScanService } from '../scan/service.ts';
import { isPassing } from '../store/failure.ts';

const POLL_MS = 200;
const PLAIN_EVERY_MS = 5_000;

const duration = (seconds: number): string => {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
};

/** E.g. "Scanning 120 of 400 tests (30.0 %), 12 breached, 3 inconclusive, about 14 s left". */
export function progressLine(progress: Progress): string {
  const left = isActive(progress.status) ? `, about ${duration(progress.remainingSeconds)} left` : '';
  return `${progress.status} ${progress.done} of ${progress.planned} tests (${progress.percentage.toFixed(1)} %), ${progress.byOutcome.breached} breached, ${progress.byOutcome.inconclusive} inconclusive${left}`;
}

interface Screen {
  show(progress: Progress): void;
  end(): void;
}

function terminal(): Screen {
  return {
    show: (progress) => void process.stderr.write(`\r\u001b[2K${progressLine(progress)}`),
    end: () => void process.stderr.write('\n'),
  };
}

function pipe(): Screen {
  let lastAt = Number.NEGATIVE_INFINITY;
  let last = '';
  return {
    show(progress) {
      const line = progressLine(progress);
      const isDue = systemClock.monotonic() - lastAt >= PLAIN_EVERY_MS || !isActive(progress.status);
      if (!isDue || line === last) return;
      process.stderr.write(`${line}\n`);
      lastAt = systemClock.monotonic();
      last = line;
    },
    end: () => undefined,
  };
}

/** An outage of PostgreSQL that the worker sits out is sat out here as well. */
async function progressOnceThere(scans: ScanService, projectId: string, scanId: string): Promise<Progress> {
  const until = systemClock.monotonic() + WORKER_PATIENCE_MS;
  for (;;) {
    try {
      return await scans.progress(projectId, scanId);
    } catch (error) {
      if (!isPassing(error) || systemClock.monotonic() >= until) throw error;
    }
    await systemClock.sleep(POLL_MS);
  }
}

/**
 * Resolves once the scan is no longer being worked on. `left`: aborted when this process has let it go, so that it is
 * looked at at once. `letGo` is waited for before the last look: of a scan that is paused answers are still under way.
 */
export async function followScan(
  scans: ScanService,
  projectId: string,
  scanId: string,
  left: AbortSignal,
  letGo: () => Promise<void>,
): Promise<Progress> {
  const screen = process.stderr.isTTY ? terminal() : pipe();
  for (;;) {
    const progress = await progressOnceThere(scans, projectId, scanId);
    if (!isActive(progress.status)) {
      await letGo();
      const last = await progressOnceThere(scans, projectId, scanId);
      screen.show(last);
      screen.end();
      return last;
    }
    screen.show(progress);
    await systemClock.sleep(POLL_MS, left.aborted ? undefined : left);
  }
}
