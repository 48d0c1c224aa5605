// Redaction tokens over the API: stable in a session, private to it, revealed once, to a key with the scope alone.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditOf } from '../src/store/audit.ts';
import { startServer, type TestServer } from './fakes/server.ts';

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & {
    readonly correction: { readonly choices: { readonly content: string }[] };
  };
}

describe('redaction tokens', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ worker: false });
  });
  afterAll(() => server.close());

  async function post(path: string, body: unknown, key = server.key): Promise<Answer> {
    const response = await fetch(server.url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Answer['body'] };
  }

  const policies = [
    { id: 'p', target: 'user', detectors: [{ model: 'contains', expected: 'async', reference: ['Ada', 'Bob'] }] },
  ];
  async function redacted(content: string, session: string | null): Promise<string> {
    const { body } = await post('/v1/eval', { messages: [{ role: 'user', content }], policies, session });
    return body.correction.choices[0]!.content;
  }
  const tokensIn = (text: string): string[] => text.match(/\[[^\]]+\]/g) ?? [];

  it('are the same for the same value in a session, and others elsewhere', async () => {
    const [first, second] = [await redacted('Ada met Bob', 's1'), await redacted('Bob met Ada', 's1')];
    const [ada, bob] = tokensIn(first);
    expect(second).toBe(`${bob} met ${ada}`);
    expect(ada).not.toBe(bob);
    expect(tokensIn(await redacted('Ada', 's2'))[0]).not.toBe(ada);
    expect(tokensIn(await redacted('Ada', null))[0]).not.toBe(tokensIn(await redacted('Ada', null))[0]);
  });

  it.each([
    ['NUL', 'a\u0000'],
    ['half a surrogate pair', 'a\ud800'],
    ['what both are stored as', 'a\ufffd'],
  ])('stand in a session whose name holds %s, after one that is stored alike', async (_what, session) => {
    const [ada] = tokensIn(await redacted('Ada', session));
    expect((await post('/v1/detokenize', { tokens: [ada], session })).body.values).toEqual({ [ada!]: 'Ada' });
  });

  it('stand in the parts of a message, and in the results of tools among them', async () => {
    const content = [
      { type: 'text', text: 'Ada' },
      { type: 'tool_result', content: 'Bob' },
      { type: 'tool_result', content: [{ type: 'text', text: 'Ada' }] },
      { type: 'image_url', image_url: { url: 'https://example.org/a.png' } },
    ];
    const { body } = await post('/v1/guard', { messages: [{ role: 'user', content }], policies });
    expect(tokensIn(body.correction.choices[0]!.content)).toHaveLength(3);
  });

  it('stand in each part that a value goes over, with places in the content', async () => {
    const content = ['A', 'da met Bob'].map((text) => ({ type: 'text', text }));
    const { body } = await post('/v1/guard', { messages: [{ role: 'user', content }], policies });
    const [said] = body.correction.choices;
    expect(said!.content).toMatch(/^\[CONTAINS_\w+\]\n\[CONTAINS_\w+\] met \[CONTAINS_\w+\]$/);
    expect(body.correction).toMatchObject({
      redaction_spans: [
        { index: 0, start: 0, end: 1 },
        { index: 0, start: 2, end: 4 },
        { index: 0, start: 9, end: 12 },
      ],
    });
  });

  it('stand in each of many tool calls, as text or as the object that was sent, and in nothing beside them', async () => {
    const calls = Array.from({ length: 2_000 }, (_, at) => ({
      id: `call ${at}`,
      type: 'function',
      function: { name: 'send', arguments: at % 2 === 0 ? `to Ada ${at}` : { to: 'Ada', at } },
    }));
    const messages = [
      { role: 'user', content: 'Bob?', tool_calls: calls },
      { role: 'user', content: 'Nobody.' },
    ];
    const { status, body } = await post('/v1/guard', { messages, policies, session: 's5' });
    expect(status).toBe(200);
    const [ada, bob] = tokensIn(await redacted('Ada, Bob', 's5'));
    expect(body.correction.choices).toMatchObject([
      {
        index: 0,
        content: `${bob}?`,
        tool_calls: calls.map((call, at) => ({
          ...call,
          function: { name: 'send', arguments: at % 2 === 0 ? `to ${ada} ${at}` : { to: ada, at } },
        })),
      },
      { index: 1, content: 'Nobody.', redacted: false },
    ]);
  });

  it('are revealed once, in their session, and the audit log says to whom', async () => {
    const [token] = tokensIn(await redacted('Ada', 's3'));
    expect((await post('/v1/detokenize', { tokens: [token] })).body.values).toEqual({ [token!]: null });
    expect((await post('/v1/detokenize', { tokens: [token], session: 's3' })).body.values).toEqual({ [token!]: 'Ada' });
    expect((await post('/v1/detokenize', { tokens: [token], session: 's3' })).body.values).toEqual({ [token!]: null });
    const entries = (await auditOf(server.redoubt.store, 'default')).filter((entry) => entry.subject === token);
    expect(entries.map(({ action, actor }) => `${actor}: ${action}`)).toEqual([
      'test key of default: detokenize, nothing to reveal',
      'test key of default: detokenize',
      'test key of default: detokenize, nothing to reveal',
    ]);
  });

  it('are put back into a text', async () => {
    const text = await redacted('Ada met Bob', null);
    expect((await post('/v1/detokenize', { text })).body.text).toBe('Ada met Bob');
    expect((await post('/v1/detokenize', { text })).body.text).toBe(text);
  });

  it('stay hidden from other projects, and from keys without the scope', async () => {
    const [token] = tokensIn(await redacted('Ada', null));
    const stranger = await server.keyOf('another');
    expect((await post('/v1/detokenize', { tokens: [token] }, stranger)).body.values).toEqual({ [token!]: null });
    await server.redoubt.store.db
      .updateTable('keys')
      .set({ scopes: '["guard","admin"]' })
      .where('name', '=', 'test key of another')
      .execute();
    server.access.keyring.forget();
    expect((await post('/v1/detokenize', { tokens: [token] }, stranger)).status).toBe(403);
  });

  it('lie encrypted in the database', async () => {
    await redacted('Ada', 's4');
    const rows = await server.redoubt.store.db.selectFrom('guard_tokens').selectAll().execute();
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(Buffer.from(row.value).toString('latin1')).not.toContain('Ada');
  });
});
