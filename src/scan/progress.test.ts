import { describe, expect, it } from 'vitest';
import type { CounterRow, ScanRow } from '../store/schema.ts';
import { progressOf } from './progress.ts';

const NOW = Date.UTC(2026, 0, 15, 12);

const row = (changes: Partial<ScanRow> = {}): ScanRow =>
  ({
    id: 'one',
    name: 'a scan',
    status: 'Scanning',
    reason: null,
    request: JSON.stringify({ target: { concurrency: 4, qpm: null }, labels: { application_id: 'app' } }),
    planned: 100,
    planned_all: 120,
    created_at: NOW - 60_000,
    started_at: NOW - 50_000,
    active_ms: 10_000,
    heartbeat_at: NOW,
    ...changes,
  }) as ScanRow;

const withQpm = (qpm: number): Partial<ScanRow> => ({
  request: JSON.stringify({ target: { concurrency: 4, qpm }, labels: {} }),
});

const counter = (n: number, changes: Partial<CounterRow> = {}): CounterRow => ({
  scan_id: 'one',
  role: 'case',
  dataset: 'bias',
  attack: 'direct',
  outcome: 'defended',
  n,
  ...changes,
});

describe('progress', () => {
  it('counts ordinary cases of this scan alone', () => {
    const counters = [
      counter(10),
      counter(5, { outcome: 'breached' }),
      counter(3, { outcome: 'inconclusive' }),
      counter(7, { role: 'twin' }),
      counter(9, { role: 'control' }),
      counter(99, { scan_id: 'another' }),
    ];
    expect(progressOf(row(), counters, NOW)).toMatchObject({
      done: 18,
      decided: 15,
      planned: 100,
      percentage: 18,
      byOutcome: { defended: 10, breached: 5, inconclusive: 3, partial: 0, refused: 0, unjudged: 0 },
      labels: { application_id: 'app' },
    });
  });

  it.each<[string, Partial<ScanRow>, number, number]>([
    ['by what a test took so far', {}, 60, 10],
    ['by an assumed second a call before the first answer', { active_ms: 0 }, 0, 30],
    ['as at least a second while anything is left', { active_ms: 1 }, 119, 1],
    ['as nothing at the end', { status: 'Finished' }, 119, 0],
    ['as nothing once it has failed', { status: 'Failed' }, 60, 0],
    ['as nothing once it broke off', { status: 'Error' }, 60, 0],
    ['as no less than the calls a minute allow', withQpm(30), 60, 120],
    ['by what a test took where that is slower than the calls a minute', withQpm(3_000), 60, 10],
    ['as nothing once all tests are stored', {}, 120, 0],
    ['also while it is paused', { status: 'Paused', heartbeat_at: null }, 60, 10],
    ['with the time since the last heartbeat', { heartbeat_at: NOW - 2_000 }, 60, 12],
    ['without taking a clock that was set for time', { heartbeat_at: NOW - 3_600_000 }, 60, 13],
    ['without going backwards with a clock', { heartbeat_at: NOW + 3_600_000 }, 60, 10],
  ])('estimates what remains %s', (_, changes, done, seconds) => {
    expect(progressOf(row(changes), [counter(done)], NOW).remainingSeconds).toBe(seconds);
  });

  it('is complete where nothing was planned', () => {
    expect(progressOf(row({ planned: 0, planned_all: 0 }), [], NOW)).toMatchObject({
      percentage: 100,
      remainingSeconds: 0,
    });
  });
});
