// Remembers for a moment who a key belongs to: the guard is asked hundreds of times a second with the same one.
import { hash } from 'node:crypto';
import type { Clock } from '../core/ports.ts';
import type { Caller } from './keys.ts';

/** So long a key may still be taken after it was revoked. */
const REMEMBERED_MS = 1000;
const MOST_REMEMBERED = 1000;

/** The same as `callerOf`, which is asked at most once a second for each key. Refusals are never remembered. */
export function rememberingCallers(
  callerOf: (key: string) => Promise<Caller>,
  clock: Clock,
): (key: string) => Promise<Caller> {
  const known = new Map<string, { readonly caller: Caller; readonly until: number }>();
  return async (key) => {
    const place = hash('sha256', key, 'base64');
    const held = known.get(place);
    const now = clock.monotonic();
    if (held && held.until > now) return held.caller;
    known.delete(place);
    const caller = await callerOf(key);
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(place, { caller, until: now + REMEMBERED_MS });
    return caller;
  };
}
