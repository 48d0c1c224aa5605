import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CallFailure, ChatMessage, ChatRequest } from '../core/chat.ts';
import { guardedConnector } from './egress.ts';
import { bearsMark, createHttpTarget, type HttpTargetOptions } from './http-target.ts';
import { readTemplate } from './target-file.ts';

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}
type Script = (response: ServerResponse, seen: Seen) => void;

let server: Server;
let base: string;
let script: Script;
let seen: Seen[] = [];
let dispatcher: Agent;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = {
        method: request.method!,
        url: request.url!,
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      };
      seen.push(one);
      script(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  dispatcher = new Agent();
});

afterEach(() => {
  seen = [];
});

afterAll(async () => {
  await dispatcher.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const json =
  (value: unknown, status = 200, headers: Record<string, string> = {}): Script =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));

const target = (template: Record<string, unknown> = {}, over: Partial<HttpTargetOptions> = {}) =>
  createHttpTarget({
    template: readTemplate({ url: `${base}/chat`, body: { prompt: '{{prompt}}' }, ...template }),
    secrets: {},
    dispatcher,
    timeoutMs: 5000,
    ...over,
  });

const ask = (content: string | ChatMessage[], over: Partial<ChatRequest> = {}): ChatRequest => ({
  messages: typeof content === 'string' ? [{ role: 'user', content }] : content,
  conversationId: 'c1',
  ...over,
});

const failureOf = async (model: ReturnType<typeof target>, request = ask('hi')): Promise<CallFailure> => {
  const result = await model.call(request);
  if (result.ok) throw new Error(`answered ${result.answer.text}`);
  return result.failure;
};

describe('an HTTP target', () => {
  it('sends the filled template and takes the answer out', async () => {
    script = json({ reply: { text: 'hello' } }, 200, { 'x-request-id': 'r1' });
    const model = target(
      { answer_path: 'reply.text', headers: { 'X-Key': 'from-template', 'x-a': '1' } },
      { secrets: { 'X-KEY': 'wins' } },
    );
    const result = await model.call(ask('say "hi"\n'));
    expect(result).toMatchObject({ ok: true, answer: { text: 'hello', refused: false, requestId: 'r1', model: null } });
    expect(result.latencyMs).toBeGreaterThan(0);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({
      method: 'POST',
      url: '/chat',
      body: '{"prompt":"say \\"hi\\"\\n"}',
      headers: { 'x-key': 'wins', 'x-a': '1' },
    });
    expect(model.adaptations()).toEqual([]);
    await model.close();
  });

  it('reads a chat completion with all that it tells', async () => {
    script = json({
      model: 'm-1',
      choices: [{ finish_reason: 'stop', message: { refusal: 'No.' } }],
      usage: { prompt_tokens: 3, completion_tokens: 2 },
    });
    expect(await target().call(ask('hi'))).toMatchObject({
      ok: true,
      answer: { text: 'No.', refused: true, model: 'm-1', usage: { prompt: 3, completion: 2 } },
    });
  });

  it('joins a stream that comes in pieces', async () => {
    script = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: {"delta":"Hel"}\n\nda');
      setImmediate(() => response.end('ta: {"delta":"lo"}\n\ndata: [DONE]\n\n'));
    };
    expect(await target({ stream: 'sse' }).call(ask('hi'))).toMatchObject({ ok: true, answer: { text: 'Hello' } });
  });

  it('sends other methods than POST', async () => {
    script = json('fine');
    expect(await target({ url: `${base}/ask?q={{prompt}}`, body: null }).call(ask('a b&c'))).toMatchObject({
      ok: true,
    });
    expect(await target({ method: 'put' }).call(ask('hi'))).toMatchObject({ ok: true });
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /ask?q=a%20b%26c', 'PUT /chat']);
  });
});

