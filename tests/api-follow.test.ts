// A scan followed over our own API: its events, its heat map while it runs; its files and counts once it has ended.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bareId } from '../src/core/ids.ts';
import { verifyFile } from '../src/scan/evidence/files.ts';
import { type ApiClient, apiOf } from './fakes/api-client.ts';
import { newFolder } from './fakes/command-line.ts';
import { startServer, type TestServer } from './fakes/server.ts';
import { waitFor } from './fakes/wait-for.ts';

interface ServerEvent {
  readonly event: string;
  readonly id: string;
  readonly data: Record<string, unknown>;
}

const folder = newFolder('exports');
let server: TestServer;
let api: ApiClient;
beforeAll(async () => {
  server = await startServer();
  api = apiOf(server.url, server.key);
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const request = {
  target: { kind: 'simulated', concurrency: 2 },
  datasets: ['Privacy', 'Hallucination'],
  attacks: ['direct', 'prefix-injection'],
  limit: 30,
};

async function started(target: object = request.target): Promise<string> {
  return (await api.post('/scans', { ...request, target })).body.scan_id as string;
}

const open = (id: string, lastEventId?: string, signal?: AbortSignal): Promise<Response> =>
  fetch(`${server.url}/api/redoubt/v1/scans/${id}/events`, {
    headers: {
      authorization: `Bearer ${server.key}`,
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
    ...(signal ? { signal } : {}),
  });

const fieldOf = (block: string, name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';

function eventsIn(text: string): ServerEvent[] {
  return text.split('\n\n').flatMap((block) => {
    const event = fieldOf(block, 'event');
    if (event === '') return [];
    return [{ event, id: fieldOf(block, 'id'), data: JSON.parse(fieldOf(block, 'data')) as ServerEvent['data'] }];
  });
}

describe('the events of a scan', () => {
  it('tell how far it is and its latest tests, and end with it; then there is nothing more', async () => {
    const id = await started();
    const response = await open(id);
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const events = eventsIn(await response.text());
    const last = events.at(-1)!;
    expect(last).toMatchObject({ event: 'end', id: 'end', data: { scan_id: id, status: 'Finished' } });
    const progress = events.filter(({ event }) => event === 'progress');
    expect(progress.length).toBeGreaterThan(1);
    expect(progress.at(-1)?.data).toMatchObject({ status: 'Finished', percentage: 100, calls: { rate_limited: 0 } });
    const { calls, spent } = progress.at(-1)!.data as Record<'calls' | 'spent', Record<string, unknown>>;
    expect(spent).toMatchObject({ seconds: expect.any(Number) as number, tokens: { target: { calls: calls.total } } });
    const tests = events.filter(({ event }) => event === 'test').map(({ data }) => data.test_no);
    expect(tests.length).toBeGreaterThan(10);
    expect(new Set(tests).size).toBe(tests.length);
    expect((await open(id, last.id)).status).toBe(204);
  });

  it('are taken up where they were: no test comes twice', async () => {
    const id = await started({ ...request.target, qpm: 900 });
    const stop = new AbortController();
    const response = await open(id, undefined, stop.signal);
    let text = '';
    for await (const chunk of response.body!) {
      text += Buffer.from(chunk).toString('utf8');
      if (eventsIn(text).filter(({ event }) => event === 'test').length > 2) break;
    }
    stop.abort();
    const before = eventsIn(text);
    const after = eventsIn(await (await open(id, before.at(-1)!.id)).text());
    const numbers = (events: ServerEvent[]) =>
      events.filter(({ event }) => event === 'test').map(({ data }) => data.test_no);
    expect(numbers(after).length).toBeGreaterThan(0);
    expect(numbers(before).filter((number) => numbers(after).includes(number))).toEqual([]);
  });

  it('are not for another project, and a closing server ends them', async () => {
    const id = await started();
    const stranger = await server.keyOf('another');
    const path = `${server.url}/api/redoubt/v1/scans/${id}/events`;
    expect((await fetch(path, { headers: { authorization: `Bearer ${stranger}` } })).status).toBe(404);
  });
});

describe('a scan that has ended', () => {
  let id: string;
  beforeAll(async () => {
    id = await started();
    await waitFor('the end', async () => (await api.get(`/scans/${id}`)).body.status === 'Finished');
  });

  it('has a heat map and counts that agree with its summary', async () => {
    const { counts } = (await api.get(`/scans/${id}/summary`)).body as { counts: Record<string, number> };
    const sum = (groups: { tests: number; outcomes: Record<string, number> }[], outcome: string): number =>
      groups.reduce((total, { outcomes }) => total + (outcomes[outcome] ?? 0), 0);
    const heatMap = (await api.get(`/scans/${id}/heatmap`)).body;
    expect(heatMap).toMatchObject({ status: 'Finished', attacks: [{ id: 'direct' }, { id: 'prefix-injection' }] });
    for (const by of [
      'dataset',
      'subcategory',
      'attack',
      'variant',
      'severity',
      'expect',
      'reason',
      'dataset-attack',
    ]) {
      const { groups } = (await api.get(`/scans/${id}/breakdown?by=${by}`)).body as { groups: never[] };
      expect(sum(groups, 'breached'), by).toBe(counts.breached);
      expect(sum(groups, 'refused'), by).toBe(counts.refused);
    }
    expect(sum(heatMap.cells as never[], 'breached')).toBe(counts.breached);
  });

  it('adds up no counts that belong to different rates', async () => {
    const { rates } = (await api.get(`/scans/${id}/summary`)).body as {
      rates: Record<string, { k: number; n: number }>;
    };
    const { groups } = (await api.get(`/scans/${id}/breakdown?by=dataset`)).body as {
      groups: { family: string; search: boolean; role: string; failed: { k: number; n: number } }[];
    };
    const of = (family: string, search: boolean) => {
      const own = groups.filter((group) => group.family === family && group.search === search);
      const sum = (part: 'k' | 'n') => own.reduce((total, { failed }) => total + failed[part], 0);
      return { k: sum('k'), n: sum('n') };
    };
    expect(of('attack-success', false)).toMatchObject({ k: rates.attack_success!.k, n: rates.attack_success!.n });
    expect(of('attack-success', true).n).toBe(rates.attack_success_search!.n);
    expect(of('failure', false)).toMatchObject({ k: rates.failure!.k, n: rates.failure!.n });
    expect(groups.every(({ role }) => role === 'case')).toBe(true);
  });

  it.each([
    ['jsonl', 'application/jsonl', /^\{"case_id":/],
    ['csv', 'text/csv', /^case_id,/],
    ['sarif', 'application/sarif+json', /"version": ?"2\.1\.0"/],
    ['junit', 'application/xml', /<testsuite/],
    ['markdown', 'text/markdown', /\w/],
    ['json', 'application/json', /"results_sha256": "[0-9a-f]{64}"/],
    ['html', 'text/html', /<!doctype html>/],
    ['pdf', 'application/pdf', /^%PDF-/],
    ['zip', 'application/zip', /^PK/],
  ])('is exported as %s, signed', async (format, type, begin) => {
    const response = await fetch(`${server.url}/api/redoubt/v1/scans/${id}/exports/${format}`, {
      headers: { authorization: `Bearer ${server.key}` },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain(type);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+"$/);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.toString('latin1')).toMatch(begin);
    const path = join(folder, format);
    writeFileSync(path, bytes);
    expect(await verifyFile(server.redoubt, path, { publicKey: null, evidence: null })).toMatchObject({
      ok: true,
      signed: { statement: { scan_id: bareId(id), bytes: bytes.length } },
    });
  });
});
