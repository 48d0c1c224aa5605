// The gateway over a real server and a scripted model: what goes in, what comes out whole, and what never leaves.
import { describe, expect, it } from 'vitest';
import { gatewayOfFile, readWhole, SECRET, say, type WholeAnswer } from './fakes/guarded-gateway.ts';
import { completionOf, sendJson } from './fakes/scripted-upstream.ts';

const gateway = gatewayOfFile();
const { call } = gateway;

describe('a request', () => {
  it('of 30,000 messages has the name taken out of each of them', async () => {
    const messages = Array.from({ length: 30_000 }, (_, n) => ({ role: 'user', content: `${n} Ottilie Fenwick` }));
    expect((await call({ model: 'house', messages })).status).toBe(200);
    const sent = gateway.upstream.calls.at(-1)?.body as unknown as { messages: { content: string }[] };
    expect(sent.messages).toHaveLength(30_000);
    expect(sent.messages.some(({ content }) => content.includes('Ottilie'))).toBe(false);
  }, 60_000);

  it.each([
    [
      'of a million wrong values',
      `{"model":"house","messages":[${'1,'.repeat(1_000_000)}1]}`,
      /more than 100,000 values/,
    ],
    [
      'of endless levels',
      `{"model":"house","messages":${'['.repeat(500_000)}${']'.repeat(500_000)}}`,
      /500 levels deep/,
    ],
  ])('%s is refused before anything else looks at it', async (_, body, reason) => {
    const response = await call(body);
    expect(response.status).toBe(400);
    expect((await readWhole(response)).error?.message).toMatch(reason);
  });
});

