// Scans over our own API: from the estimate over the demo scan to its summary, and what one can do with them meanwhile.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_PROJECT } from '../src/access/keys.ts';
import { type ApiClient, apiOf } from './fakes/api-client.ts';
import { completionOf, startScriptedUpstream } from './fakes/scripted-upstream.ts';
import { startServer, type TestServer } from './fakes/server.ts';
import { waitFor } from './fakes/wait-for.ts';

let server: TestServer;
let api: ApiClient;
beforeAll(async () => {
  server = await startServer();
  api = apiOf(server.url, server.key);
});
afterAll(() => server.close());

const simulated = { kind: 'simulated', concurrency: 8 };
const small = { target: simulated, datasets: ['Privacy'], attacks: ['direct'], limit: 4, benign: 0 };

async function started(changes: object = {}): Promise<string> {
  const { status, body } = await api.post('/scans', { ...small, ...changes });
  expect(body).toMatchObject({ status: 'Initializing' });
  expect(status).toBe(201);
  return body.scan_id as string;
}

const statusOf = async (id: string): Promise<unknown> => (await api.get(`/scans/${id}`)).body.status;
const ended = (id: string, status = 'Finished') =>
  waitFor(`${id} to be ${status}`, async () => (await statusOf(id)) === status);

describe('a scan over the API', () => {
  it('is estimated, started, finished, and called simulated everywhere', async () => {
    const estimate = await api.post('/scans/estimate', { ...small, name: 'first' });
    expect(estimate).toMatchObject({
      status: 200,
      body: {
        tests: 4,
        cases: 4,
        calls: 4,
        cost: null,
        seconds: 1,
        unfinished: null,
        datasets: [{ slug: 'privacy', by_attack: { direct: 4 } }],
      },
    });
    const id = await started({ name: 'first' });
    await ended(id);
    expect((await api.get(`/scans/scan-${id}`)).body).toMatchObject({
      scan_id: id,
      name: 'first',
      simulated: true,
      planned: 4,
      done: 4,
      percentage: 100,
      calls: { total: 4, ok: 4, rate_limited: 0 },
      headline: { attack_success: { n: expect.any(Number) } },
      authorised_by: 'API key "test key of default"',
    });
    expect((await api.get(`/scans/${id}/summary`)).body).toMatchObject({
      name: 'first',
      counts: { planned: 4 },
      target: { simulated: true, url: 'http://simulated.invalid/v1', model: 'simulated-average' },
    });
    const again = await api.post('/scans/estimate', small);
    expect(again.body.seconds_by).toBe('its latest scan');
  });

  it('is renamed, listed by filters and pages, and deleted', async () => {
    const id = await started({ name: 'second' });
    await ended(id);
    expect((await api.patch(`/scans/${id}`, { name: 'first' })).status).toBe(400);
    expect((await api.patch(`/scans/${id}`, { name: 'Renamed' })).body.name).toBe('Renamed');
    expect((await api.get(`/scans/${id}/summary`)).body.name).toBe('Renamed');
    const listed = await api.get('/scans?text=RENAM&status=Finished&kind=scan');
    expect(listed.body).toMatchObject({ scans: [{ scan_id: id }], next: null });
    const first = await api.get('/scans?limit=1');
    expect(first.body).toMatchObject({ scans: [{ scan_id: id }], next: expect.any(String) });
    const second = await api.get(`/scans?limit=1&cursor=${first.body.next}`);
    expect(second.body).toMatchObject({ scans: [{ name: 'first' }], next: null });
    expect((await api.get('/scans?cursor=nonsense')).body).toMatchObject({ error: { field: 'cursor' } });
    expect((await api.delete(`/scans/${id}`)).status).toBe(204);
    expect((await api.get(`/scans/${id}`)).status).toBe(404);
  });

  it('is stopped by each of two people who stop it at once', async () => {
    const id = await started({ limit: 200, datasets: [], target: { ...simulated, concurrency: 1 } });
    await ended(id, 'Scanning');
    const stop = () => server.redoubt.scans.stop(DEFAULT_PROJECT, id, 'somebody');
    await Promise.all([stop(), stop()]);
    await ended(id);
    expect((await api.get(`/scans/${id}`)).body).toMatchObject({ ended_by: 'person' });
  });

  it('is paused, resumed, and stopped with a report of what is decided', async () => {
    const id = await started({ limit: 200, datasets: [], target: { ...simulated, concurrency: 1 } });
    await waitFor('some tests', async () => Number((await api.get(`/scans/${id}`)).body.done) > 2);
    expect((await api.post(`/scans/${id}/pause`)).body.status).toBe('Paused');
    expect((await api.post(`/scans/${id}/pause`)).status).toBe(400);
    await api.post(`/scans/${id}/resume`);
    await ended(id, 'Scanning');
    expect((await api.post(`/scans/${id}/stop`)).status).toBe(200);
    await ended(id);
    const { body } = await api.get(`/scans/${id}`);
    expect(body).toMatchObject({ reason: expect.stringMatching(/^Stopped by API key "test key of default"/) });
    expect(Number(body.done)).toBeLessThan(Number(body.planned));
    const summary = await api.get(`/scans/${id}/summary`);
    expect(summary.body).toMatchObject({ manifest: { ended_early: body.reason } });
    expect((await api.post(`/scans/${id}/stop`)).status).toBe(400);
  });

  it('is judged anew in the background', async () => {
    const id = await started();
    await ended(id);
    expect((await api.post(`/scans/${id}/rejudge`)).status).toBe(200);
    await waitFor('the new verdicts', async () => {
      const { manifest } = (await api.get(`/scans/${id}/summary`)).body as { manifest: { rejudged?: unknown[] } };
      return manifest.rejudged?.length === 1;
    });
  });
});

