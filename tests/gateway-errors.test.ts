// The gateway before a model that fails: what its callers are told, and what never leaves.
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gatewayOfFile, readWhole, SECRET, say, startGuardedGateway } from './fakes/guarded-gateway.ts';
import { completionOf, sendJson } from './fakes/scripted-upstream.ts';

const gateway = gatewayOfFile();
const { call } = gateway;

describe('errors', () => {
  it.each([400, 401, 429, 500, 503])('of the upstream pass unchanged: %d', async (status) => {
    const problem = { error: { message: 'as the upstream says', type: 'theirs', code: 'x' } };
    gateway.upstream.answer = (_call, response) =>
      sendJson(response, status, problem, { 'retry-after': '7', 'set-cookie': 'a=b', 'x-request-id': 'r1' });
    const response = await call(say('Hello', { stream: status === 500 }));
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual(problem);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(response.headers.get('x-request-id')).toBe('r1');
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  it.each([
    ['in a message', { error: { message: 'Incorrect API key: upstream-key.', param: null } }],
    [
      'in Base64, beside another key',
      { detail: [Buffer.from('upstream-key').toString('base64'), `sk-${'0a'.repeat(9)}`] },
    ],
    ['in the name of a property', { error: { 'wrong upstream-key': [{ [`sk-${'0a'.repeat(9)}`]: true }] } }],
    ['in JSON inside of JSON', { error: { message: '{"key": "upstream\\u002dkey"}' } }],
    ['as plain text', 'Wrong: Bearer upstream-key'],
  ])('of the upstream lose its key: %s', async (_where, problem) => {
    gateway.upstream.answer = (_call, response) =>
      typeof problem === 'string'
        ? void response.writeHead(401, { 'content-type': 'text/plain' }).end(problem)
        : sendJson(response, 401, problem, { 'x-request-id': 'of upstream-key' });
    for (const stream of [false, true]) {
      const response = await call(say('Hello', { stream }));
      expect(response.status).toBe(401);
      expect(response.headers.get('x-request-id') ?? 'of ***').toBe('of ***');
      const text = await response.text();
      expect(text).not.toMatch(/upstream(-|\\+u002d)key|dXBzdHJlYW0ta2V5|0a0a0a/);
      if (typeof problem !== 'string') expect(Object.keys(JSON.parse(text) as object)).toEqual(Object.keys(problem));
    }
  });

  it('of the upstream name the model that was asked for, however much it looks like a key', async () => {
    const model = 'scripted-2025-01-01-instruct-turbo';
    const problem = { error: { message: `There is no ${model}.` } };
    const other = await startGuardedGateway(model);
    other.upstream.answer = (_call, response) => sendJson(response, 404, problem);
    expect(await (await other.call(say('Hello'))).json()).toEqual(problem);
    await other.close();
  });

  it('a redirect is an answer and is not followed', async () => {
    gateway.upstream.answer = (_call, response) =>
      void response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end();
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
    expect((await readWhole(response)).error).toMatchObject({ code, message: expect.stringMatching(/\w/) });
  });

  it('an upstream that is not there', async () => {
    gateway.upstream.answer = (_call, response) => void response.destroy();
    const response = await call(say('Hello'));
    expect(response.status).toBe(502);
    expect((await readWhole(response)).error!.type).toBe('upstream_error');
  });

  it.each([200, 500])('an upstream that breaks off in the middle of an answer of status %d', async (status) => {
    gateway.upstream.answer = (_call, response) => {
      response.writeHead(status, { 'content-type': 'application/json', 'content-length': '500' });
      response.write('{"id":', () => response.destroy());
    };
    const response = await call(say('Hello'));
    expect(response.status).toBe(502);
    expect((await readWhole(response)).error).toMatchObject({ type: 'upstream_error', code: 'upstream_failed' });
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('an answer that comes compressed (%s) though nobody asked for that is read all the same', async (coding, pack) => {
    const send = (status: number, value: object) => {
      gateway.upstream.answer = (_call, response) =>
        void response
          .writeHead(status, { 'content-type': 'application/json', 'content-encoding': coding })
          .end(pack(JSON.stringify(value)));
      return call(say('Hello'));
    };
    const whole = await readWhole(await send(200, completionOf({ content: `Take ${SECRET}` })));
    expect(whole.choices![0]!.message.content).toBe('This is not for you.');
    expect(await (await send(429, { error: { message: 'slow down' } })).json()).toEqual({
      error: { message: 'slow down' },
    });
  });

  it('an answer in a coding that cannot be read', async () => {
    gateway.upstream.answer = (_call, response) =>
      void response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'xyz' }).end('???');
    const response = await call(say('Hello'));
    expect(response.status).toBe(502);
    expect((await readWhole(response)).error!.message).toContain('compressed (xyz)');
  });

  it('an answer that is no JSON is not handed on', async () => {
    gateway.upstream.answer = (_call, response) => void response.writeHead(200).end(`<p>${SECRET}`);
    const response = await call(say('Hello'));
    expect(response.status).toBe(502);
    expect(await response.text()).not.toContain(SECRET);
  });
});

const fetchManually = (body: unknown): Promise<Response> =>
  fetch(`${gateway.url}/chat/completions`, {
    method: 'POST',
    redirect: 'manual',
    headers: { authorization: `Bearer ${gateway.key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
