// Requests to our own API that cannot be served: each is answered in its own shape, with a sentence that a person understands.
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiClient, apiOf } from './fakes/api-client.ts';
import { startServer, type TestServer } from './fakes/server.ts';

let server: TestServer;
let api: ApiClient;
beforeAll(async () => {
  server = await startServer({ worker: false });
  api = apiOf(server.url, server.key);
});
afterAll(() => server.close());

const endpoint = { kind: 'openai', base_url: 'http://127.0.0.1:9/v1', model: 'm' };

describe('a body that does not fit', () => {
  it.each([
    ['left out', {}, 'target: is required.'],
    ['no object', [], 'request: must be an object.'],
    [
      'a kind that there is not',
      { target: { kind: 'x' } },
      'target.kind: is not known. Allowed: openai, named, http, simulated.',
    ],
    ['unknown fields', { target: endpoint, foo: 1, bar: 2 }, 'request: has no field "foo", "bar".'],
    ['an unknown field inside', { target: { ...endpoint, foo: 1 } }, 'target: has no field "foo".'],
    ['no URL', { target: { ...endpoint, base_url: 'x' } }, 'target.base_url: must be an http or https URL.'],
    ['nothing', { target: { ...endpoint, model: '' } }, 'target.model: must not be empty.'],
    [
      'a key that cannot be sent',
      { target: { ...endpoint, api_key: 'ü' } },
      'target.api_key: holds a character that no header can carry.',
    ],
    [
      'a bad header name',
      { target: { ...endpoint, headers: { 'a b': 'c' } } },
      'target.headers.a b: is not a header name.',
    ],
    ['a long name', { target: endpoint, name: 'x'.repeat(201) }, 'name: must have at most 200 characters.'],
    ['a fraction', { target: endpoint, seed: 1.5 }, 'seed: must be a whole number.'],
    ['another type in a list', { target: endpoint, datasets: [1] }, 'datasets[0]: must be a text.'],
    [
      'a word that is not listed',
      { target: endpoint, preset: 'x' },
      'preset: is not known. Allowed: direct, quick, standard, deep.',
    ],
    ['too much', { target: { ...endpoint, temperature: 9 } }, 'target.temperature: must be at most 2.'],
  ])('%s', async (_what, body, message) => {
    const field = message.split(': ')[0];
    expect(await api.post('/scans', body)).toEqual({
      status: 400,
      body: { error: { code: 'INVALID_FIELD', message, field } },
    });
  });
});

it.each([
  [{ ...endpoint, base_url: 'http://169.254.169.254/v1' }, 'target.base_url'],
  [{ kind: 'http', file: `curl http://169.254.169.254/ask -d '{"q":"{{prompt}}"}'` }, 'target.file'],
])('an address that may not be called is named where it stands: %j', async (target, field) => {
  const message = `${field}: the address 169.254.169.254 may not be called: link-local addresses are never called`;
  const error = { code: 'TARGET_NOT_ALLOWED', message, field };
  expect(await api.post('/scans/estimate', { target, datasets: ['Bias'] })).toEqual({ status: 400, body: { error } });
});

it.each([
  ['limit=abc', 'limit: must be a number.'],
  ['limit=201', 'limit: must be at most 200.'],
  ['cursor=', 'cursor: must not be empty.'],
  ['status=x', 'status: is not known. Allowed: Initializing, Scanning, Paused, Finished, Failed, Error.'],
])('a query that does not fit: %s', async (query, message) => {
  expect((await api.get(`/scans?${query}`)).body).toMatchObject({ error: { message } });
});

const none = '00000000-0000-7000-8000-000000000000';

it.each([
  ['audit?before=x', 'before: is none of ours. Leave it out to begin at the first page.'],
  ['audit?before=', 'before: is none of ours. Leave it out to begin at the first page.'],
  ['datasets/Bias?after=', 'after: must be a number.'],
  [`comparisons/tests?before=${none}&after=${none}&standing=fixed&cursor=`, 'cursor: must be a number.'],
  [`comparisons/tests?before=${none}&after=${none}&standing=fixed&cursor=-2`, 'cursor: must be at least -1.'],
])('a place in a list that is none: %s', async (path, message) => {
  expect(await api.get(`/${path}`)).toMatchObject({ status: 400, body: { error: { message } } });
});

it('a time that is none', async () => {
  expect((await api.post('/keys', { name: 'a', expires_at: 'soon' })).body).toMatchObject({
    error: { message: 'expires_at: must be a date and time, e.g. 2024-01-15T00:00:00Z.' },
  });
});