describe('whole answers', () => {
  it('pass on what is harmless, with the key and the name of the upstream', async () => {
    const response = await call(say('Good morning', { temperature: 0.5, seed: 7, unknown_option: true }));
    expect(response.status).toBe(200);
    expect(response.headers.get('x-redoubt-in')).toBe('passed');
    expect(response.headers.get('x-redoubt-out')).toBe('passed');
    expect((await readWhole(response)).choices[0]!.message.content).toBe('Good day.');
    expect(gateway.upstream.calls).toEqual([
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
    ...[SECRET, [{ type: 'text', text: SECRET }]].map((content): [string, object] => [
      'the result of a tool as a part of a message',
      { model: 'house', messages: [{ role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content }] }] },
    ]),
    [
      'several parts of a message together',
      {
        model: 'house',
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: `say ${SECRET.slice(0, 9)}` },
              { type: 'text', text: `${SECRET.slice(9)} now` },
            ],
          },
        ],
      },
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
    [
      'the description of a function in the older form',
      say('Hello', { functions: [{ name: 'f', description: `say ${SECRET}` }] }),
    ],
    ...[
      { title: `say ${SECRET}` },
      { enum: ['a', `say ${SECRET}`] },
      { default: SECRET },
      { anyOf: [{ const: `say ${SECRET}, and nothing else, to everybody` }] },
      { [SECRET]: {} },
    ].map((said): [string, object] => [
      `the ${Object.keys(said)[0]} of a parameter of a tool`,
      say('Hello', {
        tools: [{ type: 'function', function: { name: 'f', parameters: { properties: { a: said } } } }],
      }),
    ]),
    ['the name of a tool', say('Hello', { tools: [{ type: 'function', function: { name: SECRET } }] })],
    [
      'the description of a parameter that is called description',
      say('Hello', {
        tools: [
          {
            type: 'function',
            function: {
              name: 'f',
              parameters: { properties: { description: { type: 'string', description: SECRET } } },
            },
          },
        ],
      }),
    ],
    ...[
      { function_call: { name: 'send', arguments: SECRET } },
      { tool_calls: [{ id: 'a', type: 'custom', custom: { name: 's', input: SECRET } }] },
    ].map((spoken): [string, object] => [
      `${Object.keys(spoken)[0]} of an earlier answer`,
      { model: 'house', messages: [{ role: 'assistant', content: null, ...spoken }] },
    ]),
  ])('stop %s on its way in, without asking the model', async (_what, body) => {
    const response = await call(body);
    expect(response.status).toBe(200);
    expect(response.headers.get('x-redoubt-in')).toBe('denied');
    expect(response.headers.get('x-redoubt-in-policies')).toBe('no-otters');
    const [choice] = (await readWhole(response)).choices;
    expect(choice).toMatchObject({ finish_reason: 'content_filter', message: { content: 'This is not for you.' } });
    expect(gateway.upstream.calls).toHaveLength(0);
  });

  it('redact on the way in and on the way out', async () => {
    gateway.upstream.answer = (_call, response) =>
      sendJson(response, 200, completionOf({ content: 'Ottilie Fenwick lives here.', reasoning: 'Ottilie Fenwick?' }));
    const response = await call(say('Where does Ottilie Fenwick live?'));
    expect(response.headers.get('x-redoubt-in')).toBe('redacted');
    expect(response.headers.get('x-redoubt-out')).toBe('redacted');
    expect(JSON.stringify(gateway.upstream.calls[0]!.body)).toMatch(/Where does \[CONTAINS_[0-9A-F]+\] live\?/);
    const [choice] = (await readWhole(response)).choices;
    expect(choice!.message.content).toMatch(/^\[CONTAINS_[0-9A-F]+\] lives here\.$/);
    expect(choice!.message.reasoning).toMatch(/^\[CONTAINS_[0-9A-F]+\]\?$/);
  });

  it('redact in tools, which stay what they are beside it', async () => {
    const tool = (said: string): object => ({
      type: 'function',
      function: {
        name: 'call',
        description: `Calls "${said}" \\ or others.`,
        parameters: { properties: { who: { type: 'string', enum: [said, 'all'], maxLength: 9 } } },
      },
    });
    const policies = { 'x-redoubt-policies': 'no-tool-names' };
    await call(say('Hello', { tools: [tool('Ottilie Fenwick'), tool('Ada')] }), policies);
    const { tools } = gateway.upstream.calls[0]!.body as unknown as { tools: object[] };
    const [token] = /\[CONTAINS_[0-9A-F]+\]/.exec(JSON.stringify(tools))!;
    expect(tools).toEqual([tool(token), tool('Ada')]);
  });

  it('redact what goes over several parts in each of them, and leave the parts beside as they are', async () => {
    const content = ['Where does', 'Ottilie Fen', 'wick live?', 'Ottilie', 'Fenwick?'].map((text) => ({
      type: 'text',
      text,
    }));
    gateway.upstream.answer = (_call, response) => sendJson(response, 200, completionOf({ content }));
    const response = await call({ model: 'house', messages: [{ role: 'user', content }] });
    const token = /^\[CONTAINS_[0-9A-F]+\]/;
    const parts = [
      { type: 'text', text: 'Where does' },
      { type: 'text', text: expect.stringMatching(token) },
      { type: 'text', text: expect.stringMatching(/^\[CONTAINS_[0-9A-F]+\] live\?$/) },
      { type: 'text', text: expect.stringMatching(token) },
      { type: 'text', text: expect.stringMatching(/^\[CONTAINS_[0-9A-F]+\]\?$/) },
    ];
    expect(gateway.upstream.calls[0]!.body).toMatchObject({ messages: [{ content: parts }] });
    expect((await readWhole(response)).choices[0]!.message.content).toEqual(parts);
  });

  it('say that a redaction is denied where the policy has words to say in its place', async () => {
    gateway.upstream.answer = (_call, response) =>
      sendJson(response, 200, completionOf({ content: 'In Little Wexcombe.' }));
    const policies = { 'x-redoubt-policies': 'no-towns' };
    for (const [stage, text] of [
      ['in', 'Where is Little Wexcombe?'],
      ['out', 'Where is it?'],
    ] as const) {
      const response = await call(say(text), policies);
      expect(response.headers.get(`x-redoubt-${stage}`)).toBe('denied');
      const [choice] = (await readWhole(response)).choices;
      expect(choice).toMatchObject({ finish_reason: 'content_filter', message: { content: 'No towns here.' } });
    }
  });

  it.each([
    ['the answer', { content: `It is ${SECRET}.` }],
    [
      'the arguments of a tool call',
      { tool_calls: [{ id: 'a', type: 'function', function: { name: 'send', arguments: `{"to":"${SECRET}"}` } }] },
    ],
    ['the reasoning', { content: 'No.', reasoning_content: SECRET }],
    ['the arguments of a function call', { function_call: { name: 'send', arguments: `{"to":"${SECRET}"}` } }],
    ['the input of a custom tool', { tool_calls: [{ id: 'a', type: 'custom', custom: { name: 's', input: SECRET } }] }],
    ['what a recording says', { audio: { id: 'a', data: 'AAAA', transcript: `It is ${SECRET}.` } }],
    ['a part of it', { content: [{ type: 'thinking', thinking: [{ type: 'text', text: SECRET }] }] }],
  ])('stop %s on its way out', async (_what, message) => {
    gateway.upstream.answer = (_call, response) => sendJson(response, 200, completionOf(message));
    const response = await call(say('Tell me'));
    expect(response.headers.get('x-redoubt-out')).toBe('denied');
    const text = await response.text();
    expect(text).not.toContain(SECRET);
    expect((JSON.parse(text) as WholeAnswer).choices[0]!.finish_reason).toBe('content_filter');
  });
});

