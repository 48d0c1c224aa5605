// The guard around the real OpenAI client: in, call, out, streams included, against the simulated target.
import OpenAI from 'openai';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ConnectionError, GuardDeniedError, Redoubt } from '../sdks/typescript/src/index.ts';
import { guardOpenAI } from '../sdks/typescript/src/openai.ts';
import {
  completionOf,
  eventsOf,
  type ScriptedUpstream,
  sendEvents,
  sendJson,
  startScriptedUpstream,
} from './fakes/scripted-upstream.ts';
import { startServer, type TestServer } from './fakes/server.ts';

const secret = 'sk_live_4eC39HqLyjWDarjtT1zdp7dc';
const policies = ['in-and-out'];

describe('the guard around an OpenAI client', () => {
  let server: TestServer;
  let model: ScriptedUpstream;
  let redoubt: Redoubt;
  let client: OpenAI;

  beforeAll(async () => {
    [server, model] = await Promise.all([startServer({ worker: false }), startScriptedUpstream()]);
    redoubt = new Redoubt({ baseUrl: server.url, apiKey: server.key, retries: 0 });
    const policy = {
      id: 'in-and-out',
      target: ['user', 'assistant', 'tool'],
      detectors: [
        { model: 'contains', expected: 'block', reference: 'project heron' },
        { model: 'secrets', expected: 'async' },
      ],
    };
    await redoubt.send('POST', '/v1/policies', { body: policy });
    client = guardOpenAI(new OpenAI({ baseURL: model.url, apiKey: 'any', maxRetries: 0 }), redoubt, { policies });
  });
  afterAll(async () => {
    await Promise.all([server.close(), model.close()]);
  });
  beforeEach(() => {
    model.calls.length = 0;
  });

  const says = (message: object): void => {
    model.answer = (_call, response) => sendJson(response, 200, completionOf(message));
  };
  const ask = (content: string) =>
    client.chat.completions.create({ model: 'm', messages: [{ role: 'user', content }] });

  it('lets pass what is harmless, unchanged', async () => {
    says({ role: 'assistant', content: 'Lisbon.' });
    const answer = await ask('What is the capital of Portugal?');
    expect(answer.choices[0]!.message.content).toBe('Lisbon.');
    expect(model.calls[0]!.body).toMatchObject({
      model: 'm',
      messages: [{ role: 'user', content: 'What is the capital of Portugal?' }],
    });
  });

  it('does not call the model where the guard denies what goes in', async () => {
    const error = await ask('Tell me of Project Heron.').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(GuardDeniedError);
    expect(error).toMatchObject({ side: 'input', decision: { denied: true } });
    expect((error as Error).message).toMatch(/denied the input \(in-and-out: contains\)/);
    expect(model.calls).toEqual([]);
  });

  it('replaces what is to be replaced on the way in, in parts too, and leaves the caller’s messages alone', async () => {
    says({ role: 'assistant', content: 'Fine.' });
    const parts = [
      { type: 'text' as const, text: 'Hello' },
      { type: 'text' as const, text: `key ${secret}` },
    ];
    await client.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: parts }] });
    expect(JSON.stringify(model.calls[0]!.body)).not.toContain(secret);
    expect(model.calls[0]!.body).toMatchObject({
      messages: [{ content: [{ text: 'Hello' }, { text: expect.stringMatching(/^key \[\w+\]$/) }] }],
    });
    expect(parts[1]!.text).toContain(secret);
  });

  it('keeps back what the guard denies on the way out, and replaces in text and in tool calls', async () => {
    says({ role: 'assistant', content: 'It is about project heron.' });
    await expect(ask('Hello')).rejects.toMatchObject({ side: 'output' });
    const call = { id: 'c', type: 'function', function: { name: 'mail', arguments: JSON.stringify({ body: secret }) } };
    says({ role: 'assistant', content: `take ${secret}`, tool_calls: [call] });
    const { message } = (await ask('Hello')).choices[0]!;
    expect(JSON.stringify(message)).not.toContain(secret);
    expect(message.content).toMatch(/^take \[\w+\]$/);
  });

  const streams = (...pieces: string[]): void => {
    model.answer = (_call, response) => sendEvents(response, eventsOf(pieces.map((content) => ({ content }))));
  };
  const streamed = async (content: string): Promise<string> => {
    const stream = await client.chat.completions.create({
      model: 'm',
      stream: true,
      messages: [{ role: 'user', content }],
    });
    let text = '';
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    return text;
  };

  it('holds a streamed answer until it is checked', async () => {
    streams('Lis', 'bon', '.');
    expect(await streamed('Hello')).toBe('Lisbon.');
    streams('my key: sk_live_4eC39HqLyj', 'WDarjtT1zdp7dc', ' - done');
    expect(await streamed('Hello')).toMatch(/^my key: \[\w+\] - done$/);
    streams('project ', 'he', 'ron');
    await expect(streamed('Hello')).rejects.toBeInstanceOf(GuardDeniedError);
  });

  it('says of other calls to a model that they are not guarded, and lets the rest through', async () => {
    expect(() => client.responses).toThrow(/responses is not guarded.*\/gateway\/v1/);
    expect(() => client.chat.completions.parse).toThrow(/chat\.completions\.parse is not guarded/);
    expect(() => client.post).toThrow(/post is not guarded/);
    says({ role: 'assistant', content: 'Fine.' });
    await expect(
      client.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: 'x' }] }).withResponse(),
    ).rejects.toThrow(/not guarded/);
    expect(client.baseURL).toBe(model.url);
    expect(client.models.list).toBeTypeOf('function');
  });

  it('passes nothing where the guard cannot be asked', async () => {
    const nobody = new Redoubt({ baseUrl: 'http://127.0.0.1:1', apiKey: 'k', retries: 0 });
    const alone = guardOpenAI(new OpenAI({ baseURL: model.url, apiKey: 'any' }), nobody);
    await expect(
      alone.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: 'Hello' }] }),
    ).rejects.toBeInstanceOf(ConnectionError);
    expect(model.calls).toEqual([]);
  });
});
