// How far a scan is: pure, from its row and its counters.
import { isDecided, type Outcome, outcomes } from '../core/outcome.ts';
import { isActive, type ScanStatus } from '../core/scan-status.ts';
import type { CounterRow, ScanRow } from '../store/schema.ts';
import { ASSUMED_CALL_SECONDS, foreseenSeconds } from './foreseen-time.ts';
import { paceOf, type ScanSpec, specOf } from './spec.ts';

/** `done` and `planned` count ordinary cases; twins and controls are asked beside them. */
export interface Progress {
  readonly scanId: string;
  readonly name: string;
  readonly status: ScanStatus;
  readonly reason: string | null;
  readonly planned: number;
  readonly done: number;
  readonly decided: number;
  readonly byOutcome: Readonly<Record<Outcome, number>>;
  /** Whole seconds; 0 once the scan has ended. */
  readonly remainingSeconds: number;
  /** 0..100. */
  readonly percentage: number;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly labels: ScanSpec['labels'];
}

/** Workers add the time they have worked at every heartbeat, every 2 s; a little more for a slow one. */
export const MOST_UNCOUNTED_MS = 3_000;

function remaining(row: ScanRow, spec: ScanSpec, allDone: number, now: number): number {
  const left = row.planned_all - allDone;
  const goesOn = isActive(row.status) || row.status === 'Paused';
  if (!goesOn || left <= 0) return 0;
  // Since the last heartbeat; never more than between two of them, however a clock was set meanwhile.
  const isWorkedOn = row.status === 'Scanning' && row.heartbeat_at !== null;
  const runningMs = isWorkedOn ? Math.min(MOST_UNCOUNTED_MS, Math.max(0, now - (row.heartbeat_at ?? now))) : 0;
  const spentSeconds = (row.active_ms + runningMs) / 1000;
  const secondsPerTest = allDone === 0 ? ASSUMED_CALL_SECONDS : (spentSeconds * spec.target.concurrency) / allDone;
  // A test is at least one call.
  const { byAnswers, byRate } = foreseenSeconds(left, secondsPerTest, paceOf(spec));
  const bound = spec.bounds?.maxSeconds ?? null;
  const atMost = bound === null ? Number.POSITIVE_INFINITY : bound - spentSeconds;
  return Math.max(1, Math.ceil(Math.min(Math.max(byAnswers, byRate), atMost)));
}

export function progressOf(row: ScanRow, counters: readonly CounterRow[], now: number): Progress {
  const own = counters.filter((counter) => counter.scan_id === row.id);
  const cases = own.filter((counter) => counter.role === 'case');
  const sum = (rows: readonly CounterRow[]): number => rows.reduce((total, counter) => total + counter.n, 0);
  const byOutcome = Object.fromEntries(
    outcomes.map((outcome) => [outcome, sum(cases.filter((counter) => counter.outcome === outcome))]),
  ) as Record<Outcome, number>;
  const done = sum(cases);
  const spec = specOf(row);
  return {
    scanId: row.id,
    name: row.name,
    status: row.status,
    reason: row.reason,
    planned: row.planned,
    done,
    decided: sum(cases.filter((counter) => isDecided(counter.outcome))),
    byOutcome,
    remainingSeconds: remaining(row, spec, sum(own), now),
    percentage: row.planned === 0 ? 100 : (100 * done) / row.planned,
    createdAt: row.created_at,
    startedAt: row.started_at,
    labels: spec.labels,
  };
}
