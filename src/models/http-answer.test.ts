import { describe, expect, it } from 'vitest';
import { extractAnswer } from './http-answer.ts';

const automatic = { answerPath: null, stream: 'json' as const };
const json = 'application/json';
const sse = 'text/event-stream';
const events = (...data: unknown[]): string => data.map((one) => `data: ${JSON.stringify(one)}\n\n`).join('');

describe('extractAnswer from JSON', () => {
  it.each([
    [{ choices: [{ message: { role: 'assistant', content: 'hi' } }] }, 'choices[0].message.content'],
    [{ choices: [{ message: { content: null, refusal: 'hi' } }] }, 'choices[0].message.refusal'],
    [{ choices: [{ text: 'hi' }] }, 'choices[0].text'],
    [
      { output: [{ type: 'reasoning' }, { content: [{ type: 'output_text', text: 'hi' }] }] },
      'output[*].content[*].text',
    ],
    [{ content: [{ type: 'text', text: 'hi' }], role: 'assistant' }, 'content[*].text'],
    [{ message: { role: 'assistant', content: 'hi' }, done: true }, 'message.content'],
    [{ candidates: [{ content: { parts: [{ text: 'h' }, { text: 'i' }] } }] }, 'candidates[0].content.parts[*].text'],
    [{ response: 'hi', model: 'm' }, 'response'],
    [{ answer: 'hi', message: 'ok' }, 'answer'],
    [{ message: 'success', data: { text: 'hi' } }, 'data.text'],
    [{ message: 'hi', id: '1' }, 'message'],
    [{ result: { answer: 'hi' } }, 'result.answer'],
    [[{ generated_text: 'hi' }], '[0].generated_text'],
    [[{ output: 'hi' }], '[0].output'],
    [{ data: 'hi' }, 'data'],
    [
      {
        messages: [
          { role: 'user', content: 'q' },
          { role: 'assistant', content: 'hi' },
        ],
      },
      'messages[-1].content',
    ],
    ['hi', '$'],
  ])('%j holds it at %s', (body, path) => {
    expect(extractAnswer(automatic, json, JSON.stringify(body))).toEqual({ text: 'hi', path });
  });

  it('reads exactly the path that was named', () => {
    const body = JSON.stringify({ answer: 'wrong', deep: [{ 'the text': 'hi' }], n: 7, o: { a: 1 }, none: null });
    const at = (answerPath: string) => extractAnswer({ ...automatic, answerPath }, json, body);
    expect(at('$.deep[0]["the text"]')).toEqual({ text: 'hi', path: '$.deep[0]["the text"]' });
    expect(at('n')).toMatchObject({ text: '7' });
    expect(at('o')).toMatchObject({ text: '{"a":1}' });
    expect(at('none')).toMatchObject({ kind: 'empty' });
    expect(at('gone')).toMatchObject({
      kind: 'unparseable',
      problem: 'Nothing lies at gone: its fields are answer, deep, n, o, none.',
    });
  });

  it.each([
    ['{"answer":"  "}', 'empty'],
    ['{"answer":"","message":"ok"}', 'empty'],
    ['{"choices":[{"message":{"content":null}}]}', 'empty'],
    ['', 'empty'],
    ['{"foo":"hi"}', 'unparseable'],
    ['{"error":{"message":"quota"}}', 'unparseable'],
    ['[]', 'unparseable'],
    ['null', 'unparseable'],
    ['{"answer":"cut o', 'unparseable'],
    ['<!doctype html><p>hi', 'unparseable'],
  ])('finds no answer in %s: %s', (body, kind) => {
    expect(extractAnswer(automatic, json, body)).toMatchObject({ kind });
  });

  it('says what is there instead', () => {
    expect(extractAnswer(automatic, json, '{"error":{"message":"quota"}}')).toMatchObject({
      problem: expect.stringContaining('holds an error: quota'),
    });
    expect(extractAnswer(automatic, json, '{"foo":1}')).toMatchObject({
      problem: expect.stringContaining('its fields are foo'),
    });
  });
});

