// Whether a call is tried again, and when: values in, values out.

/** Answers after which any call may be sent again: the server did nothing with it. */
const refusedForNow: ReadonlySet<number> = new Set([429, 503]);
/** Answers of something between us and the server, which may have done its work. */
const fromBetween: ReadonlySet<number> = new Set([502, 504]);

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;
/** A server that asks for more is told of at once, rather than waited for. */
export const LONGEST_RETRY_AFTER_MS = 60_000;

export const isTriedAgain = (status: number, method: string): boolean =>
  refusedForNow.has(status) || (fromBetween.has(status) && method !== 'POST');

/** Milliseconds that a `Retry-After` header asks for, as seconds or as a date; null where it says nothing. */
export function readRetryAfter(header: string | null, now: number): number | null {
  if (header === null || header.trim() === '') return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds * 1000 : null;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

/**
 * Milliseconds before try `tried + 1`: what the server asks for, else doubling from 0.5 to 8 s with jitter (`random` in
 * 0..1); null where it asks for more than a minute.
 */
export function waitBefore(tried: number, retryAfterMs: number | null, random: number): number | null {
  if (retryAfterMs !== null) return retryAfterMs <= LONGEST_RETRY_AFTER_MS ? retryAfterMs : null;
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tried - 1)) * (0.5 + random / 2);
}
