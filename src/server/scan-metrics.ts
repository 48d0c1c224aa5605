// The part of `/metrics` that speaks of scans: counted from the database, so that every server says the same.
import type { ScanFigures } from '../store/scan-figures.ts';
import { metric } from './prometheus.ts';

/** "rate_limited 429": what came of a call, and the HTTP status where there was one. */
export function callLabels(result: string): Record<string, string> {
  const [kind = result, status = ''] = result.split(' ');
  return { result: kind, status };
}

/** Prometheus' text format. Deleting a scan takes its tests and calls out of the sums: a counter may so fall. */
export function scanMetricsText({ scans, outcomes, calls, testsLeft, queue }: ScanFigures): string {
  const lines = [
    ...metric(
      'redoubt_scans',
      'gauge',
      'Scans by status.',
      scans.map(({ status, n }) => ({ labels: { status }, value: n })),
    ),
    ...metric('redoubt_tests_left', 'gauge', 'Tests of scans under way without a result.', [{ value: testsLeft }]),
    ...metric(
      'redoubt_tests_total',
      'counter',
      'Tests with a result, by verdict.',
      outcomes.map(({ outcome, n }) => ({ labels: { outcome }, value: n })),
    ),
    ...metric(
      'redoubt_target_calls_total',
      'counter',
      'Calls to targets by what came of them; all but ok are tried again where that may help.',
      calls.map(({ result, n }) => ({ labels: callLabels(result), value: n })),
    ),
    ...(queue === null
      ? []
      : [
          ...metric('redoubt_queue_chunks', 'gauge', 'Chunks of scans in the queue.', [
            { labels: { state: 'waiting' }, value: queue.waiting },
            { labels: { state: 'taken' }, value: queue.taken },
          ]),
          ...metric('redoubt_queue_lag_seconds', 'gauge', 'How long the oldest chunk has waited.', [
            { value: queue.oldestSeconds },
          ]),
        ]),
  ];
  return `${lines.join('\n')}\n`;
}