describe('extractAnswer from text', () => {
  it.each([
    ['text/plain', 'Hello there'],
    ['', 'Hello there'],
    ['text/plain', '{not json'],
  ])('takes the body of %j as it is', (type, body) => {
    expect(extractAnswer(automatic, type, body)).toEqual({ text: body, path: 'body' });
  });

  it('takes any body as it is when the template says so', () => {
    expect(extractAnswer({ ...automatic, stream: 'text' }, 'text/html', '<p>hi</p>')).toEqual({
      text: '<p>hi</p>',
      path: 'body',
    });
  });

  it('takes no web page for an answer', () => {
    expect(extractAnswer(automatic, 'text/html', '<p>hi</p>')).toMatchObject({ kind: 'unparseable' });
  });
});

describe('extractAnswer from a stream', () => {
  it.each([
    [
      'chat completion chunks',
      `${events(
        { choices: [{ delta: { role: 'assistant', content: '' } }] },
        { choices: [{ delta: { content: 'Hel' } }] },
        { choices: [{ delta: { content: 'lo' } }] },
        { choices: [] },
      )}data: [DONE]\n\n`,
    ],
    [
      'content blocks',
      events(
        { type: 'message_start', message: { content: [] } },
        { type: 'content_block_delta', delta: { type: 'thinking_delta', thinking: 'hm' } },
        { type: 'content_block_delta', delta: { type: 'text_delta', text: 'Hel' } },
        { type: 'content_block_delta', delta: { text: 'lo' } },
        { type: 'message_delta', delta: { stop_reason: 'end_turn' } },
      ),
    ],
    [
      'response events',
      events(
        { type: 'response.created', response: {} },
        { type: 'response.reasoning_text.delta', delta: 'hm' },
        { type: 'response.output_text.delta', delta: 'Hel' },
        { type: 'response.output_text.delta', delta: 'lo' },
        { type: 'response.output_text.done', text: 'Hello' },
      ),
    ],
    [
      'own events with a status before',
      events({ type: 'start', message: 'connected' }, { content: 'Hel' }, { content: 'lo' }),
    ],
    ['growing events', events({ text: 'H' }, { text: 'Hel' }, { text: 'Hello' })],
    ['JSON strings', events('Hel', 'lo')],
    ['plain pieces', ': ping\n\nevent: token\r\ndata: Hel\r\n\r\ndata: lo\r\n\r\n'],
    ['one whole answer', events({ answer: { text: 'Hello' } })],
  ])('joins %s', (_, body) => {
    expect(extractAnswer(automatic, sse, body)).toMatchObject({ text: 'Hello' });
    expect(extractAnswer({ ...automatic, stream: 'sse' }, '', body)).toMatchObject({ text: 'Hello' });
  });

  it('keeps spaces and lines of plain pieces', () => {
    expect(extractAnswer(automatic, sse, 'data: a\ndata: b\n\ndata:  c\n\n')).toMatchObject({ text: 'a\nb c' });
  });

  it('reads the path that was named in each event', () => {
    const body = events({ text: 'no', out: { piece: 'Hel' } }, { out: { piece: 'lo' } });
    expect(extractAnswer({ ...automatic, sseDataPath: 'out.piece' }, sse, body)).toEqual({
      text: 'Hello',
      path: 'events out.piece',
    });
    expect(extractAnswer({ ...automatic, answerPath: 'out.piece' }, sse, body)).toMatchObject({ text: 'Hello' });
    expect(extractAnswer({ ...automatic, answerPath: 'gone' }, sse, body)).toMatchObject({ kind: 'empty' });
  });

  it('joins lines of JSON and numbered parts', () => {
    expect(
      extractAnswer(
        automatic,
        'application/x-ndjson',
        '{"message":{"content":"Hel"}}\n{"message":{"content":"lo"},"done":true}\n',
      ),
    ).toMatchObject({ text: 'Hello' });
    expect(extractAnswer(automatic, 'text/plain', '0:"Hel"\n0:"lo"\nd:{"finishReason":"stop"}\n')).toMatchObject({
      text: 'Hello',
    });
  });

  it('finds nothing in a stream without text, and names the error of one', () => {
    expect(extractAnswer(automatic, sse, 'data: [DONE]\n\n')).toMatchObject({ kind: 'empty' });
    expect(extractAnswer(automatic, sse, events({ choices: [{ delta: {} }] }))).toMatchObject({ kind: 'empty' });
    expect(extractAnswer(automatic, sse, events({ error: { message: 'quota' } }))).toMatchObject({
      kind: 'unparseable',
      problem: expect.stringContaining('quota'),
    });
  });
});
