// What the guard does with input that nobody sends in earnest: a clear 4xx or a right decision, soon, in flat memory.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from './fakes/server.ts';

/** In CPU time of this process, server and client together: a machine that does other things beside must not matter. */
const SOON_MS = 2000;

describe('the guard and bad input', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ worker: false });
  });
  afterAll(() => server.close());

  interface Reply {
    readonly status: number;
    readonly body: Record<string, unknown> & { readonly detail?: unknown };
    /** CPU time of server and client. */
    readonly ms: number;
  }

  async function send(text: string, type = 'application/json'): Promise<Reply> {
    const begun = process.cpuUsage();
    const response = await fetch(`${server.url}/v1/eval`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.key}`, 'content-type': type },
      body: text,
    });
    const body = (await response.json()) as Reply['body'];
    const { user, system } = process.cpuUsage(begun);
    return { status: response.status, body, ms: (user + system) / 1000 };
  }

  const policy = (model: string, reference: unknown = undefined, more: object = {}) => ({
    id: model,
    target: 'user',
    detectors: [{ model, expected: 'block', reference, ...more }],
  });
  const all = [
    policy('pii'),
    policy('secrets'),
    policy('contains', 'the needle'),
    policy('urls'),
    policy('tool-poisoning'),
  ];
  const ask = (messages: readonly unknown[], policies: readonly unknown[] = all): Promise<Reply> =>
    send(JSON.stringify({ messages, policies, fail_fast: false }));
  const user = (content: string) => ({ role: 'user', content });

  const megabyte = (text: string): string => text.repeat(Math.ceil(2 ** 20 / text.length)).slice(0, 2 ** 20);
  it.each([
    ['prose', megabyte('An ordinary sentence about the weather, with commas. ')],
    ['one letter', megabyte('a')],
    ['digits', megabyte('4111 1111 ')],
    ['at signs', megabyte('a@b')],
    ['base64', megabyte('QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo')],
    ['percent signs', megabyte('%41%42')],
    ['brackets', megabyte('<!-- [x](')],
  ])('decides on a message of a megabyte: %s', async (_what, text) => {
    const reply = await ask([user(text)]);
    expect(reply.status).toBe(200);
    expect(reply.ms).toBeLessThan(SOON_MS);
  });

  const local = ['modern-guard', 'invisible-text', 'coded-text', 'session-check'].map((model) => policy(model));
  it.each([
    ['line breaks', '\n'],
    ['blanks', ' '],
    ['lines of a blank', ' \n'],
    ['a letter and many blanks', `a${' '.repeat(5000)}`],
    ['single digits', '1 '],
    ['spaced letters', 'i g n o r e '],
  ])('does not stumble over a megabyte of %s', async (_what, text) => {
    const reply = await ask([user(megabyte(text))], [...all, ...local, policy('regex', 'needles?')]);
    expect(reply.status).toBe(200);
    expect(reply.ms).toBeLessThan(2 * SOON_MS);
  });

  it('finds what stands at the end of a megabyte', async () => {
    const reply = await ask([user(`${megabyte('words and words ')} the needle`)]);
    expect(reply.body).toMatchObject({ deny: true, breakdown: [{ detector: 'contains' }] });
  });

  it('decides on 10,000 messages, and refuses more', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => user(`message ${index}`));
    const reply = await ask([...many.slice(1), user('the needle')]);
    expect(reply.body).toMatchObject({ deny: true });
    expect(reply.ms).toBeLessThan(SOON_MS);
    expect(await ask([...many, user('one more')])).toMatchObject({
      status: 422,
      body: { detail: [{ loc: ['body', 'messages'], msg: 'must hold at most 10000 messages' }] },
    });
  });

  it('refuses a body of more than 4 MB', async () => {
    const reply = await ask([user(megabyte('a').repeat(5))]);
    expect(reply).toMatchObject({ status: 413, body: { detail: 'The request body is larger than 4 MB.' } });
  });

  it.each([
    ['lone surrogates', '{"messages":[{"role":"user","content":"a\\ud800b the needle \\udc00"}],"policies":POLICIES}'],
    ['a null character', '{"messages":[{"role":"user","content":"a\\u0000 the needle"}],"policies":POLICIES}'],
  ])('reads %s', async (_what, text) => {
    const reply = await send(text.replace('POLICIES', JSON.stringify(all)));
    expect(reply).toMatchObject({ status: 200, body: { deny: true } });
  });

  const nested = (text: string, times: number, encode: (text: string) => string): string => {
    let coded = text;
    for (let time = 0; time < times && coded.length < 2 ** 21; time++) coded = encode(coded);
    return coded;
  };
  it.each([
    [
      'base64, 25 times',
      nested('tell me about the needle in the hay', 25, (text) => Buffer.from(text).toString('base64')),
    ],
    ['percent, 100 times', nested('tell%20me%3A%20the%20%6eeedle', 100, (text) => text.replaceAll('%', '%25'))],
    [
      'entities, 100 times',
      nested('&#116;&#104;&#101;&#32;&#110;&#101;&#101;&#100;&#108;&#101;', 100, (text) =>
        text.replaceAll('&', '&amp;'),
      ),
    ],
  ])('reads codes in codes: %s', async (_what, text) => {
    const reply = await ask([user(text)]);
    expect(reply).toMatchObject({ status: 200, body: { deny: true } });
    expect(reply.ms).toBeLessThan(SOON_MS);
  });

  it.each([
    ['(a+)+$', 200],
    ['(.*)*b(.*)*c', 200],
    ['([a-z]+)*[A-Z]', 200],
    ['(', 422],
    ['(a{1000}){1000}', 422],
  ])('is not stopped by the expression %s', async (pattern, status) => {
    const reply = await ask([user(`${'a'.repeat(50_000)}!`)], [policy('regex', pattern)]);
    expect(reply.status).toBe(status);
    expect(reply.ms).toBeLessThan(SOON_MS);
  });

  it.each([
    ['an unknown detector', [policy('nonsense')], ['body', 'policies', 0, 'detectors', 0, 'model']],
    [
      'a threshold above 1',
      [policy('pii', undefined, { threshold: 1.01 })],
      ['body', 'policies', 0, 'detectors', 0, 'threshold'],
    ],
    [
      'a threshold below 0',
      [policy('pii', undefined, { threshold: -1 })],
      ['body', 'policies', 0, 'detectors', 0, 'threshold'],
    ],
    [
      'a threshold that is a word',
      [policy('pii', undefined, { threshold: 'high' })],
      ['body', 'policies', 0, 'detectors', 0, 'threshold'],
    ],
  ])('refuses %s, and names its place', async (_what, policies, loc) => {
    expect(await ask([user('x')], policies)).toMatchObject({ status: 422, body: { detail: [{ loc }] } });
  });

  const roles = '"user"|"assistant"|"system"|"developer"|"context"|"tool"';
  const { target: _left, ...aimless } = policy('pii');
  it.each([
    ['no target', aimless, { loc: ['target'], msg: 'Field required', type: 'missing' }],
    [
      'a target that is no role',
      { ...policy('pii'), target: 'nobody' },
      { loc: ['target'], msg: `Invalid input: expected one of ${roles} or array, received string` },
    ],
    [
      'a target of which one is no role',
      { ...policy('pii'), target: ['user', 'nobody'] },
      { loc: ['target', 1], msg: `Invalid option: expected one of ${roles}` },
    ],
    [
      'a reference of the wrong kind',
      policy('contains', 7),
      {
        loc: ['detectors', 0, 'reference'],
        msg: expect.stringMatching(/: Invalid input: expected string or array, received number\.$/),
      },
    ],
    [
      'a reference that names no category',
      policy('moderation', 'WEATHER'),
      { loc: ['detectors', 0, 'reference'], msg: expect.stringMatching(/expected one of "HATE"\|.* or array/) },
    ],
  ])('says what is wrong with %s', async (_what, given, { loc, ...problem }) => {
    const reply = await ask([user('x')], [given]);
    expect(reply).toMatchObject({
      status: 422,
      body: { detail: [{ loc: ['body', 'policies', 0, ...loc], ...problem }] },
    });
  });

  it.each(['text/plain', 'text/plain; charset=utf-8', 'application/xml'])(
    'says what to send in place of %s',
    async (type) => {
      const reply = await send(JSON.stringify({ messages: [user('x')], policies: all }), type);
      const detail = [{ loc: ['body'], msg: 'send Content-Type: application/json', type: 'media_type' }];
      expect(reply).toMatchObject({ status: 422, body: { detail } });
    },
  );

  it('keeps its memory flat', async () => {
    const text = megabyte('An ordinary sentence, 4111 1111, a@b.example and more. ');
    for (let round = 0; round < 2; round++) await ask([user(text)]);
    const before = process.memoryUsage().rss;
    for (let round = 0; round < 5; round++) await ask([user(text)]);
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 2 ** 20);
  }, 120_000);
});
