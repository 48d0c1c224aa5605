// Prometheus' text format (version 0.0.4), and who may read it: whoever sits on this machine, or has a key.
import type { FastifyInstance } from 'fastify';
import type { Caller } from '../access/keys.ts';
import { isLocal } from '../access/local.ts';
import { RedoubtError } from '../core/errors.ts';

interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Values of labels hold nothing that the format would want escaped. */
const sampleLine = (name: string, { labels = {}, value }: Sample): string => {
  const named = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
  return `${name}${named.length > 0 ? `{${named.join(',')}}` : ''} ${value}`;
};

const head = (name: string, kind: string, help: string): string[] => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${kind}`,
];

export const metric = (name: string, kind: 'gauge' | 'counter', help: string, samples: readonly Sample[]): string[] => [
  ...head(name, kind, help),
  ...samples.map((sample) => sampleLine(name, sample)),
];

export interface HistogramSeries {
  readonly labels?: Readonly<Record<string, string>>;
  /** How many took up to each bound, and last how many longer. */
  readonly classes: readonly number[];
  readonly sum: number;
  readonly n: number;
}

/** `bounds`: the upper bounds of the classes, in the unit of the name. */
export function histogram(
  name: string,
  help: string,
  bounds: readonly number[],
  series: readonly HistogramSeries[],
): string[] {
  const lines = series.flatMap(({ labels = {}, classes, sum, n }) => {
    let upTo = 0;
    const buckets = [...bounds, '+Inf'].map((bound, place) => {
      upTo += classes[place] ?? 0;
      return sampleLine(`${name}_bucket`, { labels: { ...labels, le: String(bound) }, value: upTo });
    });
    return [
      ...buckets,
      sampleLine(`${name}_sum`, { labels, value: sum }),
      sampleLine(`${name}_count`, { labels, value: n }),
    ];
  });
  return [...head(name, 'histogram', help), ...lines];
}

function sentKey(authorization = ''): string {
  const key = /^bearer (.*)/i.exec(authorization)?.[1]?.trim() ?? '';
  if (key === '') throw new RedoubtError('MISSING_KEY', { field: 'Authorization: Bearer' });
  return key;
}

/** `/metrics` on loopback, or with a key. */
export function addMetricsRoute(
  app: FastifyInstance,
  callerOf: (key: string) => Promise<Caller>,
  text: () => Promise<string>,
): void {
  app.get('/metrics', async (request, reply) => {
    try {
      if (!isLocal(request)) await callerOf(sentKey(request.headers.authorization));
    } catch (error) {
      if (!(error instanceof RedoubtError) || error.kind !== 'unauthorised') throw error;
      return reply.status(401).send({ status: 401, error: error.message, message: error.message });
    }
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(await text());
  });
}
