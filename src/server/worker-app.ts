// What a worker shows of itself, for probes and for Prometheus: that it lives, whether it can work, what it does.
import Fastify, { type FastifyInstance } from 'fastify';
import type { Caller } from '../access/keys.ts';
import { secondsBounds, type WorkFigures } from '../core/seen/work-figures.ts';
import { addMetricsRoute, histogram, metric } from './prometheus.ts';
import { callLabels } from './scan-metrics.ts';

export interface WorkerAppOptions {
  readonly version: string;
  readonly figures: WorkFigures;
  /** Why nothing can be worked on at this moment; null: it can. */
  readonly checkReady: () => Promise<string | null>;
  readonly callerOf: (key: string) => Promise<Caller>;
}

export function workerMetricsText(figures: WorkFigures): string {
  const counts = figures.counts();
  const of = (name: string) => counts.filter((each) => each.name === name);
  const times = (name: 'call' | 'judge') => {
    const { classes, seconds, n } = figures.durations(name);
    return [{ classes, sum: seconds, n }];
  };
  const { user, system } = process.cpuUsage();
  const lines = [
    ...metric(
      'redoubt_worker_calls_total',
      'counter',
      'Calls of this worker to models, by role and what came of them.',
      of('call').map(({ role, outcome, n }) => ({ labels: { role, ...callLabels(outcome) }, value: n })),
    ),
    ...metric('redoubt_worker_calls_under_way', 'gauge', 'Calls under way.', [{ value: figures.underWay('call') }]),
    ...histogram('redoubt_worker_call_seconds', 'How long calls took.', secondsBounds, times('call')),
    ...histogram('redoubt_worker_judge_seconds', 'How long judging an answer took.', secondsBounds, times('judge')),
    ...metric(
      'redoubt_worker_verdicts_total',
      'counter',
      'Answers judged by this worker, by verdict.',
      of('judge').map(({ outcome, n }) => ({ labels: { outcome }, value: n })),
    ),
    ...metric(
      'redoubt_worker_chunks_total',
      'counter',
      'Chunks of scans that this worker had, by how they ended.',
      of('chunk').map(({ outcome, n }) => ({ labels: { outcome }, value: n })),
    ),
    ...metric('redoubt_worker_chunks_in_hand', 'gauge', 'Chunks in hand.', [{ value: figures.underWay('chunk') }]),
    ...metric('process_resident_memory_bytes', 'gauge', 'Resident memory.', [{ value: process.memoryUsage.rss() }]),
    ...metric('process_cpu_seconds_total', 'counter', 'CPU time used.', [{ value: (user + system) / 1_000_000 }]),
  ];
  return `${lines.join('\n')}\n`;
}

/** `/healthz`, `/readyz` without a key; `/metrics` on loopback, or with one. */
export function createWorkerApp({ version, figures, checkReady, callerOf }: WorkerAppOptions): FastifyInstance {
  const app = Fastify({ logger: false, forceCloseConnections: true });
  app.get('/healthz', async () => ({ status: 'ok', version }));
  app.get('/readyz', async (_request, reply) => {
    const reason = await checkReady();
    if (reason === null) return { status: 'ready' };
    return reply.status(503).send({ status: 'not ready', reason });
  });
  addMetricsRoute(app, callerOf, async () => workerMetricsText(figures));
  return app;
}
