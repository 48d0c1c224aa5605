// Scan counts of a billing cycle, of all time, or of a custom range: pure.
import type { UsageBody } from './schema.ts';

/** Microseconds as the document writes them; our clock counts milliseconds. `last` of a cycle ends in nines. */
const micros = (ms: number, last = false): string => new Date(ms).toISOString().replace('Z', last ? '999Z' : '000Z');

interface Period {
  readonly start: number;
  readonly end: number;
}

function cycleOf(now: number): Period {
  const date = new Date(now);
  const start = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  return { start, end: Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) - 1 };
}

/** `finished` are the times at which scans finished, ascending. */
function periodOf(body: UsageBody, finished: readonly number[], now: number): Period | null {
  if (body.mode === 'current_billing_cycle') return cycleOf(now);
  const first = finished[0];
  const last = finished.at(-1);
  if (body.mode === 'all_time') return first === undefined || last === undefined ? null : { start: first, end: last };
  const start = body.start ?? first;
  const end = body.end ?? last;
  // The side that was left out is filled by a scan: where none lies on the other side, there is no period.
  return start === undefined || end === undefined || start > end ? null : { start, end };
}

export function usageAnswer(
  body: UsageBody,
  userId: string,
  finished: readonly number[],
  now: number,
): Record<string, unknown> {
  const period = periodOf(body, finished, now);
  const inside = period === null ? [] : finished.filter((time) => time >= period.start && time <= period.end);
  const isCycle = body.mode === 'current_billing_cycle';
  return {
    user_id: userId,
    mode: body.mode,
    period:
      period === null || finished.length === 0
        ? null
        : { start: micros(period.start), end: micros(period.end, isCycle) },
    total_scans: inside.length,
    as_of: micros(now),
  };
}
