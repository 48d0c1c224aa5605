// Where traces go: a collector of OpenTelemetry, asked by OTLP over HTTP in JSON. To name one there is leave to call it,
// wherever it is; else the rules hold that hold for targets.
import type { Dispatcher } from 'undici';
import { RedoubtError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import type { EndedStretch } from '../core/seen/create-observer.ts';
import { tracesBody } from '../core/seen/otlp.ts';
import { exchange } from './exchange.ts';
import { openDispatcher, type TargetOpenerOptions } from './open-target.ts';
import { createTraceExporter, type TraceExporter } from './trace-exporter.ts';

const TIMEOUT_MS = 10_000;
const MOST_BYTES = 64 * 1024;

export interface TraceCollector {
  /** Up to and without `/v1/traces`. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What the collector calls this program. */
  readonly service: string;
}

export interface CollectorOptions extends Pick<TargetOpenerOptions, 'rule' | 'proxy'> {
  readonly clock: Clock;
  readonly version: string;
  readonly onError: (error: unknown) => void;
}

/** Throws TRACES_NOT_TAKEN. */
async function send(
  { endpoint, headers, service }: TraceCollector,
  dispatcher: Dispatcher,
  version: string,
  stretches: readonly EndedStretch[],
): Promise<void> {
  const url = new URL(`${endpoint.replace(/\/+$/, '')}/v1/traces`);
  const answer = await exchange(dispatcher, {
    origin: url.origin,
    path: url.pathname + url.search,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: tracesBody(stretches, { service, version }),
    timeoutMs: TIMEOUT_MS,
    maxBytes: MOST_BYTES,
  });
  if (answer.ok && answer.status >= 200 && answer.status < 300) return;
  const reason = answer.ok ? `it answered with status ${answer.status}.` : answer.failure.message;
  throw new RedoubtError('TRACES_NOT_TAKEN', { value: url.host, reason });
}

/** Makes no connection before the first stretch has ended. */
export function openTraceCollector(collector: TraceCollector, options: CollectorOptions): TraceExporter {
  const { rule, proxy, clock, version, onError } = options;
  const allowed = { ...rule, allow: [...rule.allow, new URL(collector.endpoint).host] };
  const dispatcher = openDispatcher({ rule: allowed, proxy }, { url: collector.endpoint, concurrency: 1 });
  const exporter = createTraceExporter({
    clock,
    onError,
    send: (stretches) => send(collector, dispatcher, version, stretches),
  });
  return { ...exporter, close: () => exporter.close().finally(() => dispatcher.destroy()) };
}
