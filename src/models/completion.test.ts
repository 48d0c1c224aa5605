import { describe, expect, it } from 'vitest';
import { readCompletion } from './completion.ts';

const body = (message: unknown, finish_reason: string | null = 'stop', rest: Record<string, unknown> = {}): string =>
  JSON.stringify({ id: 'r-1', model: 'm-1', choices: [{ index: 0, message, finish_reason }], ...rest });

const answerTo = (text: string) => {
  const read = readCompletion(text);
  if (!read.ok) throw new Error(read.message);
  return read.answer;
};

const call = (args: unknown, id: unknown = 'c1') => ({
  id,
  type: 'function',
  function: { name: 'pay', arguments: args },
});

describe('readCompletion', () => {
  it.each<[string, string, string, boolean]>([
    ['a plain string', body({ content: 'Hello.' }), 'Hello.', false],
    [
      'text parts',
      body({
        content: [
          { type: 'text', text: 'One' },
          { type: 'text', text: 'Two' },
        ],
      }),
      'One\nTwo',
      false,
    ],
    [
      'parts of unknown type',
      body({
        content: [
          { type: 'thinking', thinking: [] },
          { type: 'text', text: 'A' },
        ],
      }),
      'A',
      false,
    ],
    ['a refusal beside null content', body({ content: null, refusal: 'I will not.' }), 'I will not.', true],
    ['a refusal part', body({ content: [{ type: 'refusal', refusal: 'No.' }] }), 'No.', true],
    ['text and a refusal', body({ content: 'Well.', refusal: 'No.' }), 'Well.\nNo.', true],
    ['an empty refusal', body({ content: 'Hello.', refusal: '' }), 'Hello.', false],
    ['a null refusal', body({ content: 'Hello.', refusal: null }), 'Hello.', false],
    ['the old text field', JSON.stringify({ choices: [{ text: 'Legacy.', finish_reason: 'stop' }] }), 'Legacy.', false],
    ['no role and no finish reason', JSON.stringify({ choices: [{ message: { content: 'x' } }] }), 'x', false],
    ['unknown fields', body({ content: 'x', annotations: [], audio: null }, 'stop', { service_tier: 'y' }), 'x', false],
    ['an id that is a number', body({ content: 'x' }, 'stop', { id: 7, model: 8, usage: 'much' }), 'x', false],
    ['characters outside the basic plane', body({ content: '🙂 Добро' }), '🙂 Добро', false],
  ])('reads %s', (_, text, expected, refused) => {
    expect(answerTo(text)).toMatchObject({ text: expected, refused, filtered: false });
  });

  it.each([
    ['object arguments', call({ amount: 3 }), { id: 'c1', name: 'pay', arguments: '{"amount":3}' }],
    ['string arguments', call('{"amount": 3}'), { id: 'c1', name: 'pay', arguments: '{"amount": 3}' }],
    ['broken string arguments', call('{"amount'), { id: 'c1', name: 'pay', arguments: '{"amount' }],
    ['no arguments', call(undefined), { id: 'c1', name: 'pay', arguments: '{}' }],
    ['null arguments', call(null), { id: 'c1', name: 'pay', arguments: '{}' }],
    ['no id', call('{}', null), { id: 'call-0', name: 'pay', arguments: '{}' }],
  ])('keeps tool calls with %s apart from the empty text', (_, toolCall, expected) => {
    const answer = answerTo(body({ content: null, tool_calls: [toolCall] }, 'tool_calls'));
    expect(answer).toMatchObject({ text: '', toolCalls: [expected], finishReason: 'tool_calls' });
  });

  it.each([
    ['reasoning_content', body({ content: 'Four.', reasoning_content: 'two and two' }), 'Four.', 'two and two'],
    ['reasoning', body({ content: 'Four.', reasoning: 'two and two' }), 'Four.', 'two and two'],
    ['a block in the text', body({ content: '<think>\ntwo and two\n</think>\n\nFour.' }), 'Four.', 'two and two'],
    [
      'a block whose first tag the template wrote',
      body({ content: 'two and two\n</think>\n\nFour.' }),
      'Four.',
      'two and two',
    ],
    ['a tag that is only spoken of', body({ content: 'The tag </think> ends it.' }), 'The tag </think> ends it.', null],
    ['reasoning of another type', body({ content: 'Four.', reasoning: { effort: 'low' } }), 'Four.', null],
  ])('keeps the reasoning apart from the answer: %s', (_, text, expected, reasoning) => {
    expect(answerTo(text)).toMatchObject({ text: expected, reasoning });
  });

  it.each([
    ['empty text cut by the length limit', body({ content: '' }, 'length'), { text: '', finishReason: 'length' }],
    [
      'reasoning cut by the length limit',
      body({ content: '<think>and so' }, 'length'),
      { text: '', reasoning: 'and so' },
    ],
    ['empty text of a filter', body({ content: '' }, 'content_filter'), { text: '', filtered: true }],
    ['no message of a filter', JSON.stringify({ choices: [{ finish_reason: 'content_filter' }] }), { filtered: true }],
    ['the safety of Gemini', body({ content: null }, 'SAFETY'), { text: '', filtered: true }],
    ['a filter with its kind', body({ content: null }, 'content_filter: PROHIBITED_CONTENT'), { filtered: true }],
    ['a refusal of the provider', body({ content: '' }, 'refusal'), { text: '', filtered: true }],
    [
      'an answer cut under another name',
      body({ content: '' }, 'MAX_TOKENS'),
      { filtered: false, finishReason: 'length' },
    ],
    ['half a text of a filter', body({ content: 'Half' }, 'content_filter'), { text: 'Half', filtered: true }],
  ])('takes as an answer: %s', (_, text, expected) => {
    expect(answerTo(text)).toMatchObject(expected);
  });

  it.each([
    ['empty', 'an empty text', body({ content: '' })],
    ['empty', 'blanks', body({ content: ' \n\t' })],
    ['empty', 'null content', body({ content: null })],
    ['empty', 'no content at all', body({ role: 'assistant' })],
    ['empty', 'an empty list of tool calls', body({ content: null, tool_calls: [] })],
    ['empty', 'reasoning without an answer', body({ content: '', reasoning_content: 'hm' })],
    ['empty', 'no choices', JSON.stringify({ choices: [] })],
    ['unparseable', 'a web page', '<!doctype html><html></html>'],
    ['unparseable', 'half JSON', '{"choices":[{"message":{"content":"Hel'],
    ['unparseable', 'nothing', ''],
    ['unparseable', 'a bare string', '"Hello"'],
    ['unparseable', 'null', 'null'],
    ['unparseable', 'an error inside a 200', '{"error":{"message":"overloaded"}}'],
    ['unparseable', 'content of another type', body({ content: 7 })],
    ['unparseable', 'an event stream', 'data: {"choices":[]}\n\ndata: [DONE]\n\n'],
  ])('is %s for %s', (kind, _, text) => {
    expect(readCompletion(text)).toMatchObject({ ok: false, kind });
  });

  it('says that a web page points to a wrong base URL', () => {
    expect(readCompletion('  <html>')).toMatchObject({ message: expect.stringContaining('base URL') });
  });

  it('keeps the facts beside the answer, and never guesses them', () => {
    const usage = { prompt_tokens: 12, completion_tokens: 5, total_tokens: 17 };
    expect(answerTo(body({ content: 'x' }, 'stop', { system_fingerprint: 'fp', usage }))).toMatchObject({
      model: 'm-1',
      requestId: 'r-1',
      systemFingerprint: 'fp',
      usage: { prompt: 12, completion: 5 },
    });
    const bare = answerTo('{"choices":[{"message":{"content":"x"}}],"usage":{"prompt_tokens":3}}');
    expect(bare).toMatchObject({
      model: null,
      requestId: null,
      systemFingerprint: null,
      finishReason: null,
      usage: null,
    });
  });
});
