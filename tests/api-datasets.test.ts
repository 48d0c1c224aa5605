// Datasets over our own API: upload as JSON lines and CSV, errors with lines, list, pages, delete, keys and projects.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from './fakes/server.ts';

type Json = Record<string, unknown>;

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ worker: false });
});
afterAll(() => server.close());

interface Sent {
  readonly method?: string;
  readonly body?: string;
  readonly type?: string;
  readonly key?: string;
}

async function ask(path: string, sent: Sent = {}): Promise<{ status: number; body: Json }> {
  const response = await fetch(`${server.url}/api/redoubt/v1${path}`, {
    method: sent.method ?? (sent.body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(sent.key === '' ? {} : { Authorization: `Bearer ${sent.key ?? server.key}` }),
      ...(sent.type === undefined ? {} : { 'Content-Type': sent.type }),
    },
    body: sent.body,
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Json) };
}

const jsonl = (...lines: object[]): Sent => ({
  body: lines.map((line) => JSON.stringify(line)).join('\n'),
  type: 'application/jsonl',
});
const csv = (body: string): Sent => ({ body, type: 'text/csv; charset=utf-8' });

describe('an upload', () => {
  it('of JSON lines is a dataset from then on, with remarks on what it holds', async () => {
    const lines = [{ prompt: 'One?' }, { prompt: 'one? ' }, { prompt: 'Two?', expect: 'correct' }];
    const { status, body } = await ask('/datasets?name=My%20cases', jsonl(...lines));
    expect(status).toBe(201);
    expect(body).toEqual({
      dataset: {
        name: 'My cases',
        slug: 'my-cases',
        version: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
        cases: 3,
        origin: 'own',
        by_default: false,
      },
      good: 3,
      bad: 0,
      lines: [{ line: 2, text: 'asks the same as line 1' }],
      remarks: [expect.stringMatching(/^Not planned without a judge model.*lines 3\)$/) as string],
    });
    const listed = (await ask('/datasets')).body.datasets as Json[];
    expect(listed.filter((entry) => entry.origin === 'shipped')).toHaveLength(21);
    expect(listed.filter((entry) => entry.by_default)).toHaveLength(20);
    const byName = listed.find((entry) => entry.slug === 'agentic-tools');
    expect(byName).toMatchObject({ by_default: false });
    expect((await ask('/datasets/agentic-tools')).body.dataset).toEqual(byName);
    expect(listed).toContainEqual(body.dataset);
  });

  it('of CSV takes its columns as told, and may only be checked', async () => {
    const path = '/datasets?name=Questions&column=prompt%3DQuestion&column=category%3DArea';
    const file = csv('Question,Area\nHow?,Sums\nWhy?,Sums\n');
    expect((await ask(`${path}&check_only=true`, file)).body).toMatchObject({ dataset: null, good: 2 });
    expect((await ask('/datasets/Questions')).status).toBe(400);
    expect((await ask(path, file)).status).toBe(201);
    expect((await ask('/datasets/questions')).body.cases).toMatchObject([{ request: 'How?', subcategory: 'Sums' }, {}]);
  });

  it.each<[string, string, Sent, number, object]>([
    [
      'bad lines',
      'name=x',
      jsonl({ prompt: 'One?' }, { goal: 'x' }, { prompt: 'x', expect: 'deny' }),
      400,
      { code: 'FILE_INVALID', lines: [{ line: 2 }, { line: 3 }] },
    ],
    ['bad rows', 'name=x', csv('prompt\n"open'), 400, { code: 'FILE_INVALID', lines: [{ line: 2 }] }],
    ['no case', 'name=x', csv('prompt\n'), 400, { code: 'FILE_INVALID', message: 'body: it holds no case.' }],
    ['no name', '', jsonl({ prompt: 'x' }), 400, { code: 'INVALID_FIELD', field: 'name' }],
    ['the name of one that ships', 'name=gdpr', jsonl({ prompt: 'x' }), 400, { code: 'INVALID_FIELD', field: 'name' }],
    [
      'an unknown key for a column',
      'name=x&column=a%3Db',
      csv('b\nx'),
      400,
      { code: 'UNKNOWN_VALUE', field: 'column' },
    ],
    ['another type', 'name=x', { body: '{}', type: 'application/json' }, 400, { code: 'INVALID_BODY' }],
    ['an empty body', 'name=x', { method: 'POST' }, 400, { code: 'INVALID_BODY' }],
  ])('with %s is told so', async (_, query, sent, status, error) => {
    const answered = await ask(`/datasets?${query}`, sent);
    expect(answered).toMatchObject({ status, body: { error } });
  });

  it('of lines with endless mistakes is told the first of them in few words', async () => {
    const messages = (count: number): string => `{"messages":[${Array.from({ length: count }, () => 1).join(',')}]}\n`;
    const { status, body } = await ask('/datasets?name=x', {
      body: messages(40) + messages(200_000) + JSON.stringify({ prompt: 'x', oracle: { type: 'x'.repeat(900_000) } }),
      type: 'application/jsonl',
    });
    expect(status).toBe(400);
    const [few, many, long] = (body.error as { lines: { text: string }[] }).lines.map(({ text }) => text);
    expect(few).toMatch(/^messages\.0: .*; messages\.9: [^;]*; 30 more$/);
    expect(many).toBe('it holds more than 100,000 values');
    expect(long!.length).toBeLessThan(400);
  });

  it('above 64 MB is refused', async () => {
    const line = `${JSON.stringify({ prompt: 'x'.repeat(64 * 1024) })}\n`;
    const { status, body } = await ask('/datasets?name=large', { body: line.repeat(1_030), type: 'application/jsonl' });
    expect([status, body.error]).toMatchObject([413, { code: 'BODY_TOO_LARGE' }]);
  });
});

