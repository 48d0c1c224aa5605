// Traces of scans and of the guard at a collector of OpenTelemetry: off unless an address is named, never with contents.
import { afterEach, describe, expect, it } from 'vitest';
import { readSettings } from '../src/config.ts';
import { apiOf } from './fakes/api-client.ts';
import { startServer, type TestServer } from './fakes/server.ts';
import { type CollectedSpan, type FakeCollector, startCollector } from './fakes/trace-collector.ts';
import { waitFor } from './fakes/wait-for.ts';

const small = {
  target: { kind: 'simulated', concurrency: 4 },
  datasets: ['Privacy'],
  attacks: ['direct'],
  limit: 4,
  benign: 0,
};
const SECRET = 'ada@example.org walks a red dog';

const factOf = (span: CollectedSpan, key: string): unknown =>
  Object.values(span.attributes.find((each) => each.key === `redoubt.${key}`)?.value ?? {})[0];

describe('traces', () => {
  let server: TestServer | null = null;
  let collector: FakeCollector;
  afterEach(async () => {
    await close();
    await collector.close();
  });

  const close = async (): Promise<void> => {
    const closing = server;
    server = null;
    await closing?.close();
  };
  async function workedOn(headers: Record<string, string>): Promise<string> {
    const traces = { endpoint: collector.endpoint, headers, service: 'ours' };
    server = await startServer({ settings: { traces } });
    const api = apiOf(server.url, server.key);
    const scanId = (await api.post('/scans', small)).body.scan_id as string;
    await waitFor('the scan ends', async () => (await api.get(`/scans/${scanId}`)).body.status === 'Finished');
    const messages = [{ role: 'user', content: SECRET }];
    expect((await api.post('/guard/check', { messages, policies: ['personal-data'] })).status).toBe(200);
    return scanId;
  }

  it('say of a scan, its calls and its judge how long they took and how they ended, under the id of the scan', async () => {
    collector = await startCollector();
    const scanId = await workedOn({ 'x-collector-key': 'k' });
    await close();
    const spans = collector.spans();
    const ofScan = spans.filter(({ traceId }) => traceId === scanId.replaceAll('-', ''));
    const named = (name: string): CollectedSpan[] => ofScan.filter((span) => span.name === `redoubt ${name}`);
    const [scan] = named('scan');
    expect(named('scan')).toHaveLength(1);
    expect([factOf(scan!, 'outcome'), factOf(scan!, 'project')]).toEqual(['finished', 'default']);
    expect(named('call').map((span) => [span.parentSpanId, factOf(span, 'outcome'), factOf(span, 'role')])).toEqual(
      Array.from({ length: 4 }, () => [scan!.spanId, 'ok', 'target']),
    );
    expect(named('judge')).toHaveLength(4);
    for (const span of ofScan)
      expect(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)).toBeGreaterThan(-1n);
    expect(collector.requests[0]).toMatchObject({ path: '/v1/traces', headers: { 'x-collector-key': 'k' } });
  });

  it('say of the guard what it decided and what each detector found, and hold no contents', async () => {
    collector = await startCollector();
    await workedOn({});
    await close();
    const guard = collector.spans().filter(({ name }) => name === 'redoubt guard');
    expect(guard.map((span) => factOf(span, 'outcome'))).toEqual(['redacted']);
    const detectors = collector.spans().filter(({ parentSpanId }) => parentSpanId === guard[0]!.spanId);
    expect(detectors.map((span) => [span.name, factOf(span, 'detector'), factOf(span, 'outcome')])).toContainEqual([
      'redoubt detector',
      'pii',
      'detected',
    ]);
    const sent = collector.requests.map(({ body }) => body).join('');
    for (const word of ['ada@', 'red dog', 'content', 'messages":']) expect(sent).not.toContain(word);
    expect(sent).toContain('"service.name"');
  });

  it('that a collector does not take are lost: the work goes on, and the log says so once', async () => {
    collector = await startCollector(503);
    await workedOn({});
    await waitFor('the log says so', () => server!.logged().includes('took none'));
    expect(server!.logged().match(/took none/g)!.length).toBeLessThanOrEqual(2);
  });

  it('are off unless an address is named, whatever else of OpenTelemetry is set', async () => {
    collector = await startCollector();
    const data = '/nowhere';
    expect(readSettings({ data }, {}).traces).toBeNull();
    expect(readSettings({ data }, { OTEL_SERVICE_NAME: 'x', OTEL_EXPORTER_OTLP_HEADERS: 'a=b' }).traces).toBeNull();
    const wrong = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_EXPORTER_OTLP_HEADERS: 'a=%' };
    expect(() => readSettings({ data }, wrong)).toThrow('OTEL_EXPORTER_OTLP_HEADERS');
    const { endpoint } = collector;
    const named = { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS: 'a=b%20c,d=e=f' };
    expect(readSettings({ data }, named).traces).toEqual({
      endpoint,
      headers: { a: 'b c', d: 'e=f' },
      service: 'redoubt',
    });
    server = await startServer({ worker: true });
    const api = apiOf(server.url, server.key);
    await api.post('/guard/check', { messages: [{ role: 'user', content: 'hello' }] });
    expect(collector.requests).toEqual([]);
  });
});
