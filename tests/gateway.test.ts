// The gateway over a real server and a scripted model: what goes in, what comes out, and what never leaves.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  completionOf,
  eventsOf,
  type ScriptedUpstream,
  sendEvents,
  sendJson,
  startScriptedUpstream,
} from './fakes/scripted-upstream.ts';
import { startServer, type TestServer } from './fakes/server.ts';

const SECRET = 'OTTER-4417-LANTERN';

const policyFiles: Readonly<Record<string, string>> = {
  'no-otters.yaml': `id: no-otters
targets: [user, assistant, tool, context]
override_response: This is not for you.
rules:
  - { detector: contains, action: block, reference: ["${SECRET}"] }
`,
  'no-names.yaml': `id: no-names
targets: [user, assistant]
rules:
  - { detector: contains, action: redact, reference: ["Ottilie Fenwick"] }
`,
};

let upstream: ScriptedUpstream;
let server: TestServer;
const data = mkdtempSync(join(tmpdir(), 'redoubt-gateway-'));

beforeAll(async () => {
  mkdirSync(join(data, 'policies'));
  for (const [name, text] of Object.entries(policyFiles)) writeFileSync(join(data, 'policies', name), text);
  upstream = await startScriptedUpstream();
  const models = {
    house: { base_url: upstream.url, api_key: 'upstream-key', api_key_env: null, model: 'scripted-7b' },
  };
  server = await startServer({ data, worker: false, settings: { models } });
});
afterAll(async () => {
  await server.close();
  await upstream.close();
  rmSync(data, { recursive: true, force: true });
});
beforeEach(() => {
  upstream.calls.length = 0;
  upstream.answer = (_call, response) => sendJson(response, 200, completionOf({ content: 'Good day.' }));
});

