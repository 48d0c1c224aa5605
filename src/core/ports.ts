// Interfaces that lower floors are given from above: clocks, pacing, waiting. Wired in compose.ts.
import type { ChatAnswer, ChatMessage } from './chat.ts';
import type { Guarded } from './guarding.ts';

/** Time as a value, so that a test can hold it. `now` is milliseconds since 1970, `monotonic` never runs backwards. */
export interface Clock {
  now(): number;
  monotonic(): number;
  /** Resolves after `ms`, or at once when the signal is aborted; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Leave to make one call, taken before it and given back after it. */
export interface Permit {
  /** `rateLimited`: the endpoint answered 429. */
  done(result: { ok: boolean; rateLimited: boolean }): void;
}

/** Holds `concurrency` and `qpm` of one target over everything that calls it. */
export interface Pacer {
  /** Waits for leave; null when the signal was aborted first. */
  acquire(signal?: AbortSignal): Promise<Permit | null>;
  /** Calls that may be in flight at present: `concurrency`, or less after many 429. */
  limit(): number;
}

/** The guard as a scan asks it, under the policies that the scan names. */
export interface ScanGuard {
  /** Whether these messages, or this answer to them, would be stopped. */
  check(
    messages: readonly ChatMessage[],
    answer: ChatAnswer | null,
  ): Promise<Pick<Guarded, 'policies'> & { stopped: boolean }>;
}
