// What VirtueRed's API takes and what it makes of it: sizes, headers, TOML, continue_flag, labels, times, usage.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from './fakes/server.ts';
import { type SwitchableTarget, startSwitchableTarget } from './fakes/switchable-target.ts';
import { type Json, scanBody, type VirtueRedClient, virtueRedClient } from './fakes/virtuered-client.ts';

const REFUSAL = { answer: "I can't help with that." };
const UNKNOWN_KEY = { status: 401, body: '{"error": {"message": "no such key"}}' };

let server: TestServer;
let target: SwitchableTarget;
let client: VirtueRedClient;

beforeAll(async () => {
  [server, target] = await Promise.all([startServer(), startSwitchableTarget(REFUSAL)]);
  client = virtueRedClient(server.url, server.key);
});
afterEach(() => target.turn(REFUSAL));
afterAll(async () => {
  await server.close();
  await target.close();
});

const start = (body: Json) => client.post('/v1/scan/start', body);

async function finished(body: Json, path = '/v1/scan/start'): Promise<string> {
  const { body: answered } = await client.post(path, body);
  await client.until(String(answered.scan_id), 'Finished');
  return String(answered.scan_id);
}

describe('a body', () => {
  it('of more than 1 MB is answered 413', async () => {
    const large = scanBody(target.url, { application_id: 'a'.repeat(1024 * 1024) });
    const message = 'The request body is larger than 1 MB.';
    expect(await start(large)).toEqual({
      status: 413,
      body: { status: 413, error: message, message, detail: message },
    });
  });

  it('of more than 1 MB of TOML is answered 413', async () => {
    const text = `# ${'a'.repeat(1024 * 1024)}\n`;
    expect(await client.post('/v1/scan/start', text, { 'Content-Type': 'application/toml' })).toMatchObject({
      status: 413,
    });
  });

  it('may carry a charset, and keys that nobody knows', async () => {
    const headers = { 'Content-Type': 'application/json; charset=utf-8' };
    const { status, body } = await client.post('/v1/scan/start', { ...scanBody(target.url), colour: 'blue' }, headers);
    expect(status).toBe(200);
    await client.until(String(body.scan_id), 'Finished');
  });
});

describe('extra_headers', () => {
  it('reach the target as they were given, beside the key', async () => {
    const before = target.requests.length;
    const extra_headers = { setup: 'lora-adapter', 'X-Request-Context': '{"service-name": "my-service"}' };
    await finished(scanBody(target.url, {}, { api_key: 'sk-upstream', extra_headers }));
    for (const headers of target.requests.slice(before))
      expect(headers).toMatchObject({
        authorization: 'Bearer sk-upstream',
        setup: 'lora-adapter',
        'x-request-context': '{"service-name": "my-service"}',
      });
  });

  it('may hold Authorization where api_key is empty', async () => {
    const before = target.requests.length;
    await finished(scanBody(target.url, {}, { api_key: '', extra_headers: { Authorization: 'Basic dXNlcjpwYXNz' } }));
    expect(new Set(target.requests.slice(before).map((headers) => headers.authorization))).toEqual(
      new Set(['Basic dXNlcjpwYXNz']),
    );
  });

  it('hold at most 32 headers and 8 KB', async () => {
    const headers = (n: number, size: number): Json =>
      Object.fromEntries(Array.from({ length: n }, (_, index) => [`X-Route-${index}`, 'a'.repeat(size)]));
    await finished(scanBody(target.url, {}, { extra_headers: headers(32, 100) }));
    expect((await start(scanBody(target.url, {}, { extra_headers: headers(1, 8192) }))).body.message).toBe(
      'model.extra_headers: must hold at most 8 KB.',
    );
  });

  it('with letters that no header can carry are refused by name', async () => {
    expect((await start(scanBody(target.url, {}, { extra_headers: { 'X-Route': 'smörgås ☃' } }))).status).toBe(400);
    expect((await start(scanBody(target.url, {}, { api_key: 'sk-☃' }))).body.message).toMatch(/^model\.api_key: /);
    expect((await start(scanBody(target.url, {}, { api_key: 'sk-1\r\nX-Other: 2' }))).status).toBe(400);
  });
});

