// Interfaces that lower floors are given from above: clocks, pacing, waiting. Wired in compose.ts.
import type { ChatAnswer, ChatMessage } from './chat.ts';
import type { Guarded, HeldPolicy } from './guarding.ts';

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

/** How often and how many at once one target may be called; `qpm` null: no cap. */
export interface PaceLimits {
  readonly concurrency: number;
  readonly qpm: number | null;
}

/** Where workers share the limits of their targets; a key names one target under one pair of limits. */
export interface PaceLedger {
  /** Says what `holder` uses and wants, gives how many calls it may have under way until the next time. */
  share(key: string, holder: string, have: PaceShare, concurrency: number): Promise<number>;
  /** Takes the next `calls` places in the row of calls under `qpm`; milliseconds until each may go out. */
  reserve(key: string, qpm: number, calls: number): Promise<number[]>;
}

export interface PaceShare {
  /** Calls that may be under way until the answer comes: never less than those that are. */
  readonly inUse: number;
  /** Calls under way and waiting, at the most since the last time. */
  readonly wanted: number;
}

/** A stretch of a scan's plan, handed to one worker at a time. */
export interface Chunk {
  readonly scanId: string;
  /** How often the scan had been resumed when it was cut. */
  readonly resumes: number;
  /** Test numbers from `from` to before `to`. */
  readonly from: number;
  readonly to: number;
  /** Where in the plan test `from` is found. */
  readonly dataset: number;
  readonly position: number;
}

/** A chunk in hand; `hold` tells it from the same chunk in another hand. */
export interface TakenChunk {
  readonly id: string;
  readonly hold: number;
  readonly chunk: Chunk;
}

/** What of a scan's chunks is still to be done. */
export interface QueueDepth {
  readonly waiting: number;
  readonly taken: number;
  /** Given up after many attempts: what the last one said. */
  readonly failed: string | null;
}

/** Hands the chunks of scans to workers, each to one at a time; what a dead worker held comes again. */
export interface Queue {
  /** Chunks that wait or are in hand already stay as they are. */
  put(scanId: string, chunks: readonly Chunk[]): Promise<void>;
  /** At most `most` chunks of a scan. */
  take(scanId: string, most: number): Promise<TakenChunk[]>;
  /** Says that chunks are being worked on; gives the ids of those that are still held. */
  hold(scanId: string, taken: readonly TakenChunk[]): Promise<ReadonlySet<string>>;
  done(scanId: string, taken: TakenChunk): Promise<void>;
  /** Lets another worker have it, at once. */
  giveBack(scanId: string, taken: TakenChunk, reason: string): Promise<void>;
  depth(scanId: string): Promise<QueueDepth>;
  /** Scans that it has chunks of, or had and has not forgotten. */
  scans(): Promise<string[]>;
  /** Forgets all chunks of a scan. */
  clear(scanId: string): Promise<void>;
  close(): Promise<void>;
}

/** The guard as a scan asks it, under the policies that the scan names. */
export interface ScanGuard {
  /** Whether these messages, or this answer to them, would be stopped; `undecided`: a detector that failed decides that. */
  check(
    messages: readonly ChatMessage[],
    answer: ChatAnswer | null,
  ): Promise<Pick<Guarded, 'policies'> & { readonly stopped: boolean; readonly undecided: boolean }>;
  /** The policies that it holds to at this moment. */
  held(): Promise<readonly HeldPolicy[]>;
}
