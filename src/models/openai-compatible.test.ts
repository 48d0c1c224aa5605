import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ChatMessage, ChatRequest } from '../core/chat.ts';
import { systemClock } from '../core/clock.ts';
import { createOpenAiCompatible, MAX_ANSWER_BYTES, type OpenAiCompatibleOptions } from './openai-compatible.ts';
import { createPacer } from './pacing.ts';
import { askPatiently } from './patience.ts';

interface Seen {
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Record<string, unknown> & { messages: { role: string; content: unknown }[] };
}
interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body: unknown;
}

let server: Server;
let base: string;
let agent: Agent;
let reply: (seen: Seen) => Reply;
let seen: Seen[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Seen['body'];
      const one = { url: request.url!, headers: request.headers, body };
      seen.push(one);
      const { status = 200, headers = {}, body: answer } = reply(one);
      response.writeHead(status, headers).end(typeof answer === 'string' ? answer : JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  agent = new Agent();
});

afterEach(() => {
  seen = [];
});

afterAll(async () => {
  await agent.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const answered = { choices: [{ message: { content: 'Hello.' }, finish_reason: 'stop' }] };
const refusing = (message: string, param: string | null = null): Reply => ({
  status: 400,
  body: { error: { message, type: 'invalid_request_error', param, code: 'unsupported_parameter' } },
});

const open = (over: Partial<OpenAiCompatibleOptions> = {}) =>
  createOpenAiCompatible({
    baseUrl: base,
    model: 'm-1',
    apiKey: 'test-key-0001',
    extraHeaders: {},
    temperature: 0.7,
    maxTokens: 64,
    timeoutMs: 5_000,
    dispatcher: agent,
    clock: systemClock,
    ...over,
  });

const ask = (messages: readonly ChatMessage[] = [{ role: 'user', content: 'Hi' }]): ChatRequest => ({
  messages,
  conversationId: 'c-1',
});
const withSystem: readonly ChatMessage[] = [
  { role: 'system', content: 'Be kind.' },
  { role: 'user', content: 'Hi' },
];

const patiently = (model: ReturnType<typeof open>, request = ask()) =>
  askPatiently(
    {
      model,
      pacer: createPacer({ concurrency: 1, qpm: null, clock: systemClock }),
      clock: systemClock,
      jitter: { next: () => 0, below: () => 0 },
    },
    request,
  );

describe('an OpenAI-compatible target', () => {
  it('sends model, messages, limits and key', async () => {
    reply = () => ({ body: answered });
    expect(await open().call(ask())).toMatchObject({ ok: true, answer: { text: 'Hello.' } });
    expect(seen[0]).toMatchObject({
      url: '/v1/chat/completions',
      headers: { authorization: 'Bearer test-key-0001', 'content-type': 'application/json' },
    });
    expect(seen[0]!.body).toEqual({
      model: 'm-1',
      messages: [{ role: 'user', content: 'Hi' }],
      temperature: 0.7,
      max_tokens: 64,
    });
  });

  it.each(['', '/', '//'])('takes a base URL that ends in "%s"', async (end) => {
    reply = () => ({ body: answered });
    await open({ baseUrl: base + end }).call(ask());
    expect(seen[0]!.url).toBe('/v1/chat/completions');
  });

  it('leaves out what is not set', async () => {
    reply = () => ({ body: answered });
    await open({ apiKey: null, temperature: null, maxTokens: null }).call(ask());
    expect(Object.keys(seen[0]!.body)).toEqual(['model', 'messages']);
    expect(seen[0]!.headers.authorization).toBeUndefined();
  });

  it('sends a temperature of zero', async () => {
    reply = () => ({ body: answered });
    await open({ temperature: 0 }).call(ask());
    expect(seen[0]!.body.temperature).toBe(0);
  });

  it('sends extra headers, which win in whatever case they are written', async () => {
    reply = () => ({ body: answered });
    await open({ extraHeaders: { 'X-Team': 'red', Authorization: 'Custom abc', 'Api-Key': 'k' } }).call(ask());
    expect(seen[0]!.headers).toMatchObject({ 'x-team': 'red', authorization: 'Custom abc', 'api-key': 'k' });
  });

  it('sends tools and tool turns in the words of the API', async () => {
    reply = () => ({ body: answered });
    const tool = { name: 'pay', description: 'Pays.', parameters: { type: 'object' } };
    await open().call({
      ...ask([
        { role: 'user', content: 'Pay' },
        { role: 'assistant', content: '', toolCalls: [{ id: 'c1', name: 'pay', arguments: '{}' }] },
        { role: 'tool', content: 'paid', toolCallId: 'c1' },
      ]),
      tools: [tool],
    });
    expect(seen[0]!.body).toMatchObject({
      tools: [{ type: 'function', function: tool }],
      messages: [
        { role: 'user', content: 'Pay' },
        { role: 'assistant', tool_calls: [{ id: 'c1', type: 'function', function: { name: 'pay', arguments: '{}' } }] },
        { role: 'tool', content: 'paid', tool_call_id: 'c1' },
      ],
    });
    expect(JSON.stringify(seen[0]!.body)).not.toContain('toolCall');
  });

  it.each([
    [429, 'rate_limited'],
    [500, 'server_error'],
    [401, 'client_error'],
    [404, 'client_error'],
    [302, 'client_error'],
  ])('answers a %i with failure %s', async (status, kind) => {
    reply = () => ({ status, headers: { 'retry-after': '3' }, body: { error: { message: 'No.' } } });
    const result = await open().call(ask());
    expect(result).toMatchObject({ ok: false, failure: { kind, status, retryAfterMs: 3_000 } });
  });

  it('repeats neither key nor headers in a message of failure', async () => {
    reply = ({ headers }) => ({
      status: 401,
      body: { error: { message: `bad ${headers.authorization} ${headers['x-t']}` } },
    });
    const result = await open({ extraHeaders: { 'x-t': 'hush-hush' } }).call(ask());
    expect(JSON.stringify(result)).not.toMatch(/test-key-0001|hush-hush/);
  });

  it('takes the documented error of a content filter as a filtered answer', async () => {
    reply = () => ({
      status: 400,
      body: { error: { code: 'content_filter', message: 'temperature is not supported' } },
    });
    const model = open();
    expect(await model.call(ask())).toMatchObject({ ok: true, answer: { filtered: true, text: '' } });
    expect(model.adaptations()).toEqual([]);
  });

  it.each([
    ['empty', answered.choices.map(() => ({ message: { content: '' } }))],
    ['unparseable', 'no list'],
  ])('passes %s answers on as failures without a status', async (kind, choices) => {
    reply = () => ({ body: { choices } });
    expect(await open().call(ask())).toMatchObject({ ok: false, failure: { kind, status: null } });
  });

  it('ends at an answer above the largest size', async () => {
    reply = () => ({ body: 'x'.repeat(MAX_ANSWER_BYTES + 1) });
    expect(await open().call(ask())).toMatchObject({ ok: false, failure: { kind: 'too_large' } });
  });

  it('measures the time of a call', async () => {
    reply = () => ({ body: answered });
    let at = 0;
    const clock = { ...systemClock, monotonic: () => (at += 250) };
    expect(await open({ clock }).call(ask())).toMatchObject({ latencyMs: 250 });
  });
});

describe('adapting to an endpoint', () => {
  it('renames max_tokens, counts the refused call, and says so', async () => {
    reply = ({ body }) =>
      'max_tokens' in body
        ? refusing("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.", 'max_tokens')
        : { body: answered };
    const model = open();
    const asked = await patiently(model);
    expect(asked.calls).toEqual(['adapted 400', 'ok']);
    expect(seen[1]!.body).toMatchObject({ max_completion_tokens: 64 });
    expect(seen[1]!.body).not.toHaveProperty('max_tokens');
    expect(model.adaptations()).toEqual(['max_tokens was sent as max_completion_tokens']);
  });

  it('goes from one change to the next, and remembers them', async () => {
    reply = ({ body }) => {
      if ('max_tokens' in body) return refusing('Unrecognized request argument supplied: max_tokens');
      if ('max_completion_tokens' in body)
        return refusing('Unrecognized request argument supplied: max_completion_tokens');
      if ('temperature' in body) return refusing('temperature is not supported', 'temperature');
      return body.messages[0]!.role === 'system' ? refusing('System role not supported') : { body: answered };
    };
    const model = open();
    expect((await patiently(model, ask(withSystem))).calls).toEqual([...Array(4).fill('adapted 400'), 'ok']);
    expect(seen.at(-1)!.body).toEqual({ model: 'm-1', messages: [{ role: 'user', content: 'Be kind.\n\nHi' }] });
    expect((await patiently(model, ask(withSystem))).calls).toEqual(['ok']);
    expect(model.adaptations()).toHaveLength(4);
  });

  it('lets calls that were under way together adapt only once', async () => {
    reply = ({ body }) =>
      'max_tokens' in body
        ? refusing('max_tokens is not supported here, please use max_completion_tokens.')
        : { body: answered };
    const model = open();
    const results = await Promise.all(Array.from({ length: 6 }, () => model.call(ask())));
    expect(results.map((result) => (result.ok ? 'ok' : result.failure.kind))).toEqual(Array(6).fill('adapted'));
    expect(model.adaptations()).toEqual(['max_tokens was sent as max_completion_tokens']);
    expect(await model.call(ask())).toMatchObject({ ok: true });
  });

  it('takes another 400 for what it is while other calls adapt', async () => {
    reply = ({ body }) => {
      if (body.messages[0]!.content === 'long') return refusing('This prompt is too long.', 'messages');
      return 'max_tokens' in body ? refusing("Unsupported parameter: 'max_tokens'", 'max_tokens') : { body: answered };
    };
    const model = open();
    const results = await Promise.all(
      ['Hi', 'long', 'Hi'].map((content) => model.call(ask([{ role: 'user', content }]))),
    );
    const kinds = results.map((result) => (result.ok ? 'ok' : result.failure.kind));
    expect(kinds).toEqual(['adapted', 'client_error', 'adapted']);
  });

  it('does not ask for ever where the endpoint refuses what is not sent', async () => {
    reply = () => refusing("Unsupported parameter: 'temperature'", 'temperature');
    const model = open({ temperature: null });
    expect(await model.call(ask())).toMatchObject({ ok: false, failure: { kind: 'client_error' } });
    expect(model.adaptations()).toEqual([]);
  });

  it('refuses a second time by name as an ordinary 400', async () => {
    reply = () => refusing("Unsupported parameter: 'temperature'", 'temperature');
    expect((await patiently(open())).calls).toEqual(['adapted 400', 'client_error 400']);
  });

  it.each([401, 403, 404, 429, 500])('never adapts to a %i', async (status) => {
    reply = () => ({ ...refusing("Unsupported parameter: 'temperature'", 'temperature'), status });
    const model = open();
    await model.call(ask());
    expect(model.adaptations()).toEqual([]);
  });

  it("is not misled by a body that repeats the user's words", async () => {
    const said = 'Is it true that the temperature is not supported and max_tokens unsupported? Unknown system prompt!';
    reply = ({ body }) => ({ status: 422, body: { detail: `cannot read: ${JSON.stringify(body)}`, input: body } });
    const model = open();
    expect(await model.call(ask([{ role: 'user', content: said }]))).toMatchObject({
      failure: { kind: 'client_error' },
    });
    expect(model.adaptations()).toEqual([]);
  });
});

describe('an answer that gives back the key or a header', () => {
  const KEY = 'sk-own/key+0001';
  const HEADER = 'routing-value-77';

  it('has them masked in every text, in every form', async () => {
    const inJson = JSON.stringify({ key: KEY }).replaceAll('/', '\\/');
    const message = {
      content: `${KEY}, ${Buffer.from(KEY).toString('base64')}, ${encodeURIComponent(KEY)}, Bearer ${KEY}`,
      reasoning_content: `I was sent ${HEADER}`,
      tool_calls: [{ id: KEY, function: { name: HEADER, arguments: inJson } }],
    };
    const choices = [{ message, finish_reason: 'stop' }];
    reply = () => ({ body: { id: KEY, model: `m-${KEY}`, system_fingerprint: HEADER, choices } });
    const result = await open({ apiKey: KEY, extraHeaders: { 'X-Routing': HEADER } }).call(ask());
    expect(result).toMatchObject({
      ok: true,
      answer: {
        text: '***, ***, ***, ***',
        reasoning: 'I was sent ***',
        toolCalls: [{ id: '***', name: '***', arguments: '{"key":"***"}' }],
        ...{ model: 'm-***', systemFingerprint: '***', requestId: '***' },
      },
    });
  });

  it('is else as it came: short keys, words as keys, harmless headers and what only looks like a key', async () => {
    const content = 'Use key-0001 with sk-0123456789abcdef, application/json, 2023-06-01 and XMLHttpRequest.';
    reply = () => ({ body: { choices: [{ message: { content }, finish_reason: 'stop' }] } });
    const extraHeaders = { 'anthropic-version': '2023-06-01', 'X-Requested-With': 'XMLHttpRequest' };
    for (const apiKey of ['0001', 'application'])
      expect(await open({ apiKey, extraHeaders }).call(ask())).toMatchObject({ answer: { text: content } });
  });
});
