// The guard's own routes: recorded decisions, figures, and the dry run of a draft.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from './fakes/server.ts';

describe('the guard over our own API', () => {
  let server: TestServer;
  const call = async (path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }> => {
    const response = await fetch(server.url + path, {
      headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  beforeAll(async () => {
    server = await startServer({ worker: false });
    const policies = [
      { id: 'red', target: 'user', detectors: [{ model: 'contains', expected: 'block', reference: 'red' }] },
      { id: 'mail', target: 'user', detectors: [{ model: 'pii', expected: 'async', reference: 'EMAIL' }] },
    ];
    for (const content of ['a red door', 'a blue door', 'write to ada@example.org about the blue door'])
      await call('/v1/eval', { messages: [{ role: 'user', content }], policies });
  });
  afterAll(() => server.close());

  it('lists what was decided, with what was found taken out', async () => {
    const { body } = await call('/api/redoubt/v1/guard/decisions');
    const decisions = body as unknown as { denied: boolean; messages: { content: string }[] }[];
    expect(decisions.map((each) => each.messages[0]!.content).sort()).toEqual([
      'a [CONTAINS] door',
      'a blue door',
      'write to [CONTACT] about the blue door',
    ]);
    expect(decisions.filter((each) => each.denied)).toHaveLength(1);
  });

  it('says what a draft would have done, and to which', async () => {
    const draft = { id: 'red', rules: [{ detector: 'contains', reference: 'blue' }] };
    const { status, body } = await call('/api/redoubt/v1/guard/dry-run', { draft });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      sentence: 'Of 3 recorded decisions it would deny 2, 1 more than were denied.',
      denies: { before: 1, after: 2 },
    });
    expect((body.denied as unknown[]).length).toBe(2);
    expect((body.released as unknown[]).length).toBe(1);
  });

  it('refuses a draft that cannot be used', async () => {
    const draft = { id: 'red', rules: [{ detector: 'nonsense' }] };
    expect((await call('/api/redoubt/v1/guard/dry-run', { draft })).status).toBe(400);
  });

  it('counts by detector, for each project its own', async () => {
    const { body } = await call('/api/redoubt/v1/guard/detectors');
    expect(body).toContainEqual(expect.objectContaining({ detector: 'contains', asked: 3, detected: 1, undecided: 0 }));
    const key = await server.keyOf('elsewhere');
    const other = await fetch(`${server.url}/api/redoubt/v1/guard/detectors`, {
      headers: { authorization: `Bearer ${key}` },
    });
    expect([other.status, await other.json()]).toEqual([200, []]);
  });
});
