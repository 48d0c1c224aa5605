import { describe, expect, it } from 'vitest';
import { scanMetricsText } from './scan-metrics.ts';

const figures = {
  scans: [{ status: 'Scanning', n: 2 }],
  outcomes: [{ outcome: 'breached', n: 5 }],
  calls: [
    { result: 'ok', n: 90 },
    { result: 'rate_limited 429', n: 7 },
  ],
  testsLeft: 40,
  queue: { waiting: 3, taken: 1, oldestSeconds: 2.5 },
} as const;

describe('the metrics of scans', () => {
  it('hold depth, lag, verdicts, calls and refusals by rate', () => {
    const text = scanMetricsText(figures);
    for (const line of [
      'redoubt_scans{status="Scanning"} 2',
      'redoubt_tests_left 40',
      'redoubt_tests_total{outcome="breached"} 5',
      'redoubt_target_calls_total{result="ok",status=""} 90',
      'redoubt_target_calls_total{result="rate_limited",status="429"} 7',
      'redoubt_queue_chunks{state="waiting"} 3',
      'redoubt_queue_lag_seconds 2.5',
    ])
      expect(text.split('\n')).toContain(line);
  });

  it('name each metric once, with help and kind before its values', () => {
    const names = scanMetricsText(figures)
      .split('\n')
      .filter((line) => line.startsWith('# TYPE'))
      .map((line) => line.split(' ')[2]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('say nothing of a queue where none is shared', () => {
    expect(scanMetricsText({ ...figures, queue: null })).not.toContain('redoubt_queue');
  });
});
