// API keys: what they may do, until when, how often; revocation, and where it is seen how soon.
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptEnvironmentKey, createKey, describeKeys } from '../src/access/keys.ts';
import { openAccess } from '../src/compose.ts';
import { systemClock } from '../src/core/clock.ts';
import { callApi } from './fakes/browser.ts';
import { startServer, type TestServer } from './fakes/server.ts';

describe('an API key', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ worker: false });
  });
  afterAll(() => server.close());

  const as = (key: string) => ({ authorization: `Bearer ${key}` });
  const make = async (body: Record<string, unknown>, key = server.key) =>
    callApi(server, 'POST', '/keys', { body, headers: as(key) });
  const list = (key: string) => callApi(server, 'GET', '/datasets', { headers: as(key) });

  it('is shown once, and stored as a hash only', async () => {
    const made = await make({ name: 'ci', scopes: ['read'] });
    expect(made.status).toBe(201);
    const { key, id, prefix } = made.body as { key: string; id: string; prefix: string };
    expect(key).toMatch(/^rdb_[\w-]{43}$/);
    expect(key.startsWith(prefix)).toBe(true);
    const listed = await callApi(server, 'GET', '/keys', { headers: as(server.key) });
    expect(JSON.stringify(listed.body)).not.toContain(key);
    expect(listed.body).toMatchObject({ keys: expect.arrayContaining([expect.objectContaining({ id, name: 'ci' })]) });
    expect((await list(key)).status).toBe(200);
    expect((await callApi(server, 'GET', '/datasets', { headers: { 'x-api-key': key } })).status).toBe(200);
  });

  it('may do what its scopes say, and hands on no more than it has', async () => {
    const { key } = (await make({ name: 'keeper', scopes: ['admin', 'read'] })).body as { key: string };
    expect((await make({ name: 'reader', scopes: ['read'] }, key)).status).toBe(201);
    expect((await make({ name: 'seer', scopes: ['detokenize'] }, key)).status).toBe(403);
    const { key: reader } = (await make({ name: 'reader', scopes: ['read'] })).body as { key: string };
    expect((await make({ name: 'x' }, reader)).status).toBe(403);
  });

  it('ends at its time', async () => {
    expect((await make({ name: 'late', expires_at: '2020-01-01T00:00:00Z' })).status).toBe(400);
    const soon = systemClock.now() + 300;
    const { key } = await createKey(server.redoubt.store, systemClock, 'brief', 'default', { expiresAt: soon });
    expect((await list(key)).status).toBe(200);
    await wait(soon - systemClock.now() + 1);
    expect((await list(key)).status, 'a remembered key expires too').toBe(401);
  });

  it('is revoked at once here, and within a second on another server of the same database', async () => {
    const { key, id } = (await make({ name: 'doomed', scopes: ['read'] })).body as { key: string; id: string };
    const elsewhere = openAccess(server.redoubt).keyring;
    expect((await list(key)).status).toBe(200);
    await elsewhere.callerOf(key);
    const revoked = await callApi(server, 'DELETE', `/keys/${id}`, { headers: as(server.key) });
    expect(revoked.status).toBe(204);
    expect((await list(key)).status).toBe(401);
    await wait(1_000);
    await expect(elsewhere.callerOf(key)).rejects.toMatchObject({ code: 'WRONG_KEY' });
    await elsewhere.close();
    const again = await callApi(server, 'DELETE', `/keys/${id}`, { headers: as(server.key) });
    expect(again.status).toBe(404);
  });

  it('of another project cannot be seen or revoked', async () => {
    const other = await server.keyOf('elsewhere');
    const { id } = (await make({ name: 'mine' })).body as { id: string };
    const refused = await callApi(server, 'DELETE', `/keys/${id}`, { headers: as(other) });
    const none = await callApi(server, 'DELETE', '/keys/none', { headers: as(other) });
    expect([refused.status, none.status]).toEqual([404, 404]);
    expect(JSON.stringify(refused.body).replaceAll(id, 'none')).toBe(JSON.stringify(none.body));
    const { body } = await callApi(server, 'GET', '/keys', { headers: as(other) });
    expect((body as { keys: unknown[] }).keys).toHaveLength(1);
  });

  it('is counted against its own limit, in the form of each face', async () => {
    const { key } = (await make({ name: 'slow', rate_limit: 2, scopes: ['scan', 'guard', 'read'] })).body as {
      key: string;
    };
    expect((await list(key)).status).toBe(200);
    expect((await list(key)).status).toBe(200);
    const own = await list(key);
    const post = (path: string, headers: Record<string, string>) =>
      fetch(server.url + path, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: '{}',
      });
    const answers = [
      await post('/v1/eval', as(key)),
      await post('/v1/scan/progress', { 'x-api-key': key }),
      await post('/gateway/v1/chat/completions', as(key)),
    ];
    expect([own.status, ...answers.map(({ status }) => status)]).toEqual([429, 429, 429, 429]);
    for (const { headers } of [own, ...answers]) expect(headers.get('retry-after')).toMatch(/^[1-9]\d?$/);
    const said = /^Too many requests with this API key\. Try again in \d+ s\.$/;
    expect(own.body).toMatchObject({ error: { code: 'RATE_LIMITED', message: expect.stringMatching(said) } });
    const bodies = await Promise.all(answers.map((answer) => answer.json()));
    expect(bodies).toMatchObject([
      { detail: expect.stringMatching(said) },
      { status: 429, message: expect.stringMatching(said) },
      { error: { type: 'rate_limit_error', code: 'rate_limited', message: expect.stringMatching(said) } },
    ]);
  });

  it('of the environment has no limit unless one is set', async () => {
    const { store } = server.redoubt;
    const limitOf = async () => (await describeKeys(store)).find(({ name }) => name === 'REDOUBT_API_KEY')?.rate_limit;
    await acceptEnvironmentKey(store, systemClock, 'a key of the environment', null);
    expect(await limitOf()).toBeNull();
    await acceptEnvironmentKey(store, systemClock, 'a key of the environment', 600);
    expect(await limitOf()).toBe(600);
  });

  it('notes its use in batches', async () => {
    const { key, id } = await createKey(server.redoubt.store, systemClock, 'used');
    const usedAt = async () =>
      (await describeKeys(server.redoubt.store)).find((each) => each.id === id)?.last_used_at ?? null;
    const { keyring } = server.access;
    for (let i = 0; i < 5; i++) await keyring.callerOf(key);
    expect(await usedAt()).toBeNull();
    await keyring.flush();
    expect(await usedAt()).not.toBeNull();
  });
});

describe('an address', () => {
  it('is counted against its limit where one is set, on every face', async () => {
    const server = await startServer({ worker: false, settings: { limits: { per_address: 3, api_key: null } } });
    try {
      const paths = ['/healthz', '/healthz', '/healthz', '/healthz', '/api/redoubt/v1/session', '/gateway/v1/models'];
      const answers = [];
      for (const path of paths) answers.push(await fetch(server.url + path));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429, 429]);
      expect(answers[5]!.headers.get('retry-after')).toMatch(/^[1-9]\d?$/);
    } finally {
      await server.close();
    }
  });
});
