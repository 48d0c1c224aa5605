// Finds scans that want a worker, claims them for this process, and lets them go: pause, takeover, shutdown.

import type { Clock } from '../core/ports.ts';
import { isActive, type ScanStatus } from '../core/scan-status.ts';
import { activeScans, addActiveTime, claimScan, heartbeat, ownedScans, releaseScan } from '../store/scans.ts';
import type { ScanRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { createErrorReport } from './error-report.ts';
import { HEARTBEAT_MS, type Owner } from './owner.ts';

/** Also how long a pause that was asked for elsewhere may take to be seen. */
const POLL_MS = 250;
/** After an error of the database, which rarely heals in a moment. */
const POLL_AFTER_ERROR_MS = 2_000;
/** Of scans that take their time, and as many again of those with a deadline, which would not come to their turn. */
export const MOST_SCANS_AT_ONCE = 8;

export interface JobsOptions {
  /** Commits of this store reach the disk before they are acknowledged. */
  readonly store: Store;
  readonly clock: Clock;
  readonly owner: Owner;
  /** Works on a claimed scan until it has ended or `stop` is aborted; says when its status is Scanning. Must not throw. */
  readonly run: (scanId: string, stop: AbortSignal, onBegun: () => void) => Promise<void>;
  /** Only this scan is claimed; without it every scan that wants a worker. */
  readonly only?: string;
  /** Told of errors of the database, of the same one in a row once: the loop itself goes on. */
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
  readonly hasDeadline: boolean;
  readonly stop: AbortController;
  readonly ended: Promise<void>;
  /** Up to when its time was added to the scan's, on the monotonic clock. */
  countedAt: number;
}

/** A heartbeat of somebody else, and since when it has stood unchanged by our own monotonic clock. */
interface SeenHeartbeat {
  readonly owner: string;
  readonly heartbeatAt: number | null;
  readonly since: number;
}

type Held = Pick<ScanRow, 'id' | 'kind' | 'owner' | 'heartbeat_at'>;

const hasDeadline = ({ kind }: Pick<ScanRow, 'kind'>): boolean => kind === 'rounds';
type Owned = Pick<ScanRow, 'id' | 'status'>;

/** A scan that was paused (and perhaps resumed), or taken over while this process hung, is let go. */
function isOver(entry: Running, status: ScanStatus | undefined): boolean {
  if (status === 'Scanning') entry.begun = true;
  return status === undefined || !isActive(status) || (entry.begun && status === 'Initializing');
}

/**
 * Whether somebody else works on a scan. How long an owner has been silent is taken from our own monotonic clock: the
 * clocks of two machines differ, and any clock may be set, so a heartbeat is only compared with itself a while ago.
 */
function createHolderWatch(clock: Clock, self: Owner): (scan: Held) => boolean {
  const seen = new Map<string, SeenHeartbeat>();
  return ({ id, owner, heartbeat_at: heartbeatAt }) => {
    // Ours and not running: a release that could not be stored.
    if (owner === null || owner === self.id) return false;
    const now = clock.monotonic();
    const known = seen.get(id);
    const isSame = known?.owner === owner && known.heartbeatAt === heartbeatAt;
    const since = isSame ? known.since : now;
    if (!isSame) seen.set(id, { owner, heartbeatAt, since });
    return self.isAlive(owner, heartbeatAt, (heartbeatAt ?? 0) + now - since);
  };
}

/** The heartbeat of all that runs here, with the time worked since the last one; gives what is still ours. */
async function sayAlive({ store, clock, owner }: JobsOptions, running: ReadonlyMap<string, Running>): Promise<Owned[]> {
  const owned = await heartbeat(store, owner.id, clock.now());
  for (const [scanId, entry] of running) {
    const now = clock.monotonic();
    await addActiveTime(store, scanId, owner.id, now - entry.countedAt);
    entry.countedAt = now;
  }
  return owned;
}

const begunIn = (running: ReadonlyMap<string, Running>, scanId: string) => (): void => {
  const entry = running.get(scanId);
  if (entry) entry.begun = true;
};

const hasPlace = (running: ReadonlyMap<string, Running>, scan: Held): boolean =>
  [...running.values()].filter((entry) => entry.hasDeadline === hasDeadline(scan)).length < MOST_SCANS_AT_ONCE;

export function startJobs(options: JobsOptions): Jobs {
  const { store, clock, owner } = options;
  const report = createErrorReport(options.onError);
  const isHeld = createHolderWatch(clock, owner);
  const running = new Map<string, Running>();
  const stopping = new AbortController();
  let wakeUp = new AbortController();
  let lastHeartbeat = Number.NEGATIVE_INFINITY;

  async function work(scanId: string, stop: AbortController): Promise<void> {
    const started = clock.monotonic();
    try {
      await options.run(scanId, stop.signal, begunIn(running, scanId));
      const countedAt = running.get(scanId)?.countedAt ?? started;
      await releaseScan(store, scanId, owner.id, clock.monotonic() - countedAt);
    } catch (error) {
      report(error);
    } finally {
      running.delete(scanId);
    }
  }

  function begin(scan: Held): void {
    const stop = new AbortController();
    const entry = { begun: false, hasDeadline: hasDeadline(scan), stop, countedAt: clock.monotonic() };
    running.set(scan.id, { ...entry, ended: work(scan.id, stop) });
  }

  const mayClaim = (scanId: string): boolean =>
    !running.has(scanId) && (options.only === undefined || scanId === options.only);

  async function claimFree(): Promise<void> {
    for (const scan of await activeScans(store)) {
      if (stopping.signal.aborted) return;
      if (!hasPlace(running, scan) || !mayClaim(scan.id) || isHeld(scan)) continue;
      if (await claimScan(store, scan.id, scan.owner, owner.id, clock.now())) begin(scan);
    }
  }

  async function stopOthers(): Promise<void> {
    if (running.size === 0) return;
    const isDue = clock.monotonic() - lastHeartbeat >= HEARTBEAT_MS;
    if (isDue) lastHeartbeat = clock.monotonic();
    const owned = isDue ? await sayAlive(options, running) : await ownedScans(store, owner.id);
    const statuses = new Map(owned.map((scan) => [scan.id, scan.status]));
    for (const [scanId, entry] of running) if (isOver(entry, statuses.get(scanId))) entry.stop.abort();
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      let pause = POLL_MS;
      try {
        await stopOthers();
        await claimFree();
        report(null);
      } catch (error) {
        report(error);
        pause = POLL_AFTER_ERROR_MS;
      }
      wakeUp = new AbortController();
      await clock.sleep(pause, AbortSignal.any([wakeUp.signal, stopping.signal]));
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
