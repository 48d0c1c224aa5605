// A clock that a test moves: time passes only in `advance`, and the time of day can be set as a person sets it.
import type { Clock } from '../../src/core/ports.ts';

export interface ManualClock extends Clock {
  /** Lets time pass in small steps, so that whoever sleeps wakes in order and does its work in between. */
  advance(ms: number): Promise<void>;
  /** A view of the same time whose time of day differs by `offset()` milliseconds. */
  seenFrom(offset: () => number): Clock;
}

const STEP_MS = 50;
const START = Date.UTC(2026, 0, 15, 12);

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

export function manualClock(): ManualClock {
  let passed = 0;
  const sleepers = new Set<Sleeper>();
  const clock: Clock = {
    now: () => START + passed,
    monotonic: () => passed,
    sleep(ms, signal) {
      if (signal?.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = (): void => {
          sleepers.delete(sleeper);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const sleeper = { due: passed + ms, wake };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', wake, { once: true });
      });
    },
  };
  return {
    ...clock,
    async advance(ms) {
      for (const end = passed + ms; passed < end; ) {
        passed += STEP_MS;
        for (const sleeper of sleepers) if (sleeper.due <= passed) sleeper.wake();
        // Two turns of the event loop: the work that was woken is done with its statements.
        for (let turn = 0; turn < 2; turn++) await new Promise(setImmediate);
      }
    },
    seenFrom: (offset) => ({ ...clock, now: () => clock.now() + offset() }),
  };
}