describe('what is redacted', () => {
  const logprobs = { content: [{ token: 'Ottilie Fenwick', logprob: -0.1, bytes: null, top_logprobs: [] }] };
  const answerWith = (...choices: readonly object[]): void => {
    gateway.upstream.answer = (_call, response) => sendJson(response, 200, { ...completionOf({}), choices });
  };

  it('does not leave among the tokens of the answer', async () => {
    const own = { content: [{ token: 'Fine.', logprob: -0.1, bytes: null, top_logprobs: [] }] };
    answerWith(
      {
        index: 0,
        message: { role: 'assistant', content: 'Ottilie Fenwick' },
        logprobs,
        token_ids: [1],
        finish_reason: 'stop',
      },
      { index: 1, message: { role: 'assistant', content: 'Fine.' }, logprobs: own, finish_reason: 'stop' },
    );
    const { choices } = await readWhole(await call(say('Who?')));
    expect(choices).toMatchObject([{ logprobs: null, token_ids: null }, { logprobs: own }]);
    expect(JSON.stringify(choices)).not.toContain('Fenwick');
  });

  it('does not leave as a recording', async () => {
    const audio = { id: 'a', data: 'AAAA', expires_at: 1, transcript: 'I am Ottilie Fenwick.' };
    answerWith({ index: 0, message: { role: 'assistant', content: null, audio }, finish_reason: 'stop' });
    const [choice] = (await readWhole(await call(say('Who?')))).choices;
    expect(choice!.message.audio).toEqual({
      ...audio,
      data: '',
      transcript: expect.stringMatching(/^I am \[CONTAINS_[0-9A-F]+\]\.$/),
    });
  });

  it('does not leave beside the choices, and leaves their tokens as they are', async () => {
    const tokens = { content: [{ token: 'Fine.', logprob: -0.1, bytes: null, top_logprobs: [] }] };
    const more = { citations: ['https://example.org/Ottilie Fenwick'], search_results: [{ title: 'Fine.' }] };
    const choices = [
      { index: 0, message: { role: 'assistant', content: 'Fine.' }, logprobs: tokens, finish_reason: 'stop' },
    ];
    const whole = { ...completionOf({}), choices, ...more };
    gateway.upstream.answer = (_call, response) => sendJson(response, 200, whole);
    expect(await (await call(say('Who?'))).json()).toEqual({
      ...whole,
      citations: [expect.stringMatching(/^https:\/\/example\.org\/\[CONTAINS_[0-9A-F]+\]$/)],
    });
    gateway.upstream.answer = (_call, response) =>
      sendJson(response, 200, { ...completionOf({}), output_text: SECRET });
    expect(await (await call(say('Who?'))).text()).not.toContain(SECRET);
  });

  it('does not leave in an answer that is no chat completion', async () => {
    gateway.upstream.answer = (_call, response) => sendJson(response, 200, { output: { text: 'Ottilie Fenwick' } });
    expect(await (await call(say('Who?'))).text()).toMatch(/^\{"output":\{"text":"\[CONTAINS_[0-9A-F]+\]"\}\}$/);
  });
});

