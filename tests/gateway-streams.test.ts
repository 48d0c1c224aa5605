// Streamed answers through the gateway: what leaves when, and what never does.
import { describe, expect, it } from 'vitest';
import { gatewayOfFile, SECRET, say } from './fakes/guarded-gateway.ts';
import { eventsOf, sendEvents } from './fakes/scripted-upstream.ts';

const gateway = gatewayOfFile();
const { call } = gateway;

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
    gateway.upstream.answer = (_call, response) => sendEvents(response, eventsOf(deltas), size);
    return readStream(await call(say('Go on', { stream: true })));
  };

  it('arrive whole where nothing is found', async () => {
    const text = 'Grüße aus dem Café: 你好, 🦦 and a good day to you all.';
    for (const size of [1, 3, 64, 4096])
      expect(await streamed(tokens(text), size)).toMatchObject({ text, finish: 'stop' });
  });

  it.each(['\r', '\r\n', '\n'])('arrive with %j at the end of their lines, and notes between them', async (lineEnd) => {
    const events = [': note\n\n', ...eventsOf(tokens('Good day to you.'))].join('').replaceAll('\n', lineEnd);
    gateway.upstream.answer = (_call, response) => {
      response.writeHead(200, { 'content-type': 'Text/Event-Stream' });
      for (const sign of events) response.write(sign);
      response.end();
    };
    const answer = await readStream(await call(say('Go on', { stream: true })));
    expect(answer).toMatchObject({ text: 'Good day to you.', finish: 'stop' });
  });

  it.each(['', ': note\n\n', 'data: <p>Busy</p>\n\n'])('say that nothing in them could be read: %j', async (events) => {
    gateway.upstream.answer = (_call, response) =>
      void response.writeHead(200, { 'content-type': 'text/event-stream' }).end(events);
    const { raw } = await readStream(await call(say('Go on', { stream: true })));
    expect(raw).toContain('its stream holds no event that can be read');
    expect(raw).not.toContain('Busy');
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

  it('redact in the arguments of a call what is written with escapes, and leave them JSON', async () => {
    const written = JSON.stringify({ pad: 'x '.repeat(200), to: 'for\nOttilie Fenwick', by: 'a' });
    for (const json of [written, written.replace('Ottilie', '\\u004fttilie')]) {
      const { calls } = await streamed([
        { tool_calls: [{ index: 0, id: 'a', type: 'function', function: { name: 'f', arguments: json } }] },
      ]);
      const [call] = calls as { function: { arguments: string } }[];
      const { to } = JSON.parse(call!.function.arguments) as { to: string };
      expect(to).toMatch(/^for\n\[CONTAINS_[0-9A-F]+\]$/);
    }
  });

  it('give calls of custom tools and of functions as the model made them', async () => {
    const custom = await streamed([
      { tool_calls: [{ index: 0, id: 'a', type: 'custom', custom: { name: 'write', input: '' } }] },
      { tool_calls: [{ index: 0, custom: { input: 'for Ottilie ' } }] },
      { tool_calls: [{ index: 0, custom: { input: 'alone' } }] },
    ]);
    expect(custom.calls).toEqual([
      { index: 0, id: 'a', type: 'custom', custom: { name: 'write', input: 'for Ottilie alone' } },
    ]);
    const older = await streamed([
      { function_call: { name: 'f', arguments: '{"a":' } },
      { function_call: { arguments: '1}' } },
    ]);
    expect(older.raw).toContain('"function_call":{"name":"f","arguments":"{\\"a\\":1}"}');
  });

  it.each<[string, (piece: string) => object]>([
    ['a custom tool', (piece) => ({ tool_calls: [{ index: 0, type: 'custom', custom: { input: piece } }] })],
    ['a function call', (piece) => ({ function_call: { arguments: piece } })],
    ['a recording', (piece) => ({ audio: { id: 'a', transcript: piece, data: 'AAAA' } })],
    ['parts of content', (piece) => ({ content: [{ type: 'text', text: piece }] })],
    ['thoughts', (piece) => ({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: piece }] }] })],
    ['what nobody knows', (piece) => ({ novelty: [{ index: 0, deep: { text: piece } }] })],
  ])('end before a secret in %s, and redact there', async (_what, deltaOf) => {
    const bad = await streamed([`so ${SECRET.slice(0, 7)}`, SECRET.slice(7)].map(deltaOf));
    expect(bad.finish).toBe('content_filter');
    expect(bad.raw).not.toContain('OTTER');
    const redacted = await streamed(['so Otti', 'lie Fenwick', ' did'].map(deltaOf));
    expect(redacted.raw).toMatch(/\[CONTAINS_[0-9A-F]+\]/);
    expect(redacted.raw).not.toMatch(/Otti|Fenwick|AAAA/);
    expect(redacted.finish).toBe('stop');
    const good = await streamed(['so Otti', 'lie did'].map(deltaOf));
    expect(
      good.raw
        .match(/"(?:text|input|arguments|transcript)":"[^"]+"/g)!
        .join('')
        .replace(/"[^"]*":|"/g, ''),
    ).toBe('so Ottilie did');
  });

  it('have a recording whole, whose pieces were padded each or cut anywhere', async () => {
    const spoken = Array.from({ length: 30 }, (_, at) => `${at},`);
    const padded = spoken.map((piece) => Buffer.from(piece).toString('base64'));
    const cut = Buffer.from(spoken.join(''))
      .toString('base64')
      .match(/.{1,7}/g)!;
    for (const pieces of [padded, cut]) {
      const { raw } = await streamed(
        pieces.map((data) => ({ audio: { id: 'a', data } })),
        4096,
      );
      const data = /"data":"([^"]*)"/.exec(raw)?.[1];
      expect(data).toBe(Buffer.from(spoken.join('')).toString('base64'));
    }
  });

  it('have parts and plain texts side by side', async () => {
    const { raw } = await streamed([
      { content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'An Otti' }] }] },
      { content: 'An Otti' },
    ]);
    expect(raw.match(/Otti/g)).toHaveLength(2);
  });

  it('have no tokens beside texts that wait or were changed', async () => {
    const choiceOf = (text: string): string =>
      `data: ${JSON.stringify({
        object: 'chat.completion.chunk',
        choices: [
          { index: 0, delta: text === '' ? {} : { content: text }, logprobs: { content: [{ token: text || 'Otti' }] } },
        ],
      })}\n\n`;
    gateway.upstream.answer = (_call, response) =>
      sendEvents(response, ['Fine. ', 'I am Otti', '', 'lie Fenwick', '. Good day.'].map(choiceOf));
    const { raw, text } = await readStream(await call(say('Go on', { stream: true })));
    expect(text).toMatch(/^Fine\. I am \[CONTAINS_[0-9A-F]+\]\. Good day\.$/);
    expect(raw).toContain('"token":"Fine. "');
    expect(raw).not.toMatch(/Otti|Fenwick/);
  });

  it('leave out what holds text and is no part of a streamed answer', async () => {
    const odd = [
      { choices: [{ index: 0, delta: { content: 'Hello' }, message: { content: SECRET }, text: SECRET }] },
      { type: 'response.output_text.delta', delta: SECRET },
      { error: { message: 'as the upstream says' } },
    ];
    gateway.upstream.answer = (_call, response) =>
      sendEvents(
        response,
        odd.map((each) => `data: ${JSON.stringify(each)}\n\n`),
      );
    const { raw, text } = await readStream(await call(say('Go on', { stream: true })));
    expect(text).toBe('Hello');
    expect(raw).not.toContain('OTTER');
    expect(raw).toContain('as the upstream says');
  });

  it('leave out what holds text beside the choices, to the last event, but for an error', async () => {
    const beside = {
      id: 'a',
      usage: { total_tokens: 2 },
      x_groq: { id: 'b' },
      citations: [SECRET],
      output_text: SECRET,
    };
    const error = { message: 'too long' };
    const chunk = (content: string, more: object = {}): string =>
      `data: ${JSON.stringify({ ...beside, ...more, choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`;
    gateway.upstream.answer = (_call, response) => sendEvents(response, [chunk('Hello, '), chunk('you.', { error })]);
    const open = await readStream(await call(say('Go on', { stream: true })));
    expect(open.text).toBe('Hello, you.');
    expect(open.raw).not.toMatch(/OTTER|citations/);
    for (const kept of ['"usage":{"total_tokens":2}', '"x_groq":{"id":"b"}', '"error":{"message":"too long"}'])
      expect(open.raw).toContain(kept);
    gateway.upstream.answer = (_call, response) => sendEvents(response, [chunk('Hello. '), chunk(SECRET)]);
    const ended = await readStream(await call(say('Go on', { stream: true })));
    expect(ended).toMatchObject({ finish: 'content_filter', raw: expect.not.stringMatching(/OTTER|citations/) });
  });

  it('stop on the way in as a stream too', async () => {
    const answer = await readStream(await call(say(SECRET, { stream: true })));
    expect(answer).toMatchObject({ text: 'This is not for you.', finish: 'content_filter' });
    expect(gateway.upstream.calls).toHaveLength(0);
  });

  it('that break off say so, and what was held back stays back', async () => {
    gateway.upstream.answer = (_call, response) => {
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
    gateway.upstream.answer = (_call, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.on('close', () => closed('closed'));
      response.write(eventsOf([{ content: 'Hello there, ' }])[1]!);
    };
    const leaving = new AbortController();
    const response = await fetch(`${gateway.url}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${gateway.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(say('Go on', { stream: true })),
      signal: leaving.signal,
    });
    await response.body!.getReader().read();
    leaving.abort();
    expect(await gone).toBe('closed');
  });
});

describe('the key of the upstream', () => {
  it('leaves in no event, and all else leaves as it came', async () => {
    const said = 'It is upstream-key, or dXBzdHJlYW0ta2V5; a password is secret-0123456789abcdefghij.';
    gateway.upstream.answer = (_call, response) => sendEvents(response, eventsOf([{ content: said }]));
    const { text } = await readStream(await call(say('Hello', { stream: true })));
    expect(text).toBe('It is ***, or ***; a password is secret-0123456789abcdefghij.');
  });

  it.each<[string, (piece: string) => object]>([
    ['content', (content) => ({ content })],
    ['parts of content', (text) => ({ content: [{ type: 'text', text }] })],
    ['thoughts', (reasoning) => ({ reasoning })],
    ['a tool call', (piece) => ({ tool_calls: [{ index: 0, function: { arguments: piece } }] })],
  ])('leaves in no pieces of %s, and their tokens stay back with it', async (_what, deltaOf) => {
    for (const size of [1, 3, 5, 100]) {
      const pieces = 'up to upstream-key, or dXBzdHJlYW0ta2V5; fine upstr'.match(new RegExp(`.{1,${size}}`, 'g')) ?? [];
      gateway.upstream.answer = (_call, response) =>
        sendEvents(
          response,
          pieces.map((piece) => {
            const logprobs = { content: [...piece].map((token) => ({ token, bytes: [token.charCodeAt(0)] })) };
            return `data: ${JSON.stringify({ choices: [{ index: 0, delta: deltaOf(piece), logprobs }] })}\n\n`;
          }),
          4096,
        );
      const { raw } = await readStream(await call(say('Hello', { stream: true })));
      const said = [...raw.matchAll(/"(?:content|text|reasoning|arguments)":"([^"]*)"/g)].map(([, text]) => text);
      expect(said.join('')).toBe('up to ***, or ***; fine upstr');
      const tokens = [...raw.matchAll(/"token":"(.)"/g)].map(([, token]) => token);
      expect(tokens.join('')).not.toMatch(/stream|QVm|dXB/);
    }
  });

  it('holds nothing else up', async () => {
    let goOn: () => void = () => undefined;
    const isRead = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const events = eventsOf([{ content: 'The upshot: ' }, { content: 'all is well.' }]);
    gateway.upstream.answer = async (_call, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(events.slice(0, 2).join(''));
      await isRead;
      response.end(events.slice(2).join(''));
    };
    const response = await call(say('Hello', { stream: true }));
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let seen = '';
    while (!seen.includes('The upshot: ')) seen += (await reader.read()).value ?? '';
    goOn();
    for (let read = await reader.read(); !read.done; read = await reader.read()) seen += read.value;
    expect(seen).toContain('all is well.');
  });
});