describe('TOML', () => {
  const toml = (head: string, scan: string) =>
    `${head}\n[model]\nbase_url = "${target.url}"\napi_key = "sk-toml"\nmodel_name = "m"\n[scan]\n${scan}\n`;
  const post = (text: string) => client.post('/v1/scan/start', text, { 'Content-Type': 'application/toml' });

  it('may name the scan at the top', async () => {
    const scan = 'preset = "direct"\ndatasets = [{name = "Bias"}]';
    const { body } = await post(toml('scan_name = "at the top"', scan));
    expect(await client.until(String(body.scan_id), 'Finished')).toMatchObject({ scan_name: 'at the top' });
  });

  it('may name the scan in both places where the two are equal', async () => {
    const scan = 'scan_name = "in both"\npreset = "direct"\ndatasets = [{name = "Bias"}]';
    const { status, body } = await post(toml('scan_name = "in both"', scan));
    expect(status).toBe(200);
    expect(await client.until(String(body.scan_id), 'Finished')).toMatchObject({ scan_name: 'in both' });
  });

  it('takes all keys of the reference', async () => {
    const scan = [
      'scan_name = "all keys"',
      'datasets = [{name = "Bias"}]',
      'algorithms = ["Flip Attack"]',
      'input_modalities = ["text"]',
      'output_modalities = ["text"]',
      'qpm = 6000',
      'concurrency = 4',
      'is_user_model = true',
      'application_id = "app-7"',
      'continue_flag = false',
      'preset = "direct"',
    ].join('\n');
    const { body } = await post(toml('', scan));
    const id = String(body.scan_id);
    expect(await client.until(id, 'Finished')).toMatchObject({ is_user_model: true, application_id: 'app-7' });
    expect(Object.keys((await client.summary(id)).averages_attack).sort()).toEqual(['Default', 'Flip Attack']);
  });
});

describe('continue_flag', () => {
  const body = (name: string, changes: Json = {}, model: Json = {}): Json =>
    scanBody(target.url, { scan_name: name, concurrency: 1, ...changes }, model);

  async function failed(name: string): Promise<string> {
    target.turn(UNKNOWN_KEY);
    const id = await client.start(body(name));
    await client.until(id, 'Failed');
    target.turn(REFUSAL);
    return id;
  }

  it('starts a scan where none has this name', async () => {
    const { status, body: answered } = await start(body('continue: new', { continue_flag: true }));
    expect(status).toBe(200);
    await client.until(String(answered.scan_id), 'Finished');
  });

  it('goes on with the interrupted scan of this name, under its id', async () => {
    const id = await failed('continue: failed');
    expect(await start(body('continue: failed', { continue_flag: true }))).toEqual({
      status: 200,
      body: { scan_id: id, status: 200 },
    });
    await client.until(id, 'Finished');
  });

  it('goes on with the key and the headers that came with it', async () => {
    const id = await failed('continue: key');
    const before = target.requests.length;
    await start(body('continue: key', { continue_flag: true }, { api_key: 'sk-renewed' }));
    await client.until(id, 'Finished');
    expect(target.requests.at(before)?.authorization).toBe('Bearer sk-renewed');
  });

  it('is refused where the model differs', async () => {
    const id = await failed('continue: model');
    const { status, body: answered } = await start(
      body('continue: model', { continue_flag: true }, { model_name: 'another-model' }),
    );
    expect(status).toBe(400);
    expect(answered.message).toBe('continue_flag: the scan "continue: model" was started with another model.');
    expect((await client.progress(id)).status).toBe('Failed');
  });

  it('is refused where the datasets differ', async () => {
    await failed('continue: datasets');
    const { body: answered } = await start(
      body('continue: datasets', { continue_flag: true, datasets: [{ name: 'Bias' }] }),
    );
    expect(answered.message).toBe('continue_flag: the scan "continue: datasets" was started with other datasets.');
  });

  it('is refused where the scan has finished', async () => {
    const id = await finished(body('continue: finished'));
    const { status, body: answered } = await start(body('continue: finished', { continue_flag: true }));
    expect(status).toBe(400);
    expect(answered.message).toMatch(/status Finished cannot be resumed/);
    expect((await client.progress(id)).status).toBe('Finished');
  });

  it('does not reach into another project', async () => {
    const id = await failed('continue: elsewhere');
    const other = virtueRedClient(server.url, await server.keyOf('elsewhere'));
    const { body: answered } = await other.post('/v1/scan/start', body('continue: elsewhere', { continue_flag: true }));
    expect(answered.scan_id).not.toBe(id);
    await other.until(String(answered.scan_id), 'Finished');
    expect((await client.progress(id)).status).toBe('Failed');
  });
});

