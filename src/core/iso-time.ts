// Times as they are written: ISO 8601 in UTC.

/** Milliseconds since 1970 as e.g. "2026-03-01T10:20:30.400Z"; null stays null. PostgreSQL gives large numbers as text. */
export function isoTime(ms: number): string;
export function isoTime(ms: number | null): string | null;
export function isoTime(ms: number | null): string | null {
  return ms === null ? null : new Date(Number(ms)).toISOString();
}
