// Who a key belongs to, as every face asks with each request: remembered for a moment, within the key's limit, and the
// time of its use written in batches. The guard is asked hundreds of times a second with the same key.
import { RedoubtError, rateLimited } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import { keyByHash, touchKeys } from '../store/access.ts';
import type { KeyRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { type Caller, callerOfRow, hashOf, isValid } from './keys.ts';
import type { Limiter } from './limiter.ts';

/** So long a key may still be taken after another process revoked it; what this process revokes ends at once. */
const REMEMBERED_MS = 1000;
const MOST_REMEMBERED = 1000;
const WRITE_EVERY_MS = 10_000;

export interface Keyring {
  /** Throws WRONG_KEY for an unknown, revoked or expired key, RATE_LIMITED for one that asks too often. */
  callerOf(key: string): Promise<Caller>;
  /** Forgets what is remembered: a key was revoked here. */
  forget(): void;
  /** Writes when keys were used. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

interface Held {
  readonly row: KeyRow;
  readonly caller: Caller;
  readonly until: number;
}

export function createKeyring(store: Store, clock: Clock, limiter: Limiter): Keyring {
  const known = new Map<string, Held>();
  let used = new Map<string, number>();
  const flush = async (): Promise<void> => {
    const written = used;
    used = new Map();
    await touchKeys(store, written);
  };
  const timer = setInterval(() => void flush().catch(() => undefined), WRITE_EVERY_MS);
  timer.unref();

  async function lookUp(hash: string): Promise<Held> {
    const row = await keyByHash(store, hash);
    if (!isValid(row, clock.now())) throw new RedoubtError('WRONG_KEY');
    const held = { row, caller: callerOfRow(row), until: clock.monotonic() + REMEMBERED_MS };
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(hash, held);
    return held;
  }

  return {
    async callerOf(key) {
      const hash = hashOf(key);
      let held = known.get(hash);
      if (held === undefined || held.until <= clock.monotonic() || !isValid(held.row, clock.now())) {
        known.delete(hash);
        held = await lookUp(hash);
      }
      const { row, caller } = held;
      if (row.rate_limit !== null) {
        const wait = await limiter.take(`key:${row.id}`, row.rate_limit);
        if (wait !== null) throw rateLimited('with this API key', wait);
      }
      used.set(row.id, clock.now());
      return caller;
    },
    forget: () => known.clear(),
    flush,
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}
