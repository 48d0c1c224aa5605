// How many requests a minute: a bucket a name, which holds a minute's worth and refills evenly (GCRA, ITU-T I.371).
import type { Clock } from '../core/ports.ts';
import { takeFromLimit } from '../store/limits.ts';
import type { Store } from '../store/store.ts';

const MINUTE_MS = 60_000;
const MOST_REMEMBERED = 10_000;

export interface Limiter {
  /** Takes one request out of the bucket. Gives null, or after how many milliseconds there will be one. */
  take(name: string, perMinute: number): Promise<number | null>;
}

/** Counts in this process alone. */
export function memoryLimiter(clock: Pick<Clock, 'monotonic'>): Limiter {
  const fullAt = new Map<string, number>();
  return {
    async take(name, perMinute) {
      const now = clock.monotonic();
      const next = Math.max(fullAt.get(name) ?? now, now) + MINUTE_MS / perMinute;
      if (next > now + MINUTE_MS) return next - now - MINUTE_MS;
      if (fullAt.size >= MOST_REMEMBERED) for (const [each, at] of fullAt) if (at <= now) fullAt.delete(each);
      fullAt.set(name, next);
      return null;
    },
  };
}

/** Counts over all servers on one PostgreSQL; SQLite has one server only. */
export const limiterOver = (store: Store, clock: Clock): Limiter =>
  store.kind === 'sqlite'
    ? memoryLimiter(clock)
    : {
        take: (name, perMinute) =>
          takeFromLimit(store, name, { now: clock.now(), cost: MINUTE_MS / perMinute, window: MINUTE_MS }),
      };
