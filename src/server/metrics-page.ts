// `/metrics`: what each detector of the guard did since the start, and how all scans stand, in Prometheus' text format
// (version 0.0.4).
import type { FastifyInstance } from 'fastify';
import type { Caller } from '../access/keys.ts';
import { isLocal } from '../access/local.ts';
import { RedoubtError } from '../core/errors.ts';
import { type DetectorFigures, type GuardMetrics, timeBounds } from '../guard/metrics.ts';
import { scanFigures } from '../store/scan-figures.ts';
import type { Store } from '../store/store.ts';
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

const SECONDS = 'redoubt_guard_seconds';
const head = (name: string, kind: string, help: string): string[] => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${kind}`,
];

function timesOf(detector: string, { times, ms, asked }: Readonly<DetectorFigures>): string[] {
  let sum = 0;
  const buckets = [...timeBounds, Number.POSITIVE_INFINITY].map((bound, place) => {
    sum += times[place] ?? 0;
    const le = Number.isFinite(bound) ? bound / 1000 : '+Inf';
    return `${SECONDS}_bucket{detector="${detector}",le="${le}"} ${sum}`;
  });
  const own = `{detector="${detector}"}`;
  return [...buckets, `${SECONDS}_sum${own} ${ms / 1000}`, `${SECONDS}_count${own} ${asked}`];
}

/** Ids of detectors hold nothing that the format would want escaped. */
export function metricsText(figures: Figures): string {
  const lines = counters.flatMap(({ name, help, of }) => [
    ...head(`redoubt_guard_${name}_total`, 'counter', help),
    ...Array.from(figures, ([id, each]) => `redoubt_guard_${name}_total{detector="${id}"} ${of(each)}`),
  ]);
  const times = Array.from(figures, ([id, each]) => timesOf(id, each)).flat();
  return `${[...lines, ...head(SECONDS, 'histogram', 'How long the detector took.'), ...times].join('\n')}\n`;
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
  app.get('/metrics', async (request, reply) => {
    try {
      if (!isLocal(request))
        await services.callerOf(/^bearer (.*)/i.exec(request.headers.authorization ?? '')?.[1] ?? '');
    } catch (error) {
      if (!(error instanceof RedoubtError) || error.kind !== 'unauthorised') throw error;
      return reply.status(401).send({ status: 401, error: error.message, message: error.message });
    }
    return reply
      .type('text/plain; version=0.0.4; charset=utf-8')
      .send(metricsText(services.guard.metrics.byDetector()) + (await scansText(services.store)));
  });
}