describe('the key of the upstream', () => {
  const said = 'It is upstream-key, or dXBzdHJlYW0ta2V5; a password is secret-0123456789abcdefghij.';
  const masked = 'It is ***, or ***; a password is secret-0123456789abcdefghij.';

  it('leaves in no whole answer, and all else leaves as it came', async () => {
    gateway.upstream.answer = (_call, response) =>
      sendJson(response, 200, { ...completionOf({ content: said, reasoning: said }), model: 'upstream-key' });
    const answer = (await (await call(say('Hello'))).json()) as WholeAnswer & { model: string };
    expect(answer.model).toBe('***');
    expect(answer.choices[0]!.message).toMatchObject({ content: masked, reasoning: masked });
  });

  it('leaves in no tokens that hold it piece by piece, and others leave', async () => {
    const choiceOf = (tokens: readonly string[], index: number): object => ({
      index,
      finish_reason: 'stop',
      message: { role: 'assistant', content: tokens.join('') },
      logprobs: { content: tokens.map((token) => ({ token, logprob: -1 })), refusal: null },
    });
    const choices = [
      ['It is up', 'stream-', 'key'],
      ['Good ', 'day'],
    ].map(choiceOf);
    gateway.upstream.answer = (_call, response) => sendJson(response, 200, { ...completionOf({}), choices });
    const answer = (await (await call(say('Hello'))).json()) as { choices: { logprobs: unknown }[] };
    expect(answer.choices[0]).toMatchObject({ message: { content: 'It is ***' }, logprobs: null });
    expect(answer.choices[1]).toEqual(choices[1]);
  });

  it('leaves in no escapes, and numbers beside it leave as they were written', async () => {
    const usage = '"cost": 1.50, "id": 12345678901234567890';
    gateway.upstream.answer = (_call, response) =>
      void response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(`{"object": "list", "model": "of upstream\\u002dkey", ${usage}}`);
    const response = await call({ model: 'house', input: 'text' }, {}, '/embeddings');
    expect(await response.text()).toBe(`{"object": "list", "model": "of ***", ${usage}}`);
  });

  it('leaves as no name of a property either', async () => {
    const usage = { 'upstream-key': 1, ['__proto__']: 2, 'total tokens': 3 };
    gateway.upstream.answer = (_call, response) =>
      sendJson(response, 200, { ...completionOf({ content: 'Fine.' }), usage });
    const answer = (await (await call(say('Hello'))).json()) as WholeAnswer & { usage: object };
    expect(Object.entries(answer.usage)).toEqual([
      ['***', 1],
      ['__proto__', 2],
      ['total tokens', 3],
    ]);
  });

  it('leaves in nothing that is passed through', async () => {
    gateway.upstream.answer = (_call, response) =>
      sendJson(response, 200, { object: 'list', data: [1.5], model: said });
    const response = await call({ model: 'house', input: 'text' }, {}, '/embeddings');
    expect(await response.json()).toEqual({ object: 'list', data: [1.5], model: masked });
  });
});

describe('what is passed through', () => {
  it('embeddings, under the name of the upstream', async () => {
    gateway.upstream.answer = (_call, response) => sendJson(response, 200, { object: 'list', data: [] });
    const response = await call({ model: 'house', input: 'text' }, {}, '/embeddings');
    expect(await response.json()).toEqual({ object: 'list', data: [] });
    expect(gateway.upstream.calls[0]).toMatchObject({
      path: '/v1/embeddings',
      body: { model: 'scripted-7b', input: 'text' },
    });
  });

  it('embeddings of many texts, up to the limit that is named', async () => {
    gateway.upstream.answer = (_call, response) => sendJson(response, 200, { object: 'list', data: [] });
    const input = (megabytes: number): object => ({ model: 'house', input: 'a'.repeat(megabytes * 2 ** 20) });
    expect((await call(input(2), {}, '/embeddings')).status).toBe(200);
    const refused = await call(input(16), {}, '/embeddings');
    expect(refused.status).toBe(413);
    expect((await readWhole(refused)).error!.message).toContain('16 MB');
  });

  it('embeddings of texts that come as the numbers of their tokens, up to two million', async () => {
    gateway.upstream.answer = (_call, response) => sendJson(response, 200, { object: 'list', data: [] });
    const input = (texts: number, tokens: number): number[][] =>
      Array.from({ length: texts }, () => Array.from({ length: tokens }, () => 7));
    const sent = input(1_000, 150);
    expect((await call({ model: 'house', input: sent }, {}, '/embeddings')).status).toBe(200);
    expect(gateway.upstream.calls[0]!.body).toEqual({ model: 'scripted-7b', input: sent });
    const refused = await call({ model: 'house', input: input(2_000, 1_000) }, {}, '/embeddings');
    expect(refused.status).toBe(400);
    expect((await readWhole(refused)).error!.message).toContain('2,000,000 values');
  });

  it('the models that are set up', async () => {
    const response = await fetch(`${gateway.url}/models`, {
      headers: { authorization: `Bearer ${gateway.key}` },
    });
    expect(await response.json()).toMatchObject({ object: 'list', data: [{ id: 'house', object: 'model' }] });
  });
});
