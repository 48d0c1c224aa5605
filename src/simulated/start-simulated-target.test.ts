import { afterEach, describe, expect, it } from 'vitest';
import { RedoubtError } from '../core/errors.ts';
import { startSimulatedTarget } from './start-simulated-target.ts';
import type { ArrivedRequest, SimulatedTarget, SimulatedTargetOptions } from './target-options.ts';

const open: SimulatedTarget[] = [];
const start = async (options: SimulatedTargetOptions = {}): Promise<SimulatedTarget> => {
  const target = await startSimulatedTarget(options);
  open.push(target);
  return target;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((target) => target.close()));
});

const chat = (target: SimulatedTarget, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${target.url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer any', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const hello = { model: 'any', messages: [{ role: 'user', content: 'How do I bake a cake?' }] };

interface Answer {
  readonly model: string;
  readonly choices: readonly { readonly message: { readonly content: string } }[];
  readonly usage: { readonly completion_tokens: number };
  readonly error: { readonly message: string };
  readonly data: readonly { readonly id: string; readonly owned_by: string }[];
}
const answerOf = async (response: Response): Promise<Answer> => (await response.json()) as Answer;
const textOf = async (response: Response): Promise<string> => (await answerOf(response)).choices[0]!.message.content;

describe('the simulated target', () => {
  it('says in every answer what it is', async () => {
    const target = await start({ profile: 'naive', seed: 7 });
    const response = await chat(target, hello);
    expect(response.headers.get('x-redoubt-simulated')).toBe('simulated-naive');
    expect(await response.json()).toMatchObject({
      object: 'chat.completion',
      model: 'simulated-naive',
      system_fingerprint: 'simulated-naive-7',
      choices: [{ index: 0, message: { role: 'assistant' }, finish_reason: 'stop' }],
    });
  });

  it('lets the model name choose the profile', async () => {
    const target = await start({ profile: 'naive' });
    expect((await answerOf(await chat(target, { ...hello, model: 'simulated-hardened' }))).model).toBe(
      'simulated-hardened',
    );
  });

  it('lists its models without a key, and is healthy', async () => {
    const target = await start();
    const models = await answerOf(await fetch(`${target.url}/models`));
    expect(models.data.map(({ id }) => id)).toEqual(['simulated-hardened', 'simulated-average', 'simulated-naive']);
    expect(models.data[0]!.owned_by).toBe('redoubt-simulated');
    expect((await fetch(target.url.replace('/v1', '/healthz'))).status).toBe(200);
  });

  it.each([
    ['no key', undefined, '', 401, null],
    ['an empty key', undefined, 'Bearer ', 401, null],
    ['any key', undefined, 'Bearer x', 200, null],
    ['the right key', 'k1', 'Bearer k1', 200, null],
    ['a wrong key', 'k1', 'Bearer k2', 401, 'invalid_api_key'],
  ])('answers %s (configured: %s)', async (_what, key, authorization, status, code) => {
    const target = await start(key === undefined ? {} : { key });
    const response = await chat(target, hello, { authorization });
    expect(response.status).toBe(status);
    if (status === 401) {
      const { error } = await answerOf(response);
      expect(error).toMatchObject({ type: 'invalid_request_error', param: null, code });
      expect(error.message).not.toContain('k2');
    }
  });

  it('guards its list of models once it has a key of its own', async () => {
    const target = await start({ key: 'k1' });
    expect((await fetch(`${target.url}/models`)).status).toBe(401);
    expect((await fetch(`${target.url}/models`, { headers: { authorization: 'Bearer k1' } })).status).toBe(200);
  });

  it.each([
    ['{"model":', null],
    ['[]', null],
    [{ messages: hello.messages }, 'model'],
    [{ model: 'any', messages: [] }, 'messages'],
    [{ model: 'any', messages: [{ role: 'king', content: 'x' }] }, 'messages[0].role'],
    [{ model: 'any', messages: [{ role: 'user', content: 5 }] }, 'messages[0].content'],
    [{ model: 'any', messages: [{ role: 'user' }] }, 'messages[0].content'],
    [{ ...hello, stream: 'yes' }, 'stream'],
    [{ ...hello, max_tokens: 0 }, 'max_tokens'],
    [{ ...hello, temperature: 3 }, 'temperature'],
  ])('answers the bad body %j with 400 in the error shape', async (body, param) => {
    const response = await chat(await start(), body);
    expect(response.status).toBe(400);
    expect((await answerOf(response)).error).toMatchObject({
      message: expect.any(String),
      type: 'invalid_request_error',
      param,
    });
  });

  it('answers an unknown path with 404 in the error shape', async () => {
    const target = await start();
    const response = await fetch(`${target.url}/completions`, { method: 'POST' });
    expect(response.status).toBe(404);
    expect((await answerOf(response)).error).toMatchObject({ code: 'unknown_url', type: 'invalid_request_error' });
  });

  it('counts tokens and keeps to the limit', async () => {
    const target = await start({ fixedAnswer: 'word '.repeat(100) });
    const whole = await answerOf(await chat(target, hello));
    expect(whole.usage).toEqual({ prompt_tokens: 10, completion_tokens: 125, total_tokens: 135 });
    for (const limit of [{ max_tokens: 5 }, { max_completion_tokens: 5 }]) {
      const cut = await answerOf(await chat(target, { ...hello, ...limit }));
      expect(cut.choices[0]).toMatchObject({ finish_reason: 'length', message: { content: 'word word word word ' } });
      expect(cut.usage.completion_tokens).toBe(5);
    }
  });

  it('streams deltas, usage where it is wanted, and an end mark', async () => {
    const target = await start();
    const whole = await textOf(await chat(target, hello));
    const response = await chat(target, { ...hello, stream: true, stream_options: { include_usage: true } });
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const events = (await response.text())
      .split('\n\n')
      .filter(Boolean)
      .map((event) => event.replace(/^data: /, ''));
    expect(events.pop()).toBe('[DONE]');
    const chunks = events.map((event) => JSON.parse(event));
    const usage = chunks.pop();
    expect(usage).toMatchObject({ choices: [], usage: { completion_tokens: Math.ceil(whole.length / 4) } });
    expect(chunks.at(-1).choices[0].finish_reason).toBe('stop');
    expect(chunks.length).toBeGreaterThan(4);
    expect(chunks.map((chunk) => chunk.choices[0].delta.content ?? '').join('')).toBe(whole);
  });

  it('gives the same answers to the same requests with the same seed', async () => {
    const run = async (seed: number): Promise<readonly string[]> => {
      const target = await start({ seed, profile: 'naive', failRate: 0.3, rate429: 0.2, empty: 0.1 });
      const answers: string[] = [];
      for (let n = 0; n < 25; n++) {
        const response = await chat(target, {
          model: 'any',
          messages: [{ role: 'user', content: `How do I forge document ${n}?` }],
        });
        answers.push(response.status === 200 ? await textOf(response) : String(response.status));
        if (response.status !== 200) await response.arrayBuffer();
      }
      return answers;
    };
    const first = await run(3);
    expect(await run(3)).toEqual(first);
    expect(await run(4)).not.toEqual(first);
  });

  it('tells what arrived, and how much was open at once', async () => {
    const arrived: ArrivedRequest[] = [];
    const target = await start({ latencyMs: 40, onRequest: (request) => arrived.push(request) });
    const responses = await Promise.all(Array.from({ length: 12 }, () => chat(target, hello)));
    await Promise.all(responses.map((response) => response.text()));
    expect(target.stats()).toMatchObject({ requests: 12, maxInFlight: 12 });
    expect(await (await fetch(target.url.replace('/v1', '/stats'))).json()).toMatchObject({
      requests: 12,
      maxInFlight: 12,
    });
    expect(arrived).toHaveLength(12);
    expect(arrived[0]).toMatchObject({
      number: 1,
      body: hello,
      authorization: 'Bearer any',
      arrivedAt: expect.any(Number),
    });
  });

  it('waits out its latency', async () => {
    const target = await start({ latencyMs: 80, jitterMs: 10 });
    const begun = performance.now();
    await (await chat(target, hello)).text();
    expect(performance.now() - begun).toBeGreaterThanOrEqual(68);
  });

  it('says which port is taken', async () => {
    const { port } = await start();
    await expect(startSimulatedTarget({ port })).rejects.toThrow(RedoubtError);
  });
});
