// Holds `concurrency` and `qpm` of one target within this process (design.md "How a scan runs").
import type { Clock, Pacer, Permit } from '../core/ports.ts';

const WINDOW_CALLS = 50;
const TOO_MANY_SHARE = 0.2;
const SHRINK = 0.75;
const GOOD_CALLS_TO_GROW = 50;
const MINUTE_MS = 60_000;
const BURST_MS = 1_000;

/**
 * Calls that may be in flight: falls by a quarter when over 20 % of the last 50 calls were answered 429, grows by one
 * per 50 good ones, never above `concurrency`.
 */
export class AdaptiveLimit {
  readonly #ceiling: number;
  #limit: number;
  #recent: boolean[] = [];
  #good = 0;

  constructor(concurrency: number) {
    this.#ceiling = concurrency;
    this.#limit = concurrency;
  }

  get value(): number {
    return this.#limit;
  }

  record(ok: boolean, rateLimited: boolean): void {
    this.#recent.push(rateLimited);
    if (this.#recent.length > WINDOW_CALLS) this.#recent.shift();
    const limited = this.#recent.filter(Boolean).length;
    if (this.#recent.length === WINDOW_CALLS && limited > WINDOW_CALLS * TOO_MANY_SHARE) {
      this.#limit = Math.max(1, Math.floor(this.#limit * SHRINK));
      this.#recent = [];
      this.#good = 0;
    } else if (ok && this.#limit < this.#ceiling) {
      this.#good += 1;
      if (this.#good < GOOD_CALLS_TO_GROW) return;
      this.#limit += 1;
      this.#good = 0;
    }
  }
}

/**
 * When the next call may go out under `qpm` calls a minute: evenly spaced, with a burst of one second's worth
 * (generic cell rate algorithm, ITU-T I.371), so that no sliding minute holds more than qpm and that burst.
 */
export class EvenRate {
  readonly #intervalMs: number;
  readonly #toleranceMs: number;
  #theoretical = Number.NEGATIVE_INFINITY;

  constructor(qpm: number) {
    this.#intervalMs = MINUTE_MS / qpm;
    this.#toleranceMs = Math.max(0, BURST_MS - this.#intervalMs);
  }

  /** Milliseconds to wait at `now` for the slot that is hereby taken. */
  take(now: number): number {
    const start = Math.max(this.#theoretical, now);
    this.#theoretical = start + this.#intervalMs;
    return Math.max(0, start - this.#toleranceMs - now);
  }
}

interface Waiting {
  resolve(permitted: boolean): void;
}

/** A pacer for everything in this process that calls one target. `qpm` null: no cap. */
export function createPacer(options: { concurrency: number; qpm: number | null; clock: Clock }): Pacer {
  const limit = new AdaptiveLimit(options.concurrency);
  const rate = options.qpm === null ? null : new EvenRate(options.qpm);
  const queue: Waiting[] = [];
  let inFlight = 0;

  const admit = (): void => {
    while (inFlight < limit.value && queue.length > 0) {
      inFlight += 1;
      queue.shift()?.resolve(true);
    }
  };

  const permit: Permit = {
    done({ ok, rateLimited }) {
      inFlight -= 1;
      limit.record(ok, rateLimited);
      admit();
    },
  };

  function slot(signal: AbortSignal | undefined): Promise<boolean> {
    if (inFlight < limit.value) {
      inFlight += 1;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const waiting: Waiting = {
        resolve(permitted) {
          signal?.removeEventListener('abort', leave);
          resolve(permitted);
        },
      };
      const leave = (): void => {
        queue.splice(queue.indexOf(waiting), 1);
        resolve(false);
      };
      signal?.addEventListener('abort', leave, { once: true });
      queue.push(waiting);
    });
  }

  return {
    limit: () => limit.value,
    async acquire(signal) {
      if (signal?.aborted || !(await slot(signal))) return null;
      const waitMs = rate?.take(options.clock.monotonic()) ?? 0;
      if (waitMs > 0) await options.clock.sleep(waitMs, signal);
      if (!signal?.aborted) return permit;
      inFlight -= 1;
      admit();
      return null;
    },
  };
}
