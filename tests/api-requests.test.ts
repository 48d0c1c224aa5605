// Requests to our own API that cannot be served: each is answered in its own shape, with a sentence that a person understands.
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
  ['limit=abc', 'limit: must be a number.'],
  ['limit=201', 'limit: must be at most 200.'],
  ['cursor=', 'cursor: must not be empty.'],
  ['status=x', 'status: is not known. Allowed: Initializing, Scanning, Paused, Finished, Failed, Error.'],
])('a query that does not fit: %s', async (query, message) => {
  expect((await api.get(`/scans?${query}`)).body).toMatchObject({ error: { message } });
});

it('a time that is none', async () => {
  expect((await api.post('/keys', { name: 'a', expires_at: 'soon' })).body).toMatchObject({
    error: { message: 'expires_at: must be a date and time, e.g. 2024-01-15T00:00:00Z.' },
  });
});