describe('while a long file is taken', () => {
  it.each<[string, Sent, number]>([
    ['JSON lines', jsonl(...Array.from({ length: 20_000 }, (_, n) => ({ prompt: `Question ${n}?` }))), 201],
    ['bad lines', { body: '{"prompt":1}\n'.repeat(50_000), type: 'application/jsonl' }, 400],
    ['CSV', csv(`prompt\n${Array.from({ length: 20_000 }, (_, n) => `Question ${n}?`).join('\n')}`), 201],
  ])(
    'as %s the server answers others',
    async (_, sent, status) => {
      const began = performance.now();
      let isDone = false;
      const upload = ask('/datasets?name=long', sent).finally(() => {
        isDone = true;
      });
      const waits: number[] = [];
      while (!isDone) {
        const asked = performance.now();
        await (await fetch(`${server.url}/healthz`)).text();
        waits.push(performance.now() - asked);
      }
      expect((await upload).status).toBe(status);
      // A share, not a time: the machine may be busy with other tests.
      expect(Math.max(...waits)).toBeLessThan((performance.now() - began) / 2);
      expect(waits.length).toBeGreaterThan(5);
    },
    60_000,
  );
});

describe('a dataset', () => {
  it('is read page by page', async () => {
    await ask('/datasets?name=paged', jsonl({ prompt: 'a' }, { prompt: 'b' }, { prompt: 'c' }));
    const first = (await ask('/datasets/paged?limit=2')).body;
    expect(first).toMatchObject({ cases: [{ request: 'a' }, { request: 'b' }], next: 1 });
    expect((await ask('/datasets/paged?limit=2&after=1')).body).toMatchObject({
      cases: [{ request: 'c' }],
      next: null,
    });
    expect((await ask('/datasets/paged?limit=0')).body.error).toMatchObject({ field: 'limit' });
  });

  it.each(['Healthcare Risks', 'eu-ai-act', 'OOD Robustness'])('that ships is found as %s', async (name) => {
    const { status, body } = await ask(`/datasets/${encodeURIComponent(name)}`);
    expect([status, (body.dataset as Json).origin]).toEqual([200, 'shipped']);
  });

  it('of the project can be deleted, no other', async () => {
    await ask('/datasets?name=passing', jsonl({ prompt: 'a' }));
    expect((await ask('/datasets/passing', { method: 'DELETE' })).status).toBe(204);
    expect((await ask('/datasets/passing', { method: 'DELETE' })).status).toBe(404);
    expect((await ask('/datasets/finra', { method: 'DELETE' })).status).toBe(404);
  });

  it('of another project is not seen, and cannot be deleted', async () => {
    await ask('/datasets?name=private', jsonl({ prompt: 'a' }));
    const key = await server.keyOf('another');
    expect((await ask('/datasets/private', { key })).status).toBe(400);
    expect((await ask('/datasets/private', { key, method: 'DELETE' })).status).toBe(404);
    const listed = (await ask('/datasets', { key })).body.datasets as Json[];
    expect(listed.every((entry) => entry.origin === 'shipped')).toBe(true);
  });
});

describe('a request', () => {
  it.each([
    ['no key', '', 'MISSING_KEY'],
    ['a wrong key', 'rdb_wrong', 'WRONG_KEY'],
  ])('with %s is refused', async (_, key, code) => {
    expect(await ask('/datasets', { key })).toMatchObject({ status: 401, body: { error: { code } } });
  });

  it('needs the scope of its route', async () => {
    const key = await server.keyOf('readers');
    await server.redoubt.store.db
      .updateTable('keys')
      .set({ scopes: '["read"]' })
      .where('prefix', '=', key.slice(0, 12))
      .execute();
    expect((await ask('/datasets', { key })).status).toBe(200);
    const refused = await ask('/datasets?name=x', { key, ...jsonl({ prompt: 'a' }) });
    expect(refused).toMatchObject({ status: 403, body: { error: { code: 'MISSING_SCOPE' } } });
  });
});