describe('a request that does not fit', () => {
  it.each<[string, object, number, object]>([
    ['an unknown key', { atack: [] }, 400, { code: 'INVALID_FIELD' }],
    ['an unknown dataset', { datasets: ['nothing'] }, 400, { code: 'UNKNOWN_VALUE', field: 'datasets[0]' }],
    ['an unknown attack', { attacks: ['nothing'] }, 400, { code: 'UNKNOWN_VALUE', field: 'attacks[0]' }],
    [
      'a policy that there is not',
      { guard: 'both', guard_policies: ['nothing'] },
      400,
      { code: 'UNKNOWN_VALUE', field: 'guard_policies[0]' },
    ],
    ['policies without a guard', { guard_policies: ['secrets'] }, 400, { field: 'guard_policies' }],
    ['a name that is taken', { name: 'first' }, 400, { code: 'DUPLICATE_NAME', field: 'name' }],
    ['a suite beside datasets', { suite: 'privacy' }, 400, { field: 'suite' }],
    ['a model that is not set up', { target: { kind: 'named', name: 'x' } }, 404, { code: 'MODEL_UNKNOWN' }],
    [
      'an address that may not be called',
      { target: { kind: 'openai', base_url: 'http://169.254.169.254/v1', model: 'm' } },
      400,
      { code: 'TARGET_NOT_ALLOWED' },
    ],
    ['a file that is none', { target: { kind: 'http', file: 'curl' } }, 400, { field: 'target.file' }],
  ])('%s is refused with a sentence', async (_, changes, status, error) => {
    expect(await api.post('/scans', { ...small, ...changes })).toMatchObject({ status, body: { error } });
  });

  it('another project sees none of it', async () => {
    const id = await started({ name: 'mine' });
    const stranger = apiOf(server.url, await server.keyOf('another'));
    expect((await stranger.get('/scans')).body).toEqual({ scans: [], next: null });
    for (const path of [`/scans/${id}`, `/scans/${id}/summary`])
      expect((await stranger.get(path)).status, path).toBe(404);
    for (const act of ['pause', 'resume', 'stop', 'rejudge'])
      expect((await stranger.post(`/scans/${id}/${act}`)).status, act).toBe(404);
    expect((await stranger.delete(`/scans/${id}`)).status).toBe(404);
  });
});

describe('the test of a connection', () => {
  it('shows the answer, and the real error with advice and no key', async () => {
    expect((await api.post('/targets/test', { target: simulated })).body).toMatchObject({
      ok: true,
      answer: expect.stringMatching(/\w/),
      exchanges: [{ method: 'POST', status: 200 }],
    });
    const target = {
      kind: 'openai',
      base_url: 'http://127.0.0.1:1/v1',
      model: 'm',
      api_key: 'sk-secret-of-the-target',
    };
    const { status, body } = await api.post('/targets/test', { target });
    expect({ status, body }).toMatchObject({ status: 200, body: { ok: false, failure: { kind: 'unreachable' } } });
    expect(JSON.stringify(body)).not.toContain('secret-of-the-target');
  });

  it('shows no key that the endpoint gives back with escapes', async () => {
    const upstream = await startScriptedUpstream();
    const answer = JSON.stringify(completionOf({ content: 'It is known+key.' })).replace('+', '\\u002b');
    upstream.answer = (_call, response) => void response.writeHead(200).end(answer);
    const target = { kind: 'openai', base_url: upstream.url, model: 'm', api_key: 'known+key' };
    const { body } = await api.post('/targets/test', { target });
    await upstream.close();
    expect(body).toMatchObject({
      answer: 'It is ***.',
      exchanges: [{ body: answer.replace('known\\u002bkey', '***') }],
    });
  });

  it('lists the models that the settings name', async () => {
    expect((await api.get('/models')).body).toEqual({ models: [], default_host: null });
  });
});
