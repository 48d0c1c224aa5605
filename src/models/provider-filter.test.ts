import { describe, expect, it } from 'vitest';
import { filterNamedIn, readFilterError } from './provider-filter.ts';

describe('readFilterError', () => {
  const azure = {
    message: "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
    type: null,
    param: 'prompt',
    code: 'content_filter',
    status: 400,
    innererror: { code: 'ResponsibleAIPolicyViolation', content_filter_result: {} },
  };
  it.each<[string, unknown]>([
    ['Azure', azure],
    ['Azure by its inner error alone', { ...azure, code: 'BadRequest' }],
    ['OpenAI', { message: 'rejected', code: 'content_policy_violation' }],
    ['a type', { message: 'rejected', type: 'content_filter' }],
    ['a type beside a number', { code: 400, type: 'content_filter' }],
    [
      'the moderation of a gateway',
      { code: 403, message: 'Flagged.', metadata: { reasons: ['violence'], flagged_input: '...' } },
    ],
    [
      'an inspection of the input',
      { code: 'data_inspection_failed', message: 'Input data may contain inappropriate content.' },
    ],
    ['a sentence', { type: 'invalid_request_error', message: 'Output blocked by content filtering policy' }],
    [
      'a flagged prompt',
      {
        code: 'invalid_prompt',
        message: 'Invalid prompt: your prompt was flagged as potentially violating our usage policy.',
      },
    ],
  ])('is a filtered answer for %s', (_, error) => {
    expect(readFilterError(JSON.stringify({ error }))).toMatchObject({ text: '', filtered: true, refused: false });
  });

  it.each([
    '{"error":{"message":"content_filter is not a parameter","code":"unknown_parameter"}}',
    '{"error":{"message":"Bad","code":400}}',
    '{"error":"content_filter"}',
    '{"message":"content_filter"}',
    'content_filter',
    '<html>content_filter</html>',
    '',
  ])('is another error for %s', (text) => {
    expect(readFilterError(text)).toBeNull();
  });
});

describe('filterNamedIn', () => {
  it.each([
    ['Gemini, the request', { promptFeedback: { blockReason: 'SAFETY' } }, 'SAFETY'],
    ['Gemini, the answer', { candidates: [{ finishReason: 'PROHIBITED_CONTENT' }] }, 'PROHIBITED_CONTENT'],
    ['Anthropic', { type: 'message', content: [], stop_reason: 'refusal' }, 'refusal'],
    ['Bedrock', { output: {}, stopReason: 'guardrail_intervened' }, 'guardrail_intervened'],
    ['an ordinary end', { content: [{ text: 'Hi' }], stop_reason: 'end_turn' }, null],
    ['an answer that speaks of a filter', { answer: 'content_filter', reason: 'refusal' }, null],
    ['no JSON', null, null],
  ])('%s', (_, body, reason) => {
    expect(filterNamedIn(body === null ? 'refusal' : JSON.stringify(body))).toBe(reason);
  });
});