describe('a conversation with an HTTP target', () => {
  const turns: ChatMessage[] = [
    { role: 'system', content: 'be kind' },
    { role: 'user', content: 'one' },
    { role: 'assistant', content: 'a' },
    { role: 'user', content: 'two' },
  ];

  it('goes as a list where the template has {{messages}}', async () => {
    script = json('fine');
    const model = target({ body: { history: '{{messages}}', last: '{{prompt}}' } });
    await model.call(ask(turns));
    expect(JSON.parse(seen[0]!.body)).toEqual({ history: turns, last: 'two' });
    expect(model.adaptations()).toEqual([]);
  });

  it('keeps one random session for each conversation', async () => {
    script = json('fine');
    const model = target({ body: { prompt: '{{prompt}}', session: '{{session}}' } });
    await model.call(ask(turns.slice(0, 2)));
    await model.call(ask(turns));
    await model.call(ask('hi', { conversationId: 'c2' }));
    const bodies = seen.map(({ body }) => JSON.parse(body) as { prompt: string; session: string });
    expect(bodies.map(({ prompt }) => prompt)).toEqual(['be kind\n\none', 'two', 'hi']);
    expect(bodies[0]!.session).toMatch(/^[\da-f-]{36}$/);
    expect(bodies[1]!.session).toBe(bodies[0]!.session);
    expect(bodies[2]!.session).not.toBe(bodies[0]!.session);
    expect(model.adaptations()).toEqual(['the system prompt was put before the first user turn']);
  });

  it('starts a session once as the template says', async () => {
    let started = 0;
    script = (response, { url }) =>
      json(url === '/start' ? { data: { id: `s${++started}` } } : 'fine')(response, seen[0]!);
    const model = target(
      {
        url: `${base}/{{session}}/chat`,
        session: { start: { url: `${base}/start`, method: 'POST', path: 'data.id' } },
      },
      { secrets: { authorization: 'Bearer key' } },
    );
    await Promise.all([model.call(ask('a')), model.call(ask('b'))]);
    expect(started).toBe(1);
    expect(seen.map(({ url }) => url)).toEqual(['/start', '/s1/chat', '/s1/chat']);
    expect(seen.every(({ headers }) => headers.authorization === 'Bearer key')).toBe(true);
  });

  it('fails with the reason when a session does not start, and starts it at the next call', async () => {
    script = json({ error: 'busy' }, 503);
    const model = target({
      body: '{"p":"{{prompt}}","s":"{{session}}"}',
      session: { start: { url: `${base}/start`, path: 'id' } },
    });
    expect(await failureOf(model)).toMatchObject({
      kind: 'server_error',
      message: 'The session did not start. The endpoint answered HTTP 503: busy',
    });
    script = json({ other: 1 });
    expect(await failureOf(model)).toMatchObject({
      kind: 'unparseable',
      message: expect.stringContaining('Nothing lies at id'),
    });
    script = json({ id: 's1', reply: 'fine' });
    expect(await model.call(ask('hi'))).toMatchObject({ ok: true });
  });

  it('says what the application did not get to see', async () => {
    script = json('fine');
    const model = target();
    await model.call(
      ask(
        [
          ...turns,
          {
            role: 'user',
            content: [
              { type: 'text', text: 'x' },
              { type: 'image_url', image_url: { url: 'data:' } },
            ],
          },
        ],
        { tools: [{ name: 't' }] },
      ),
    );
    expect(model.adaptations()).toEqual([
      'the system prompt was put before the first user turn',
      'only the last user turn was sent: the template has no {{messages}}',
      'pictures were left out',
      'the tools of the case were left out',
    ]);
  });
});

describe("the application's own refusal", () => {
  const template = { refusal_mark: 'I cannot help|"blocked":\\s*true' };

  it.each([
    ['its words', json({ reply: 'Sorry, i CANNOT help with that.' }), 'Sorry, i CANNOT help with that.'],
    ['a field beside the answer', json({ reply: 'Bye', blocked: true }), 'Bye'],
    ['a body without an answer', json({ blocked: true }), '{"blocked":true}'],
    ['a status that is no success', json({ blocked: true }, 403), '{"blocked":true}'],
  ])('is known by %s', async (_, answer, text) => {
    script = answer;
    expect(await target(template).call(ask('hi'))).toMatchObject({ ok: true, answer: { text, refused: true } });
  });

  it('is not seen elsewhere', async () => {
    script = json({ reply: 'Of course' });
    expect(await target(template).call(ask('hi'))).toMatchObject({ ok: true, answer: { refused: false } });
    script = json({ blocked: true }, 429);
    expect(await failureOf(target(template))).toMatchObject({ kind: 'rate_limited' });
  });

  it.each([
    ['Sorry (really', 'SORRY (REALLY, no', true],
    ['^no\\b', 'No way', true],
    ['^no\\b', 'nothing', false],
    ['(broken', 'else', false],
    [undefined, 'any', false],
  ])('the mark %j in %j: %s', (mark, text, found) => {
    expect(bearsMark(text, mark)).toBe(found);
  });
});

