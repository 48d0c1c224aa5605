// VirtueRed's older paths: off unless they are wanted, and then for this machine alone.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulatedTarget } from '../src/simulated/start-simulated-target.ts';
import type { SimulatedTarget } from '../src/simulated/target-options.ts';
import { startServer, type TestServer } from './fakes/server.ts';
import { type Json, virtueRedClient } from './fakes/virtuered-client.ts';

const paths = ['/scan/list', '/scan/models', '/scan/progress', '/scan/getclientaddress', '/datasets/list', '/health'];

describe('the older paths', () => {
  let server: TestServer;
  let off: TestServer;
  let target: SimulatedTarget;

  beforeAll(async () => {
    target = await startSimulatedTarget({ profile: 'naive' });
    [server, off] = await Promise.all([
      startServer({ settings: { virtuered_legacy: true } }),
      startServer({ worker: false }),
    ]);
  });
  afterAll(async () => {
    await Promise.all([server.close(), off.close()]);
    await target.close();
  });

  const get = async (path: string, headers: Record<string, string> = {}, origin = server.url): Promise<Response> =>
    fetch(origin + path, { headers });
  const post = async (path: string, body?: Json, headers: Record<string, string> = {}) => {
    const response = await fetch(server.url + path, {
      method: 'POST',
      ...(body === undefined
        ? { headers }
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } }),
    });
    return { status: response.status, body: (await response.json()) as Json };
  };

  it.each(paths)('are not there unless the setting is on: %s', async (path) => {
    expect((await get(path, {}, off.url)).status).toBe(404);
    expect((await get(path)).status).toBe(200);
  });

  it.each<[string, Record<string, string>]>([
    ['a proxy before it', { 'x-forwarded-for': '203.0.113.9' }],
    ['a page of somebody else', { origin: 'https://pages.example' }],
    ['a page that is opened from a file', { origin: 'null' }],
  ])('answer like none: %s', async (_, headers) => {
    expect((await get('/scan/list', headers)).status).toBe(404);
    expect((await post('/scan/pause/scan-1', undefined, headers)).status).toBe(404);
  });

  it('take a page of this machine', async () => {
    expect((await get('/scan/list', { origin: 'http://localhost:3000' })).status).toBe(200);
  });

  const startBody = (changes: Json = {}): Json => ({
    scan_name: 'older',
    model_name: 'openai_template',
    datasets: [{ name: 'EU AI Act' }],
    extra_args: { modelname: 'gpt-4o', apikey: 'sk-of-the-model', base_url: target.url, preset: 'direct' },
    ...changes,
  });

  it('scan the named subcategories alone', async () => {
    const subcategories = ['Prohibited: social scoring', 'High-risk: employment'];
    const { status, body } = await post('/scan/start', startBody({ datasets: [{ name: 'EU AI Act', subcategories }] }));
    expect([status, body.status]).toEqual([200, 200]);
    await virtueRedClient(server.url, server.key).until(String(body.scan_id), 'Finished');
    const summary = (await (await get(`/scan/summary/${String(body.scan_id)}`)).json()) as {
      readonly averages_sub: Readonly<Record<string, object>>;
      readonly scores: Readonly<Record<string, number>>;
      readonly total_length: number;
    };
    expect(Object.keys(summary.averages_sub['EU Artificial Intelligence Act']!).sort()).toEqual(subcategories.sort());
    expect(Object.values(summary.scores).reduce((sum, n) => sum + n, 0)).toBe(summary.total_length);
  });

  it.each<[string, Json, RegExp]>([
    ['an unknown model', { model_name: 'mine.py', extra_args: {} }, /^model_name: no model "mine.py" is set up/],
    ['a template without a model', { extra_args: {} }, /^extra_args.modelname: is required/],
    ['an unknown dataset', { datasets: [{ name: 'Nothing' }] }, /^datasets\[0\]\.name: "Nothing" is not known/],
    [
      'an unknown subcategory',
      { datasets: [{ name: 'EU AI Act', subcategories: ['Nothing'] }] },
      /^datasets\[0\]\.subcategories\[0\]: "Nothing" is not known/,
    ],
  ])('refuse %s', async (_, changes, message) => {
    const { status, body } = await post('/scan/start', startBody({ scan_name: 'refused', ...changes }));
    expect([status, body.message]).toEqual([400, expect.stringMatching(message)]);
  });

  it.each(['summary', 'generate_pdf'])('answer an unknown scan with 404: %s', async (what) => {
    expect((await get(`/scan/${what}/scan-nothing`)).status).toBe(404);
  });
});
