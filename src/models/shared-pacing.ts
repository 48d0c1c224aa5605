// Holds `concurrency` and `qpm` of a target over all workers: each holds a share of the one, renewed twice a second, and
// takes places in the row of the other, for as many calls at once as wait.
import type { Clock, PaceLedger, PaceLimits, Pacer, Permit } from '../core/ports.ts';
import { AdaptiveLimit } from './pacing.ts';

const BEAT_MS = 500;
/** What waits by then is asked for together. */
const GATHER_MS = 10;
/** After an error of the database. */
const AGAIN_MS = 500;
/** Others take a share over that was not renewed for 10 s: by then nothing of it may be used any more. */
const SHARE_LASTS_MS = 7_000;

export interface SharedPacerOptions extends PaceLimits {
  readonly ledger: PaceLedger;
  /** Names the target under these limits. */
  readonly key: string;
  /** Names this worker. */
  readonly holder: string;
  readonly clock: Clock;
  /** Aborted when this worker is done: its share is no longer renewed, also where the database cannot be asked. */
  readonly over: AbortSignal;
}

type Waiting = (permitted: boolean) => void;

/** The share of `concurrency`: who waits for a slot, who has one. */
class SharedSlots {
  readonly #options: SharedPacerOptions;
  readonly #adaptive: AdaptiveLimit;
  readonly #waiting = new Set<Waiting>();
  #inFlight = 0;
  #slots = 0;
  /** What the ledger still books as ours: a share that was given up counts until it was said to be out of use. */
  #booked = 0;
  #lastsUntil = Number.NEGATIVE_INFINITY;
  /** Others left less than was wanted: to ask again before the next beat gives no more. */
  #isShort = false;
  #hurry = new AbortController();
  #isBeating = false;
  /** The most that was wanted since the last beat: between two tests nothing is, for a moment. */
  #peak = 0;

  constructor(options: SharedPacerOptions) {
    this.#options = options;
    this.#adaptive = new AdaptiveLimit(options.concurrency);
  }

  /** What may be under way here; where nobody else leaves less than is wanted, all that the target takes. */
  get limit(): number {
    return this.#isShort ? this.#usable : this.#adaptive.value;
  }

  /** What the share allows at this moment, less after many 429. */
  get #usable(): number {
    return Math.ceil((this.#slots * this.#adaptive.value) / this.#options.concurrency);
  }

  get #wanted(): number {
    return this.#inFlight + this.#waiting.size;
  }

  /** False where the signal came first. */
  take(signal: AbortSignal | undefined): Promise<boolean> {
    return new Promise((resolve) => {
      const leave = (): void => {
        this.#waiting.delete(waiting);
        resolve(false);
      };
      const waiting: Waiting = (permitted) => {
        signal?.removeEventListener('abort', leave);
        resolve(permitted);
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiting.add(waiting);
      this.#peak = Math.max(this.#peak, this.#wanted);
      this.#admit();
      if (this.#wanted > this.#slots && !this.#isShort) this.#hurry.abort();
      if (!this.#isBeating) void this.#beat();
    });
  }

  giveBack(): void {
    this.#inFlight -= 1;
    this.#admit();
  }

  record(ok: boolean, rateLimited: boolean): void {
    this.#adaptive.record(ok, rateLimited);
  }

  #admit(): void {
    if (this.#options.clock.monotonic() >= this.#lastsUntil) return;
    for (const waiting of this.#waiting) {
      if (this.#inFlight >= this.#usable) return;
      this.#waiting.delete(waiting);
      this.#inFlight += 1;
      waiting(true);
    }
  }

  /** Renews the share for as long as anything is under way, waits, or is booked. */
  async #beat(): Promise<void> {
    const { clock, over } = this.#options;
    this.#isBeating = true;
    do {
      await clock.sleep(GATHER_MS);
      const isRenewed = await this.#renew();
      this.#hurry = new AbortController();
      this.#admit();
      const hurries = isRenewed ? [this.#hurry.signal, over] : [over];
      await clock.sleep(isRenewed ? BEAT_MS : AGAIN_MS, AbortSignal.any(hurries));
    } while (!over.aborted && (this.#wanted > 0 || this.#booked > 0));
    this.#isBeating = false;
  }

  async #renew(): Promise<boolean> {
    const { ledger, key, holder, concurrency, clock } = this.#options;
    const asked = clock.monotonic();
    const have = {
      inUse: Math.max(this.#inFlight, this.#slots),
      wanted: Math.min(concurrency, Math.max(this.#peak, this.#wanted)),
    };
    this.#peak = 0;
    try {
      this.#slots = await ledger.share(key, holder, have, concurrency);
      this.#booked = Math.max(this.#slots, have.inUse);
      this.#lastsUntil = asked + SHARE_LASTS_MS;
      this.#isShort = this.#slots < have.wanted;
      return true;
    } catch {
      // The database is away: the share lasts a while, then calls wait until it is back.
      return false;
    }
  }
}

/** The row of calls under `qpm`. */
class SharedRow {
  readonly #options: SharedPacerOptions;
  readonly #qpm: number;
  #waiting: ((ms: number) => void)[] = [];
  #isTaking = false;

  constructor(options: SharedPacerOptions, qpm: number) {
    this.#options = options;
    this.#qpm = qpm;
  }

  /** Milliseconds to wait for the place that is hereby taken. */
  take(): Promise<number> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (!this.#isTaking) void this.#takeAll();
    });
  }

  async #takeAll(): Promise<void> {
    const { ledger, key, clock } = this.#options;
    this.#isTaking = true;
    while (this.#waiting.length > 0) {
      await clock.sleep(0);
      const group = this.#waiting;
      this.#waiting = [];
      try {
        const waits = await ledger.reserve(key, this.#qpm, group.length);
        for (const [index, resolve] of group.entries()) resolve(waits[index] ?? 0);
      } catch {
        this.#waiting.unshift(...group);
        await clock.sleep(AGAIN_MS);
      }
    }
    this.#isTaking = false;
  }
}

/** A pacer whose limits hold over every worker that names the same key. */
export function createSharedPacer(options: SharedPacerOptions): Pacer {
  const slots = new SharedSlots(options);
  const row = options.qpm === null ? null : new SharedRow(options, options.qpm);
  const permit: Permit = {
    done({ ok, rateLimited }) {
      slots.record(ok, rateLimited);
      slots.giveBack();
    },
  };
  return {
    limit: () => slots.limit,
    async acquire(signal) {
      if (signal?.aborted || !(await slots.take(signal))) return null;
      const waitMs = (await row?.take()) ?? 0;
      if (waitMs > 0) await options.clock.sleep(waitMs, signal);
      if (!signal?.aborted) return permit;
      slots.giveBack();
      return null;
    },
  };
}