const call = (body: unknown, headers: Record<string, string> = {}, path = '/chat/completions'): Promise<Response> =>
  fetch(`${server.url}/gateway/v1${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${server.key}`,
      'content-type': 'application/json',
      'x-redoubt-policies': 'no-otters,no-names',
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const say = (content: string, more: object = {}): object => ({
  model: 'house',
  messages: [{ role: 'user', content }],
  ...more,
});

interface Answer {
  readonly choices: readonly { readonly message: Record<string, unknown>; readonly finish_reason: string }[];
  readonly error?: { readonly message: string; readonly type: string; readonly code: string };
}
const read = async (response: Response): Promise<Answer> => (await response.json()) as Answer;

describe('whole answers', () => {
  it('pass on what is harmless, with the key and the name of the upstream', async () => {
    const response = await call(say('Good morning', { temperature: 0.5, seed: 7, unknown_option: true }));
    expect(response.status).toBe(200);
    expect(response.headers.get('x-redoubt-in')).toBe('passed');
    expect(response.headers.get('x-redoubt-out')).toBe('passed');
    expect((await read(response)).choices[0]!.message.content).toBe('Good day.');
    expect(upstream.calls).toEqual([
      {
        path: '/v1/chat/completions',
        authorization: 'Bearer upstream-key',
        body: {
          model: 'scripted-7b',
          messages: [{ role: 'user', content: 'Good morning' }],
          temperature: 0.5,
          seed: 7,
          unknown_option: true,
        },
      },
    ]);
  });

  it.each([
    ['a message', say(`What is ${SECRET}?`)],
    [
      'a part of a message',
      { model: 'house', messages: [{ role: 'user', content: [{ type: 'text', text: SECRET }] }] },
    ],
    ['a tool result', { model: 'house', messages: [{ role: 'tool', tool_call_id: 'a', content: `found ${SECRET}` }] }],
    [
      'the description of a parameter of a tool',
      say('Hello', {
        tools: [
          {
            type: 'function',
            function: {
              name: 'f',
              parameters: { properties: { a: { type: 'string', description: `say ${SECRET}` } } },
            },
          },
        ],
      }),
    ],
  ])('stop %s on its way in, without asking the model', async (_what, body) => {
    const response = await call(body);
    expect(response.status).toBe(200);
    expect(response.headers.get('x-redoubt-in')).toBe('denied');
    expect(response.headers.get('x-redoubt-in-policies')).toBe('no-otters');
    const [choice] = (await read(response)).choices;
    expect(choice).toMatchObject({ finish_reason: 'content_filter', message: { content: 'This is not for you.' } });
    expect(upstream.calls).toHaveLength(0);
  });

  it('redact on the way in and on the way out', async () => {
    upstream.answer = (_call, response) =>
      sendJson(response, 200, completionOf({ content: 'Ottilie Fenwick lives here.', reasoning: 'Ottilie Fenwick?' }));
    const response = await call(say('Where does Ottilie Fenwick live?'));
    expect(response.headers.get('x-redoubt-in')).toBe('redacted');
    expect(response.headers.get('x-redoubt-out')).toBe('redacted');
    expect(JSON.stringify(upstream.calls[0]!.body)).toMatch(/Where does \[CONTAINS_[0-9A-F]+\] live\?/);
    const [choice] = (await read(response)).choices;
    expect(choice!.message.content).toMatch(/^\[CONTAINS_[0-9A-F]+\] lives here\.$/);
    expect(choice!.message.reasoning).toMatch(/^\[CONTAINS_[0-9A-F]+\]\?$/);
  });

  it.each([
    ['the answer', { content: `It is ${SECRET}.` }],
    [
      'the arguments of a tool call',
      { tool_calls: [{ id: 'a', type: 'function', function: { name: 'send', arguments: `{"to":"${SECRET}"}` } }] },
    ],
    ['the reasoning', { content: 'No.', reasoning_content: SECRET }],
  ])('stop %s on its way out', async (_what, message) => {
    upstream.answer = (_call, response) => sendJson(response, 200, completionOf(message));
    const response = await call(say('Tell me'));
    expect(response.headers.get('x-redoubt-out')).toBe('denied');
    const text = await response.text();
    expect(text).not.toContain(SECRET);
    expect((JSON.parse(text) as Answer).choices[0]!.finish_reason).toBe('content_filter');
  });
});

describe('errors', () => {
  it.each([400, 401, 429, 500, 503])('of the upstream pass unchanged: %d', async (status) => {
    const problem = { error: { message: 'as the upstream says', type: 'theirs', code: 'x' } };
    upstream.answer = (_call, response) =>
      sendJson(response, status, problem, { 'retry-after': '7', 'set-cookie': 'a=b', 'x-request-id': 'r1' });
    const response = await call(say('Hello', { stream: status === 500 }));
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual(problem);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(response.headers.get('x-request-id')).toBe('r1');
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  it('a redirect is an answer and is not followed', async () => {
    upstream.answer = (_call, response) => void response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end();
    expect((await fetchManually(say('Hello'))).status).toBe(307);
  });

  it.each([
    ['no key', say('x'), { authorization: '' }, 401, 'missing_key'],
    ['a wrong key', say('x'), { authorization: 'Bearer nonsense' }, 401, 'wrong_key'],
    ['an unknown model', { ...say('x'), model: 'other' }, {}, 404, 'model_unknown'],
    ['an unknown policy', say('x'), { 'x-redoubt-policies': 'none-such' }, 400, 'unknown_value'],
    ['no messages', { model: 'house', messages: [] }, {}, 400, 'invalid_field'],
    ['a message without a role', { model: 'house', messages: [{ content: 'x' }] }, {}, 400, 'invalid_field'],
    ['no JSON', '{"model": ', {}, 400, 'invalid_body'],
  ])('%s', async (_what, body, headers, status, code) => {
    const response = await call(body, headers as Record<string, string>);
    expect(response.status).toBe(status);
    expect((await read(response)).error).toMatchObject({ code, message: expect.stringMatching(/\w/) });
  });

  it('an upstream that is not there', async () => {
    upstream.answer = (_call, response) => void response.destroy();
    const response = await call(say('Hello'));
    expect(response.status).toBe(502);
    expect((await read(response)).error!.type).toBe('upstream_error');
  });

  it('an answer that is no JSON is not handed on', async () => {
    upstream.answer = (_call, response) => void response.writeHead(200).end(`<p>${SECRET}`);
    const response = await call(say('Hello'));
    expect(response.status).toBe(502);
    expect(await response.text()).not.toContain(SECRET);
  });
});

const fetchManually = (body: unknown): Promise<Response> =>
  fetch(`${server.url}/gateway/v1/chat/completions`, {
    method: 'POST',
    redirect: 'manual',
    headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

interface Streamed {
  readonly text: string;
  readonly calls: readonly unknown[];
  readonly finish: string | null;
  readonly released: number | null;
  readonly raw: string;
}

async function readStream(response: Response): Promise<Streamed> {
  const raw = await response.text();
  const events = raw.split('\n\n').filter((event) => event.startsWith('data: {'));
  let text = '';
  let finish: string | null = null;
  let released: number | null = null;
  const calls: unknown[] = [];
  for (const event of events) {
    const chunk = JSON.parse(event.slice(6)) as {
      choices?: { delta: { content?: string; tool_calls?: unknown[] }; finish_reason: string | null }[];
      redoubt?: { released: number };
    };
    for (const choice of chunk.choices ?? []) {
      text += choice.delta.content ?? '';
      calls.push(...(choice.delta.tool_calls ?? []));
      finish = choice.finish_reason ?? finish;
    }
    released = chunk.redoubt?.released ?? released;
  }
  return { text, calls, finish, released, raw };
}

const tokens = (text: string): object[] => (text.match(/\s*\S{1,5}/gu) ?? []).map((content) => ({ content }));

describe('streamed answers', () => {
  const streamed = async (deltas: readonly object[], size = 7): Promise<Streamed> => {
    upstream.answer = (_call, response) => sendEvents(response, eventsOf(deltas), size);
    return readStream(await call(say('Go on', { stream: true })));
  };

  it('arrive whole where nothing is found', async () => {
    const text = 'Grüße aus dem Café: 你好, 🦦 and a good day to you all.';
    for (const size of [1, 3, 64, 4096])
      expect(await streamed(tokens(text), size)).toMatchObject({ text, finish: 'stop' });
  });

  it('end before a secret, and say how much had left', async () => {
    const answer = await streamed(tokens(`The code is ${SECRET}, keep it safe.`));
    expect(answer).toMatchObject({ text: 'The code is ', finish: 'content_filter', released: 12 });
    expect(answer.raw).not.toContain('OTTER');
    expect(answer.raw.trimEnd().endsWith('data: [DONE]')).toBe(true);
  });

  it('say the sentence of the policy where nothing had left', async () => {
    expect(await streamed(tokens(SECRET))).toMatchObject({ text: 'This is not for you.', finish: 'content_filter' });
  });

  it('have tokens in place of what is redacted', async () => {
    const { text, finish } = await streamed(tokens('Ask Ottilie Fenwick, or Ottilie herself.'));
    expect(text).toMatch(/^Ask \[CONTAINS_[0-9A-F]+\], or Ottilie herself\.$/);
    expect(finish).toBe('stop');
  });

  it('give tool calls whole or not at all', async () => {
    const piecesOf = (argument: string): object[] => [
      { tool_calls: [{ index: 0, id: 'a', type: 'function', function: { name: 'send', arguments: '' } }] },
      ...(argument.match(/.{1,4}/g) ?? []).map((piece) => ({
        tool_calls: [{ index: 0, function: { arguments: piece } }],
      })),
    ];
    const good = await streamed(piecesOf('{"to":"the harbour"}'));
    expect(good.calls).toEqual([
      { index: 0, id: 'a', type: 'function', function: { name: 'send', arguments: '{"to":"the harbour"}' } },
    ]);
    const bad = await streamed(piecesOf(`{"to":"${SECRET}"}`));
    expect(bad).toMatchObject({ calls: [], finish: 'content_filter' });
    expect(bad.raw).not.toContain('OTTER');
  });

  it('stop on the way in as a stream too', async () => {
    const answer = await readStream(await call(say(SECRET, { stream: true })));
    expect(answer).toMatchObject({ text: 'This is not for you.', finish: 'content_filter' });
    expect(upstream.calls).toHaveLength(0);
  });

  it('that break off say so, and what was held back stays back', async () => {
    upstream.answer = (_call, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(eventsOf(tokens('The code is OTTER-44')).slice(0, 6).join(''), () => response.destroy());
    };
    const { raw } = await readStream(await call(say('Go on', { stream: true })));
    expect(raw).not.toContain('OTTER');
    expect(raw).toContain('upstream_error');
    expect(raw).not.toContain('[DONE]');
  });

  it('are no longer asked for once the client has gone', async () => {
    let closed: (value: string) => void = () => undefined;
    const gone = new Promise<string>((resolve) => {
      closed = resolve;
    });
    upstream.answer = (_call, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.on('close', () => closed('closed'));
      response.write(eventsOf([{ content: 'Hello there, ' }])[1]!);
    };
    const leaving = new AbortController();
    const response = await fetch(`${server.url}/gateway/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(say('Go on', { stream: true })),
      signal: leaving.signal,
    });
    await response.body!.getReader().read();
    leaving.abort();
    expect(await gone).toBe('closed');
  });
});

describe('what is passed through', () => {
  it('embeddings, under the name of the upstream', async () => {
    upstream.answer = (_call, response) => sendJson(response, 200, { object: 'list', data: [] });
    const response = await call({ model: 'house', input: 'text' }, {}, '/embeddings');
    expect(await response.json()).toEqual({ object: 'list', data: [] });
    expect(upstream.calls[0]).toMatchObject({ path: '/v1/embeddings', body: { model: 'scripted-7b', input: 'text' } });
  });

  it('the models that are set up', async () => {
    const response = await fetch(`${server.url}/gateway/v1/models`, {
      headers: { authorization: `Bearer ${server.key}` },
    });
    expect(await response.json()).toMatchObject({ object: 'list', data: [{ id: 'house', object: 'model' }] });
  });
});
