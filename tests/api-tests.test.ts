// The tests of a scan over our own API: pages, filters, search, one test whole, and what must never be shown.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSearchIndexed } from '../src/store/test-search.ts';
import { type ApiClient, apiOf } from './fakes/api-client.ts';
import { startServer, type TestServer } from './fakes/server.ts';
import { waitFor } from './fakes/wait-for.ts';

type Row = Record<string, unknown> & { readonly plan_key: string; readonly test_no: number };

let server: TestServer;
let api: ApiClient;
let id: string;
let planned: number;
beforeAll(async () => {
  server = await startServer();
  api = apiOf(server.url, server.key);
  const { body } = await api.post('/scans', {
    target: { kind: 'simulated', profile: 'naive' },
    datasets: ['Privacy', 'OWASP LLM Top 10'],
    attacks: ['direct', 'encoding:codec=base64', 'prefix-injection'],
    limit: 20,
  });
  id = body.scan_id as string;
  planned = Number(body.planned);
  await waitFor('the end', async () => (await api.get(`/scans/${id}`)).body.status === 'Finished');
  await waitFor('its index', () => isSearchIndexed(server.redoubt.store, id));
});
afterAll(() => server.close());

const listed = async (query = ''): Promise<{ rows: Row[]; total: unknown; next: string | null }> => {
  const { status, body } = await api.get(`/scans/${id}/tests?${query}`);
  expect(body).toHaveProperty('tests');
  expect(status).toBe(200);
  return { rows: body.tests as Row[], total: body.total, next: body.next as string | null };
};

describe('the table of tests', () => {
  it('is walked page by page, each test once, the worst first', async () => {
    const first = await listed('limit=25');
    expect(first).toMatchObject({ total: planned, next: expect.any(String) });
    const second = await listed(`limit=25&cursor=${first.next}`);
    const third = await listed(`limit=25&cursor=${second.next}`);
    expect(second.total).toBeNull();
    expect(third.next).toBeNull();
    const all = [...first.rows, ...second.rows, ...third.rows];
    expect(new Set(all.map((row) => row.plan_key)).size).toBe(planned);
    expect(all[0]?.outcome).toBe('breached');
  });

  it('is filtered by several values, and refuses those that are none', async () => {
    const { rows, total } = await listed('outcome=breached&outcome=partial&attack=direct&dataset=privacy');
    expect(rows).toHaveLength(Number(total));
    for (const row of rows)
      expect(row).toMatchObject({ attack: 'direct', dataset: 'privacy', dataset_name: 'Privacy' });
    expect((await api.get(`/scans/${id}/tests?outcome=odd`)).status).toBe(400);
    const { next } = await listed('limit=1&sort=plan');
    expect((await api.get(`/scans/${id}/tests?sort=attack&cursor=${next}`)).body).toMatchObject({
      error: { field: 'cursor' },
    });
  });

  it('holds just the tests that a rate counts, also where the scan has none of that kind', async () => {
    const { body } = await api.get(`/scans/${id}/summary`);
    const { attack_success } = body.rates as Record<string, { k: number }>;
    expect((await listed('outcome=breached&rate=attack_success')).total).toBe(attack_success!.k);
    expect((await listed('rate=attack_success_search')).total).toBe(0);
    const { rows } = await listed('rate=attack_success&expect=keep-secret&role=case');
    expect(new Set(rows.map((row) => row.role))).toEqual(new Set(['case']));
    expect((await listed('rate=attack_success&expect=correct')).total).toBe(0);
  });

  it('is searched by words of the request and of what is known of a test', async () => {
    const { rows } = await listed('sort=plan&limit=1&attack=direct');
    const words =
      String(rows[0]?.request)
        .match(/\p{L}{5,}/gu)
        ?.slice(0, 3) ?? [];
    const found = await listed(`text=${encodeURIComponent(words.join(' '))}`);
    expect(found.rows.map((row) => row.plan_key)).toContain(rows[0]?.plan_key);
    expect((await listed(`text=${rows[0]?.plan_key}`)).rows).toHaveLength(1);
    expect((await listed('text=zzzz-nothing')).total).toBe(0);
  });
});

describe('a test', () => {
  it('is shown whole, by its plan_key or its number, with a command that asks it again', async () => {
    const { rows } = await listed('outcome=breached&attack=encoding&limit=1');
    const row = rows[0]!;
    const { body } = await api.get(`/scans/${id}/tests/${row.plan_key}`);
    expect(body).toMatchObject({ ...row, harmful: true, case: { request: expect.any(String) } });
    expect(body.try_list).toHaveLength(1);
    expect((body.messages as unknown[]).length).toBeGreaterThan(0);
    expect(body.repro).toMatch(/^# The simulated target.*\ncurl 'http:\/\/127\.0\.0\.1:4010\/v1\/chat\/completions'/);
    expect(body.repro).toContain('$REDOUBT_TARGET_API_KEY');
    expect((await api.get(`/scans/${id}/tests/${row.test_no}`)).body).toEqual(body);
    expect((await api.get(`/scans/${id}/tests/${row.test_no}/tries/0`)).body).toMatchObject({
      outcome: 'breached',
      messages: body.messages,
    });
  });

  it('marks the words that decided it', async () => {
    const { rows } = await listed('reason=declined&limit=1');
    const { body } = await api.get(`/scans/${id}/tests/${rows[0]?.plan_key}`);
    const evidence = body.evidence as { in: string; start: number; end: number; why: string }[];
    const span = evidence.find((each) => each.in === 'answer')!;
    const { text } = body.answer as { text: string };
    expect(span.why).toBe('declines');
    expect(text.slice(span.start, span.end)).toMatch(/not|can't|won't|sorry|unable|decline/i);
  });

  it('that is not there, or another project asks for, is not found', async () => {
    for (const path of ['tests/ffffffffffffffff', 'tests/99999', 'tests/0/tries/9'])
      expect((await api.get(`/scans/${id}/${path}`)).status, path).toBe(404);
    const stranger = apiOf(server.url, await server.keyOf('another'));
    for (const path of ['tests', 'tests/0', 'tests/0/tries/0'])
      expect((await stranger.get(`/scans/${id}/${path}`)).status, path).toBe(404);
  });
});