describe('a sandbox scan', () => {
  it('asks 12 plain requests, once each, and never counts as usage', async () => {
    const before = target.requests.length;
    const usage = async () => (await client.post('/v1/scan/usage', { mode: 'all_time' })).body.total_scans;
    const counted = await usage();
    const { scan_name, model } = scanBody(target.url);
    const id = await finished({ scan_name, model }, '/v1/sandbox/scan/start');
    expect(target.requests.length - before).toBe(12);
    const { lines, summary } = await client.download(id);
    expect(lines).toHaveLength(12);
    expect(Object.keys(summary.averages).sort()).toEqual([
      'Healthcare Risks',
      'OWASP LLM Top 10',
      'Over Cautiousness',
      'Privacy',
    ]);
    expect(await usage()).toBe(counted);
  });

  it('asks the same 12 cases every time', async () => {
    const { model } = scanBody(target.url);
    const asked = async (scan_name: string) => {
      const id = await finished({ scan_name, model }, '/v1/sandbox/scan/start');
      return (await client.download(id)).lines.map((line) => line.case_id);
    };
    expect(await asked('sandbox again')).toEqual(await asked('sandbox and again'));
  });

  it('makes no more than 12 calls where the target fails', async () => {
    target.turn({ status: 500, body: '{}' });
    const before = target.requests.length;
    const { scan_name, model } = scanBody(target.url);
    const { body } = await client.post('/v1/sandbox/scan/start', { scan_name, model });
    await client.until(String(body.scan_id), 'Failed');
    expect(target.requests.length - before).toBe(12);
  });
});

describe('progress of all scans', () => {
  it('is in the order of creation, with both forms of an id', async () => {
    const all = (await client.post('/v1/scan/progress', {})).body as unknown as {
      scan_id: string;
      created_at: string;
    }[];
    expect(all.length).toBeGreaterThan(1);
    expect(all.map((scan) => scan.created_at)).toEqual(all.map((scan) => scan.created_at).toSorted());
    const { scan_id } = all[0]!;
    expect(await client.progress(scan_id.replace('scan-', ''))).toEqual(all[0]);
  });

  it('leaves out what was created before since, and takes it with any offset', async () => {
    const list = async (since: string) => (await client.post('/v1/scan/progress', { since })).body as unknown as Json[];
    const all = await list('2024-01-15T00:00:00Z');
    expect(all.length).toBeGreaterThan(1);
    expect(await list('2999-01-01')).toEqual([]);
    expect(await list('2999-01-01T00:00:00+02:00')).toEqual([]);
    const created = String(all.at(-1)!.created_at);
    expect((await list(created)).map((scan) => scan.scan_id)).toContain(all.at(-1)!.scan_id);
  });

  it('ignores since beside a scan_id, even one that is no date', async () => {
    const [first] = (await client.post('/v1/scan/progress', {})).body as unknown as Json[];
    const { body } = await client.post('/v1/scan/progress', { scan_id: first!.scan_id, since: 'whenever' });
    expect(body).toEqual(first);
  });
});

describe('usage', () => {
  it('counts a finished scan once, in its own project, also after it was deleted', async () => {
    const project = 'usage';
    const other = virtueRedClient(server.url, await server.keyOf(project));
    const usage = async (mode: Json) => (await other.post('/v1/scan/usage', mode)).body;
    expect(await usage({ mode: 'all_time' })).toMatchObject({ total_scans: 0, period: null });
    expect(await usage({ mode: 'current_billing_cycle' })).toMatchObject({ total_scans: 0, period: null });
    const id = await other.start(scanBody(target.url));
    await other.until(id, 'Finished');
    const day = 86_400_000;
    const inside = { mode: 'custom', start: new Date(Date.now() - day).toISOString() };
    for (const mode of [{ mode: 'all_time' }, { mode: 'current_billing_cycle' }, inside])
      expect(await usage(mode)).toMatchObject({ ...{ mode: mode.mode }, total_scans: 1, user_id: 'admin' });
    expect(await usage({ mode: 'custom', end: new Date(Date.now() - day).toISOString() })).toMatchObject({
      total_scans: 0,
    });
    const row = await server.redoubt.store.db
      .selectFrom('scans')
      .select('project_id')
      .where('id', '=', id.replace('scan-', ''))
      .executeTakeFirstOrThrow();
    await server.redoubt.scans.remove(row.project_id, id.replace('scan-', ''), 'a test');
    expect(await usage({ mode: 'all_time' })).toMatchObject({ total_scans: 1 });
  });
});

describe('the pages without a key', () => {
  it.each(['/healthz', '/readyz', '/virtuered-scan-template.toml'])('%s is served', async (path) => {
    expect((await fetch(server.url + path)).status).toBe(200);
  });

  it('what does not exist is a 404 of the same shape', async () => {
    const response = await fetch(`${server.url}/v1/scan/stop?x=1`, { method: 'POST' });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ status: 404, message: 'POST /v1/scan/stop does not exist.' });
  });
});