describe('a call that brings no answer', () => {
  it.each([
    ['Gemini', { promptFeedback: { blockReason: 'SAFETY' } }, ''],
    ['Anthropic', { type: 'message', content: [{ type: 'text', text: 'Half' }], stop_reason: 'refusal' }, 'Half'],
  ])('takes what the filter of %s ended as filtered', async (_, body, text) => {
    script = json(body);
    expect(await target({ answer_path: undefined }).call(ask('hi'))).toMatchObject({
      ok: true,
      answer: { text, filtered: true },
    });
  });

  it.each<[string, Script, Partial<CallFailure>]>([
    [
      '429',
      json({ error: 'slow' }, 429, { 'retry-after': '3' }),
      { kind: 'rate_limited', status: 429, retryAfterMs: 3000 },
    ],
    ['500', json({}, 500), { kind: 'server_error', status: 500 }],
    ['401', json({ detail: 'no' }, 401), { kind: 'client_error', status: 401 }],
    ['a hang-up', (response) => response.destroy(), { kind: 'hung_up', status: null }],
    [
      'an answer cut in its middle',
      (response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('{"reply":"ha');
        setImmediate(() => response.destroy());
      },
      { kind: 'cut' },
    ],
    [
      'chunks that break off',
      (response) => {
        response.writeHead(200);
        response.write('ha');
        setImmediate(() => response.destroy());
      },
      { kind: 'cut' },
    ],
    ['an empty body', (response) => response.end(), { kind: 'empty' }],
    ['an empty answer', json({ reply: '' }), { kind: 'empty' }],
    [
      'broken JSON',
      (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"re'),
      { kind: 'unparseable' },
    ],
    [
      'a web page',
      (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>hi'),
      { kind: 'unparseable' },
    ],
    ['something that is not HTTP', (response) => response.socket!.end('nonsense\r\n\r\n'), { kind: 'unparseable' }],
    ['too much', json({ reply: 'x'.repeat(3000) }), { kind: 'too_large' }],
    [
      'a redirect to another host',
      (response) => response.writeHead(307, { location: 'https://other.example/?key=k' }).end(),
      { kind: 'client_error', status: 307 },
    ],
    [
      'redirects without end',
      (response) => response.writeHead(307, { location: '/again' }).end(),
      { kind: 'client_error', status: 307 },
    ],
  ])('fails after %s', async (_, answer, expected) => {
    script = answer;
    expect(await failureOf(target({}, { maxAnswerBytes: 2000 }))).toMatchObject(expected);
  });

  it('follows up to three redirects on the same host', async () => {
    script = (response, { url }) => {
      const hop = Number(url.split('/').at(-1)) || 0;
      if (hop < 3) response.writeHead(308, { location: `/hop/${hop + 1}` }).end();
      else json({ reply: 'there' })(response, seen[0]!);
    };
    expect(await target().call(ask('hi'))).toMatchObject({ ok: true, answer: { text: 'there' } });
    expect(seen.map(({ body }) => body)).toEqual(Array.from({ length: 4 }, () => '{"prompt":"hi"}'));
  });

  it('ends at its time limit, before the headers, within the body, and over several exchanges', async () => {
    const model = (over = {}) => target(over, { timeoutMs: 150 });
    script = () => undefined;
    expect(await failureOf(model())).toMatchObject({ kind: 'timeout', message: expect.stringContaining('0.2 s') });
    script = (response) => response.writeHead(200).write('{"reply":');
    expect(await failureOf(model())).toMatchObject({ kind: 'timeout' });
    script = (response, { url }) => (url === '/start' ? json({ id: 's' })(response, seen[0]!) : undefined);
    expect(await failureOf(model({ session: { start: { url: `${base}/start`, path: 'id' } } }))).toMatchObject({
      kind: 'timeout',
    });
  });

  it('ends at once when it is interrupted', async () => {
    const stop = new AbortController();
    script = () => stop.abort();
    expect(await failureOf(target(), ask('hi', { signal: stop.signal }))).toMatchObject({ kind: 'interrupted' });
    expect(await failureOf(target(), ask('hi', { signal: stop.signal }))).toMatchObject({ kind: 'interrupted' });
    expect(seen).toHaveLength(1);
  });

  it('is unreachable where nothing listens, and not allowed where the guard refuses', async () => {
    expect(await failureOf(target({ url: 'http://127.0.0.1:1/{{prompt}}' }))).toMatchObject({ kind: 'unreachable' });
    const guarded = new Agent({
      connect: guardedConnector({ loopbackAllowed: false, privateAllowed: false, allow: [] }),
    });
    script = json('fine');
    expect(await failureOf(target({}, { dispatcher: guarded }))).toMatchObject({
      kind: 'not_allowed',
      message: expect.stringContaining('targets.allow'),
    });
    expect(seen).toHaveLength(0);
    await guarded.close();
  });

  it('fails without an exception when a header cannot be sent', async () => {
    expect(await failureOf(target({}, { secrets: { 'x-key': 'a\nb' } }))).toMatchObject({ kind: 'client_error' });
  });

  it('repeats no secret of the target', async () => {
    script = (response, { headers }) =>
      json({ error: `wrong key ${headers.authorization} and ${headers['x-token']}` }, 401)(response, seen[0]!);
    const model = target(
      { headers: { 'X-Token': 'token-of-ours' } },
      { secrets: { Authorization: 'Secret geheim-geheim' } },
    );
    const { message } = await failureOf(model);
    expect(message).toContain('wrong key');
    expect(message).not.toMatch(/geheim|token-of-ours/);
  });

  it('repeats no passage of what it was sent', async () => {
    script = (response, { body }) => json({ error: { message: `cannot read ${body}` } }, 422)(response, seen[0]!);
    const { message } = await failureOf(
      target(),
      ask('The quarterly figures of the northern branch are confidential.'),
    );
    expect(message).toBe('The endpoint answered HTTP 422: cannot read {"prompt":"..."}');
  });
});
