// Finds scans that want a worker, claims them for this process, and lets them go: pause, takeover, shutdown.

import type { Clock } from '../core/ports.ts';
import { isActive, type ScanStatus } from '../core/scan-status.ts';
import { activeScans, claimScan, heartbeat, ownedScans, releaseScan } from '../store/scans.ts';
import type { Store } from '../store/store.ts';
import { HEARTBEAT_MS, type Owner } from './owner.ts';

/** Also how long a pause that was asked for elsewhere may take to be seen. */
const POLL_MS = 250;
const MOST_SCANS_AT_ONCE = 8;

export interface JobsOptions {
  /** Commits of this store reach the disk before they are acknowledged. */
  readonly store: Store;
  readonly clock: Clock;
  readonly owner: Owner;
  /** Works on a claimed scan until it has ended or `stop` is aborted. Must not throw. */
  readonly run: (scanId: string, stop: AbortSignal) => Promise<void>;
  /** Only this scan is claimed; without it every scan that wants a worker. */
  readonly only?: string;
  /** Told of errors of the database: the loop itself goes on. */
  readonly onError: (error: unknown) => void;
}

export interface Jobs {
  /** Looks for work now instead of at the next poll. */
  wake(): void;
  /** Stops asking, waits for what is under way, lets all scans go. */
  stop(): Promise<void>;
}

interface Running {
  /** Whether its status has been Scanning since it was claimed. */
  begun: boolean;
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

/** A scan that was paused (and perhaps resumed), or taken over while this process hung, is let go. */
function isOver(entry: Running, status: ScanStatus | undefined): boolean {
  if (status === 'Scanning') entry.begun = true;
  return status === undefined || !isActive(status) || (entry.begun && status === 'Initializing');
}

export function startJobs(options: JobsOptions): Jobs {
  const { store, clock, owner } = options;
  const running = new Map<string, Running>();
  const stopping = new AbortController();
  let wakeUp = new AbortController();
  let lastHeartbeat = Number.NEGATIVE_INFINITY;

  async function work(scanId: string, stop: AbortController): Promise<void> {
    const started = clock.monotonic();
    try {
      await options.run(scanId, stop.signal);
      await releaseScan(store, scanId, owner.id, clock.monotonic() - started);
    } catch (error) {
      options.onError(error);
    } finally {
      running.delete(scanId);
    }
  }

  function begin(scanId: string): void {
    const stop = new AbortController();
    running.set(scanId, { begun: false, stop, ended: work(scanId, stop) });
  }

  const mayClaim = (scanId: string): boolean =>
    !running.has(scanId) && (options.only === undefined || scanId === options.only);

  const isHeld = (scan: { owner: string | null; heartbeat_at: number | null }, now: number): boolean =>
    scan.owner !== null && owner.isAlive(scan.owner, scan.heartbeat_at, now);

  async function claimFree(): Promise<void> {
    for (const scan of await activeScans(store)) {
      if (running.size >= MOST_SCANS_AT_ONCE || stopping.signal.aborted) return;
      const now = clock.now();
      if (!mayClaim(scan.id) || isHeld(scan, now)) continue;
      if (await claimScan(store, scan.id, scan.owner, owner.id, now)) begin(scan.id);
    }
  }

  async function stopOthers(): Promise<void> {
    if (running.size === 0) return;
    const isDue = clock.monotonic() - lastHeartbeat >= HEARTBEAT_MS;
    const owned = isDue ? await heartbeat(store, owner.id, clock.now()) : await ownedScans(store, owner.id);
    if (isDue) lastHeartbeat = clock.monotonic();
    const statuses = new Map(owned.map((scan) => [scan.id, scan.status]));
    for (const [scanId, entry] of running) if (isOver(entry, statuses.get(scanId))) entry.stop.abort();
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await stopOthers();
        await claimFree();
      } catch (error) {
        options.onError(error);
      }
      wakeUp = new AbortController();
      await clock.sleep(POLL_MS, AbortSignal.any([wakeUp.signal, stopping.signal]));
    }
  }

  const ended = loop();
  return {
    wake: () => wakeUp.abort(),
    async stop() {
      stopping.abort();
      await ended;
      for (const { stop } of running.values()) stop.abort();
      await Promise.all([...running.values()].map((each) => each.ended));
      owner.release();
    },
  };
}