it.each([
  ['GET', '/nope'],
  ['PUT', '/scans'],
])('a path that is none: %s %s', async (method, path) => {
  const whole = `/api/redoubt/v1${path}`;
  const response = await fetch(`${server.url}${whole}`, { method, headers: { authorization: `Bearer ${server.key}` } });
  const message = `Path "${method} ${whole}" does not exist.`;
  expect([response.status, await response.json()]).toEqual([
    404,
    { error: { code: 'NOT_FOUND', message, field: 'Path' } },
  ]);
});

it('a body of another type', async () => {
  const response = await fetch(`${server.url}/api/redoubt/v1/guard/check`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.key}`, 'content-type': 'text/plain' },
    body: '{}',
  });
  expect(await response.json()).toMatchObject({
    error: { code: 'INVALID_BODY', message: expect.stringContaining('send Content-Type: application/json') },
  });
});

describe('what cannot be read as HTTP is told so in a body of ours', () => {
  const raw = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => socket.write(text));
      const heard: Buffer[] = [];
      socket.on('data', (bytes: Buffer) => heard.push(bytes));
      socket.on('error', reject).on('close', () => resolve(Buffer.concat(heard).toString()));
    });

  it.each([
    [
      'headers that are too large',
      `GET /healthz HTTP/1.1\r\nHost: x\r\nX-Big: ${'a'.repeat(17_000)}\r\n\r\n`,
      431,
      'The headers of the request are larger than 16 KB together.',
    ],
    [
      'a header that is none',
      'GET /healthz HTTP/1.1\r\nHo st: x\r\n\r\n',
      400,
      'The request cannot be read as HTTP: its first line, a header or the length of its body is not well formed.',
    ],
  ])('%s', async (_what, text, status, message) => {
    const [head, body] = (await raw(text)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(JSON.parse(body!)).toEqual({ status, error: message, message, detail: message });
  });
});

describe('a key', () => {
  it.each([
    ['expires', '90d'],
    ['project', 'other'],
  ])('is not made without the limit that was meant by "%s"', async (field, value) => {
    const { status, body } = await api.post('/keys', { name: 'a', [field]: value });
    expect([status, body]).toMatchObject([400, { error: { message: `request: has no field "${field}".` } }]);
  });

  it('ends at a time that is written with its offset', async () => {
    const { body } = await api.post('/keys', { name: 'a', expires_at: '2999-01-01T00:00:00+02:00' });
    expect(body).toMatchObject({ expires_at: '2998-12-31T22:00:00.000Z' });
  });
});

it('an acceptance ends at a time that is written with its offset', async () => {
  const decision = { kind: 'accepted', reason: 'known', until: '2999-01-01T00:00:00+02:00' };
  expect((await api.put('/findings/none/decision', decision)).body).toMatchObject({ error: { code: 'NOT_FOUND' } });
});

describe('at every face', () => {
  const post = async (path: string, headers: Record<string, string>, body: string | Buffer) => {
    const auth: Record<string, string> = path.startsWith('/v1/scan')
      ? { 'x-api-key': server.key }
      : { authorization: `Bearer ${server.key}` };
    const response = await fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { ...auth, 'content-type': 'application/json', ...headers },
      body,
    });
    return { status: response.status, text: await response.text() };
  };

  it.each([
    ['/api/redoubt/v1/guard/check', 400],
    ['/api/v1/guardrails', 400],
    ['/v1/scan/progress', 400],
    ['/v1/eval', 422],
    ['/gateway/v1/chat/completions', 400],
  ])('a compressed body is told to be one: %s', async (path, status) => {
    const answer = await post(path, { 'content-encoding': 'gzip' }, gzipSync('{}'));
    expect(answer).toEqual({
      status,
      text: expect.stringContaining('it is compressed (gzip). Send it without Content-Encoding.'),
    });
  });

  it.each(['{"messages":', ''])("what is no JSON is told so at Guardion's: %j", async (body) => {
    const detail = [{ loc: ['body'], msg: 'the body is not valid JSON', type: 'json_invalid' }];
    expect(await post('/v1/eval', {}, body)).toEqual({ status: 422, text: JSON.stringify({ detail }) });
  });

  it('a place in a body is named as people write it: the gateway', async () => {
    const { text } = await post('/gateway/v1/chat/completions', {}, '{"model":"m","messages":[1]}');
    expect(JSON.parse(text)).toMatchObject({
      error: { message: 'messages[0]: must be an object', param: 'messages[0]' },
    });
  });

  it('a text is no body: the gateway', async () => {
    const { text } = await post('/gateway/v1/chat/completions', { 'content-type': 'text/plain' }, '{}');
    expect(text).toContain('send JSON with Content-Type: application/json.');
  });
});
