// The real clock.
import type { Clock } from './ports.ts';

// Longer timers fire at once (2^31 - 1 ms is the most that a timer takes): long waits are made of several.
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep(ms, signal) {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const wait = (left: number): NodeJS.Timeout =>
        setTimeout(
          () => {
            if (left <= LONGEST_TIMER_MS) done();
            else timer = wait(left - LONGEST_TIMER_MS);
          },
          Math.min(left, LONGEST_TIMER_MS),
        );
      let timer = wait(ms);
      signal?.addEventListener('abort', done, { once: true });
    });
  },
};
