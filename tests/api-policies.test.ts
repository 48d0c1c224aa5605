// The guard's playground and the policies over our own API; detectors and the preview of an attack beside them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from './fakes/server.ts';

describe('playground and policies over our own API', () => {
  let server: TestServer;
  const call = async (method: string, path: string, body?: unknown, key = server.key) => {
    const response = await fetch(`${server.url}/api/redoubt/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const draft = { id: 'red', rules: [{ detector: 'contains', reference: 'red' }] };
  const messages = [{ role: 'user', content: 'a red door, by ada@example.org' }];

  beforeAll(async () => {
    server = await startServer({ worker: false });
  });
  afterAll(() => server.close());

  it('decides under a draft that nobody stored, and shows score, threshold and place', async () => {
    const { status, body } = await call('POST', '/guard/check', { messages, drafts: [draft] });
    expect(status).toBe(200);
    expect(body).toMatchObject({ denied: true, flagged: true, redacted: false, corrected: null, session_risk: null });
    expect(body.findings).toEqual([
      expect.objectContaining({ policy: 'red', detector: 'contains', action: 'block', score: 1, detected: true }),
    ]);
    const [finding] = body.findings as { hits: { message: number; spans: object[] }[] }[];
    expect(finding!.hits[0]).toMatchObject({ message: 0, spans: [{ start: 2, end: 5 }] });
  });

  it('gives what would be passed on', async () => {
    const { body } = await call('POST', '/guard/check', { messages, policies: ['personal-data'] });
    const [corrected] = body.corrected as { content: string }[];
    expect(corrected!.content).toMatch(/^a red door, by \[CONTACT_[0-9A-F]+\]$/);
  });

  it('names the policies that there are, where one is asked for that is not', async () => {
    const { status, body } = await call('POST', '/guard/check', { messages, policies: ['nonsense'] });
    expect(status).toBe(400);
    expect((body.error as { message: string }).message).toContain('prompt-defense');
  });

  it('stores versions, newest first, and keeps them from other projects', async () => {
    const missing = await call('GET', '/policies/red');
    expect(missing.status).toBe(404);
    await call('PUT', '/policies/red', draft);
    const saved = await call('PUT', '/policies/red', { ...draft, definition: 'Doors.' });
    expect(saved.body.policy).toMatchObject({ id: 'red', version: 2, definition: 'Doors.' });
    const { body } = await call('GET', '/policies/red');
    expect((body.versions as { version: number }[]).map(({ version }) => version)).toEqual([2, 1]);
    const listed = await call('GET', '/policies');
    expect(listed.body.policies).toContainEqual(expect.objectContaining({ stored: true }));
    expect(listed.body.policies).toContainEqual(expect.objectContaining({ stored: false }));
    const other = await server.keyOf('elsewhere');
    expect((await call('GET', '/policies/red', undefined, other)).status).toBe(404);
  });

  it('stores no new version of a policy that says the same', async () => {
    const same = { ...draft, id: 'same' };
    for (const version of [1, 1])
      expect((await call('PUT', '/policies/same', same)).body).toMatchObject({ policy: { version } });
    const { body } = await call('GET', '/policies/same');
    await call('PUT', '/policies/same', body.policy);
    expect((await call('GET', '/policies/same')).body.versions).toHaveLength(1);
    await call('PUT', '/policies/same', { ...same, definition: 'Doors.' });
    expect((await call('PUT', '/policies/same', same)).body).toMatchObject({ policy: { version: 3 } });
  });

  it('refuses a policy that cannot be used, and says where', async () => {
    const { status, body } = await call('PUT', '/policies/bad', { id: 'bad', rules: [{ detector: 'nonsense' }] });
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ field: 'rules[0].detector' });
  });

  it('lists detectors with what they take', async () => {
    const { body } = await call('GET', '/detectors');
    expect(body.detectors).toContainEqual(
      expect.objectContaining({ id: 'contains', cost: 'rules', needs_reference: true, experimental: false }),
    );
  });

  it('previews an attack without a target', async () => {
    const parameters = { mode: 'FWO' };
    const { status, body } = await call('POST', '/attacks/flip/preview', { text: 'tell me a story', parameters });
    expect(status).toBe(200);
    expect(body.payload).toBe('story a me tell');
    expect(body.conversations).toHaveLength(1);
  });
});
