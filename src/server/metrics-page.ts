// `/metrics`: what each detector of the guard did since the start, and how all scans stand, in Prometheus' text format
// (version 0.0.4).
import type { FastifyInstance } from 'fastify';
import type { Caller } from '../access/keys.ts';
import { type DetectorFigures, type GuardMetrics, timeBounds } from '../guard/metrics.ts';
import { scanFigures } from '../store/scan-figures.ts';
import type { Store } from '../store/store.ts';
import { addMetricsRoute, histogram, metric } from './prometheus.ts';
import { scanMetricsText } from './scan-metrics.ts';

type Figures = ReturnType<GuardMetrics['byDetector']>;

interface Counter {
  readonly name: string;
  readonly help: string;
  readonly of: (figures: Readonly<DetectorFigures>) => number;
}

const counters: readonly Counter[] = [
  { name: 'asked', help: 'How often the detector was asked.', of: ({ asked }) => asked },
  { name: 'detected', help: 'How often it found something.', of: ({ detected }) => detected },
  { name: 'undecided', help: 'How often it could not decide.', of: ({ undecided }) => undecided },
];

/** Prometheus counts in seconds, the guard in milliseconds. */
const boundsInSeconds = timeBounds.map((ms) => ms / 1000);

export function metricsText(figures: Figures): string {
  const each = [...figures];
  const lines = counters.flatMap(({ name, help, of }) =>
    metric(
      `redoubt_guard_${name}_total`,
      'counter',
      help,
      each.map(([detector, held]) => ({ labels: { detector }, value: of(held) })),
    ),
  );
  const times = histogram(
    'redoubt_guard_seconds',
    'How long the detector took.',
    boundsInSeconds,
    each.map(([detector, { times: classes, ms, asked: n }]) => ({ labels: { detector }, classes, sum: ms / 1000, n })),
  );
  return `${[...lines, ...times].join('\n')}\n`;
}

/** Nothing where the database does not answer: `/readyz` says so, and the guard's own figures are there all the same. */
const scansText = (store: Store): Promise<string> => scanFigures(store).then(scanMetricsText, () => '');

export function addMetricsPage(
  app: FastifyInstance,
  services: {
    readonly guard: { readonly metrics: GuardMetrics };
    readonly store: Store;
    readonly callerOf: (key: string) => Promise<Caller>;
  },
): void {
  addMetricsRoute(
    app,
    services.callerOf,
    async () => metricsText(services.guard.metrics.byDetector()) + (await scansText(services.store)),
  );
}
