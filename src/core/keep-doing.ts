// Work of the background that comes round again and again until it is told to stop.
import type { Clock } from './ports.ts';

export interface Round {
  /** Between the end of one round and the start of the next. */
  readonly everyMs: number;
  readonly clock: Clock;
  readonly stop: AbortSignal;
  /** A round that failed ends nothing. */
  readonly onError: (error: unknown) => void;
}

/** Does it at once and then again and again. Resolves once it is stopped and the round under way has ended. */
export async function keepDoing(work: () => Promise<unknown>, { everyMs, clock, stop, onError }: Round): Promise<void> {
  while (!stop.aborted) {
    await work().catch(onError);
    await clock.sleep(everyMs, stop);
  }
}
