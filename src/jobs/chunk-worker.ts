// Takes chunks of scans out of the queue and has them run, as many as there is room for, each scan its share.
import type { Clock, Queue } from '../core/ports.ts';
import { activeScans } from '../store/scans.ts';
import type { Store } from '../store/store.ts';
import { createErrorReport } from './error-report.ts';
import { type ChunkSession, OpenScan } from './open-scan.ts';
import { inOrderOfShares, type Wanting } from './shares.ts';

/** Also how long a pause may take to be seen: well below the 2 s that are promised. */
const LOOK_MS = 500;
const LOOK_AFTER_ERROR_MS = 1_000;
/** A chunk goes to another worker after 10 s without a sign. */
const HOLD_MS = 3_000;
/** What has had nothing to do for so long gives up its connections. */
const IDLE_MS = 3_000;
const MOST_SCANS_AT_ONCE = 16;
const MOST_CHUNKS_AT_ONCE = 8;
/** Chunks that a scan may take while others wait for its place. */
const TURN_CHUNKS = 5;
const TESTS_PER_CHUNK = 100;

export interface ChunkWorkerOptions {
  readonly store: Store;
  readonly queue: Queue;
  readonly clock: Clock;
  /** Null where the scan is gone. `onRoom` is called when there is room for more. */
  readonly openSession: (scanId: string, onRoom: () => void) => Promise<ChunkSession | null>;
  /** Only chunks of this scan are taken. */
  readonly only?: string;
  readonly onError: (error: unknown) => void;
}

export interface ChunkWorker {
  /** Stops asking, waits for what is under way, gives the rest back. */
  stop(): Promise<void>;
}

type Active = Awaited<ReturnType<typeof activeScans>>[number];

class Worker implements ChunkWorker {
  readonly #options: ChunkWorkerOptions;
  readonly #report: (error: unknown) => void;
  readonly #open = new Map<string, OpenScan>();
  /** Since when a scan has had nothing to do here. */
  readonly #idleSince = new Map<string, number>();
  readonly #stopping = new AbortController();
  readonly #ended: Promise<void>;
  #wakeUp = new AbortController();
  #lastHold: number;

  constructor(options: ChunkWorkerOptions) {
    this.#options = options;
    this.#report = createErrorReport(options.onError);
    this.#lastHold = options.clock.monotonic();
    this.#ended = this.#loop();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const scan of this.#open.values()) scan.stop();
    await this.#ended;
    // One may have been opened in the last look.
    for (const scan of this.#open.values()) scan.stop();
    await Promise.all([...this.#open.values()].map((scan) => scan.ended()));
    await Promise.all([...this.#open.values()].map((scan) => scan.close()));
  }

  async #loop(): Promise<void> {
    const { clock } = this.#options;
    while (!this.#stopping.signal.aborted) {
      let pause = LOOK_MS;
      this.#wakeUp = new AbortController();
      try {
        await this.#look();
        this.#report(null);
      } catch (error) {
        this.#report(error);
        pause = LOOK_AFTER_ERROR_MS;
      }
      await clock.sleep(pause, AbortSignal.any([this.#wakeUp.signal, this.#stopping.signal]));
    }
  }

  async #look(): Promise<void> {
    const { store, only } = this.#options;
    const all = await activeScans(store);
    const active = all.filter(({ id, status }) => status === 'Scanning' && (only ?? id) === id);
    this.#endOver(active);
    await this.#hold();
    await this.#closeIdle();
    await this.#takeAll(active);
  }

  #endOver(active: readonly Active[]): void {
    const byId = new Map(active.map((scan) => [scan.id, scan]));
    for (const [scanId, scan] of this.#open) if (byId.get(scanId)?.resumes !== scan.resumes) scan.endOver();
  }

  async #hold(): Promise<void> {
    const { clock } = this.#options;
    if (clock.monotonic() - this.#lastHold < HOLD_MS) return;
    for (const scan of this.#open.values()) await scan.hold();
    this.#lastHold = clock.monotonic();
  }

  async #closeIdle(): Promise<void> {
    const now = this.#options.clock.monotonic();
    for (const [scanId, scan] of this.#open) {
      if (!scan.isAtRest) this.#idleSince.delete(scanId);
      const since = this.#idleSince.get(scanId) ?? now;
      if (!scan.isDone && now - since < IDLE_MS) continue;
      this.#open.delete(scanId);
      this.#idleSince.delete(scanId);
      await scan.close();
    }
  }

  async #takeAll(active: readonly Active[]): Promise<void> {
    const empty = new Set<string>();
    for (;;) {
      const next = inOrderOfShares(this.#wanting(active)).find(({ scanId }) => !empty.has(scanId));
      const scan = active.find(({ id }) => id === next?.scanId);
      if (next === undefined || scan === undefined || this.#stopping.signal.aborted) return;
      if (!(await this.#takeFor(scan, next.room))) empty.add(scan.id);
    }
  }

  /** Scans that could give more, each with the room that it has here. */
  #wanting(active: readonly Active[]): Wanting[] {
    const isCrowded = active.length > MOST_SCANS_AT_ONCE;
    const roomOf = (scan: OpenScan | undefined): number => {
      if (scan === undefined) return this.#open.size < MOST_SCANS_AT_ONCE ? TESTS_PER_CHUNK : 0;
      return isCrowded && scan.taken >= TURN_CHUNKS ? 0 : scan.room;
    };
    return active.map(({ id, project_id: projectId }) => {
      const scan = this.#open.get(id);
      return { scanId: id, projectId, room: roomOf(scan), inHand: scan?.inHand ?? 0 };
    });
  }

  /** False where the scan has no chunk to give. */
  async #takeFor(scan: Active, room: number): Promise<boolean> {
    const { queue, clock } = this.#options;
    const taken = await queue.take(scan.id, Math.min(MOST_CHUNKS_AT_ONCE, Math.ceil(room / TESTS_PER_CHUNK)));
    if (taken.length === 0) {
      if (this.#open.get(scan.id)?.isAtRest && !this.#idleSince.has(scan.id))
        this.#idleSince.set(scan.id, clock.monotonic());
      return false;
    }
    const isCurrent = (chunk: { readonly resumes: number }): boolean => chunk.resumes === scan.resumes;
    const open = taken.some(({ chunk }) => isCurrent(chunk)) ? await this.#openFor(scan) : null;
    for (const each of taken) {
      if (open !== null && isCurrent(each.chunk)) open.begin(each);
      else await queue.done(scan.id, each);
    }
    return true;
  }

  async #openFor({ id: scanId, resumes }: Active): Promise<OpenScan | null> {
    const known = this.#open.get(scanId);
    if (known) return known;
    const onEnd = (): void => this.#wakeUp.abort();
    const session = await this.#options.openSession(scanId, onEnd);
    if (session === null) return null;
    const { queue } = this.#options;
    const scan = new OpenScan({ scanId, resumes, session, queue, report: this.#report, onEnd });
    this.#open.set(scanId, scan);
    return scan;
  }
}

export const startChunkWorker = (options: ChunkWorkerOptions): ChunkWorker => new Worker(options);
