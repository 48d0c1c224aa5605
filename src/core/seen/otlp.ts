// Spans in the JSON form of OTLP 1.x (opentelemetry.io/docs/specs/otlp, "JSON Protobuf Encoding"): pure.

import type { EndedStretch } from './create-observer.ts';
import type { StretchFacts, StretchName } from './observer.ts';

const NANOSECONDS_A_MS = 1_000_000n;
const MICROSECONDS_A_MS = 1_000;
/** SpanKind of trace.proto: what happens inside, what is answered, what is called. */
const kinds: Readonly<Record<StretchName, number>> = { scan: 1, chunk: 1, judge: 1, detector: 1, guard: 2, call: 3 };
const STATUS_ERROR = 2;

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue: string } | { readonly doubleValue: number };
}

const attribute = (key: string, value: string | number): Attribute => ({
  key,
  value: typeof value === 'string' ? { stringValue: value } : { doubleValue: value },
});

const attributes = (facts: StretchFacts): Attribute[] =>
  Object.entries(facts).map(([key, value]) => attribute(`redoubt.${key}`, value));

/** Nanoseconds do not fit a number: OTLP writes them as text. */
const nanoseconds = (ms: number): string =>
  ((BigInt(Math.round(ms * MICROSECONDS_A_MS)) * NANOSECONDS_A_MS) / BigInt(MICROSECONDS_A_MS)).toString();

const spanOf = (stretch: EndedStretch): object => ({
  traceId: stretch.trace,
  spanId: stretch.id,
  ...(stretch.parent === null ? {} : { parentSpanId: stretch.parent }),
  name: `redoubt ${stretch.name}`,
  kind: kinds[stretch.name],
  startTimeUnixNano: nanoseconds(stretch.startedAt),
  endTimeUnixNano: nanoseconds(stretch.startedAt + stretch.ms),
  attributes: [...attributes({ ...stretch.scope, ...stretch.facts }), attribute('redoubt.outcome', stretch.outcome)],
  status: stretch.failed ? { code: STATUS_ERROR, message: stretch.outcome } : {},
});

/** The body of a request to `/v1/traces`. */
export const tracesBody = (
  stretches: readonly EndedStretch[],
  { service, version }: { readonly service: string; readonly version: string },
): string =>
  JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: [attribute('service.name', service), attribute('service.version', version)] },
        scopeSpans: [{ scope: { name: 'redoubt', version }, spans: stretches.map(spanOf) }],
      },
    ],
  });
