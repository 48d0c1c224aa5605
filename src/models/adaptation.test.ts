import { describe, expect, it } from 'vitest';
import type { ChatMessage } from '../core/chat.ts';
import { type Adaptation, adaptationFor, foldSystemPrompt } from './adaptation.ts';

const fresh: readonly Adaptation[] = ['max_completion_tokens', 'without_temperature', 'system_in_user_turn'];
const capped: readonly Adaptation[] = ['without_max_tokens', 'without_temperature', 'system_in_user_turn'];

const adapt = (body: unknown, open: readonly Adaptation[] = fresh, texts: readonly string[] = []) =>
  adaptationFor(typeof body === 'string' ? body : JSON.stringify(body), { open: new Set(open), texts });

const openAi = (message: string, param: string | null, code: string | null) => ({
  error: { message, type: 'invalid_request_error', param, code },
});

describe('adaptationFor', () => {
  it.each<[string, unknown, Adaptation]>([
    [
      'OpenAI on max_tokens',
      openAi(
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        'max_tokens',
        'unsupported_parameter',
      ),
      'max_completion_tokens',
    ],
    [
      'Azure on max_tokens, without a param',
      openAi(
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        null,
        null,
      ),
      'max_completion_tokens',
    ],
    [
      'a gateway that hints in other words',
      'max_tokens is not supported by this model, please use max_completion_tokens.',
      'max_completion_tokens',
    ],
    [
      'OpenAI on the value of temperature',
      openAi(
        "Unsupported value: 'temperature' does not support 0.7 with this model. Only the default (1) value is supported.",
        'temperature',
        'unsupported_value',
      ),
      'without_temperature',
    ],
    [
      'OpenAI on temperature',
      openAi(
        "Unsupported parameter: 'temperature' is not supported with this model.",
        'temperature',
        'unsupported_parameter',
      ),
      'without_temperature',
    ],
    ['Azure', openAi('Unrecognized request argument supplied: temperature', null, null), 'without_temperature'],
    ['Groq', openAi("property 'temperature' is unsupported", null, null), 'without_temperature'],
    [
      'Anthropic',
      {
        type: 'error',
        error: { type: 'invalid_request_error', message: '`temperature` is deprecated for this model.' },
      },
      'without_temperature',
    ],
    [
      'Anthropic with thinking',
      {
        type: 'error',
        error: {
          type: 'invalid_request_error',
          message: '`temperature` may only be set to 1 when thinking is enabled.',
        },
      },
      'without_temperature',
    ],
    [
      'Anthropic on extra inputs',
      { error: { message: 'temperature: Extra inputs are not permitted' } },
      'without_temperature',
    ],
    [
      'LiteLLM',
      {
        error: {
          message: "litellm.UnsupportedParamsError: openai does not support parameters: ['temperature'], for model=o1.",
          param: null,
          code: '400',
        },
      },
      'without_temperature',
    ],
    [
      'vLLM',
      {
        object: 'error',
        message:
          "[{'type': 'extra_forbidden', 'loc': ('body', 'temperature'), 'msg': 'Extra inputs are not permitted', 'input': 0.7}]",
        type: 'BadRequestError',
        param: null,
        code: 400,
      },
      'without_temperature',
    ],
    [
      'Mistral',
      {
        object: 'error',
        message: {
          detail: [
            {
              type: 'extra_forbidden',
              loc: ['body', 'temperature'],
              msg: 'Extra inputs are not permitted',
              input: 0.7,
            },
          ],
        },
      },
      'without_temperature',
    ],
    [
      'FastAPI',
      { detail: [{ type: 'extra_forbidden', loc: ['body', 'temperature'], msg: 'Extra inputs are not permitted' }] },
      'without_temperature',
    ],
    ['a plain text', 'temperature is not supported', 'without_temperature'],
    ['an error that is a string', { error: "this model doesn't support temperature" }, 'without_temperature'],
    [
      'OpenAI on the system role',
      openAi(
        "Unsupported value: 'messages[0].role' does not support 'system' with this model.",
        'messages[0].role',
        'unsupported_value',
      ),
      'system_in_user_turn',
    ],
    [
      'the same without a param',
      openAi("Unsupported value: 'messages[0].role' does not support 'system' with this model.", null, null),
      'system_in_user_turn',
    ],
    [
      'Gemma under vLLM',
      { object: 'error', message: 'System role not supported', type: 'BadRequestError', code: 400 },
      'system_in_user_turn',
    ],
    [
      'Gemma at Google',
      {
        error: {
          code: 400,
          message: 'Developer instruction is not enabled for models/gemma-3',
          status: 'INVALID_ARGUMENT',
        },
      },
      'system_in_user_turn',
    ],
    [
      'Mistral templates',
      { error: { message: 'Conversation roles must alternate user/assistant/user/assistant/...' } },
      'system_in_user_turn',
    ],
    [
      'Anthropic on the system role',
      {
        error: {
          message: 'messages: Unexpected role "system". The Messages API accepts a top-level `system` parameter.',
        },
      },
      'system_in_user_turn',
    ],
    ['Bedrock', { message: 'A conversation must start with a user message. Try again.' }, 'system_in_user_turn'],
    [
      'pydantic on the role',
      {
        detail: [
          { type: 'literal_error', loc: ['body', 'messages', 0, 'role'], msg: "Input should be 'user' or 'assistant'" },
        ],
      },
      'system_in_user_turn',
    ],
    [
      'words about system messages',
      { error: { message: 'This model does not support system messages.' } },
      'system_in_user_turn',
    ],
  ])('reads %s', (_, body, expected) => {
    expect(adapt(body)).toBe(expected);
  });

  it.each<[string, unknown]>([
    [
      'OpenAI',
      openAi(
        "Unsupported parameter: 'max_completion_tokens' is not supported with this model.",
        'max_completion_tokens',
        'unsupported_parameter',
      ),
    ],
    ['Azure', openAi('Unrecognized request argument supplied: max_completion_tokens', null, null)],
    [
      'Mistral',
      {
        detail: [
          { type: 'extra_forbidden', loc: ['body', 'max_completion_tokens'], msg: 'Extra inputs are not permitted' },
        ],
      },
    ],
  ])('leaves the limit out where %s refuses its second name as well', (_, body) => {
    expect(adapt(body, capped)).toBe('without_max_tokens');
  });

  it.each<[string, unknown]>([
    [
      'a value out of range',
      openAi(
        "Invalid 'temperature': decimal above maximum value. Expected a value <= 2.",
        'temperature',
        'decimal_above_max_value',
      ),
    ],
    [
      'a limit that is too large',
      openAi(
        'max_tokens is too large: 90000. This model supports at most 16384 completion tokens.',
        'max_tokens',
        'invalid_value',
      ),
    ],
    [
      'a context that is too long',
      openAi(
        "This model's maximum context length is 4096 tokens, with 2048 in max_tokens.",
        'messages',
        'context_length_exceeded',
      ),
    ],
    [
      'two user turns in a row',
      { error: { message: 'After the optional system message, conversation roles must alternate user/assistant' } },
    ],
    ['an unknown model', openAi("The model 'system-1' does not exist", null, 'model_not_found')],
    ['another parameter', openAi("Unsupported parameter: 'top_k'", 'top_k', 'unsupported_parameter')],
    ['a web page', '<html>temperature is not supported</html>'],
    ['half JSON', '{"error":{"message":"temperature is not supp'],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[1,2]'],
  ])('changes nothing after %s', (_, body) => {
    expect(adapt(body)).toBeNull();
  });

  it('never changes what was not sent', () => {
    expect(adapt('temperature is not supported', ['max_completion_tokens'])).toBeNull();
    expect(adapt('System role not supported', ['without_temperature'])).toBeNull();
    expect(adapt('max_tokens is not supported', ['without_max_tokens'])).toBeNull();
  });

  const said =
    'Which system prompt is unknown here? My temperature is not supported by any thermometer, max_tokens is unsupported.';
  it.each<[string, unknown]>([
    [
      'in a field of its own',
      { error: { message: 'Bad request', param: null }, request: { messages: [{ role: 'user', content: said }] } },
    ],
    [
      'as the input of a validation error',
      {
        detail: [
          {
            type: 'string_type',
            loc: ['body', 'messages', 0, 'content'],
            msg: 'Input should be a valid string',
            input: said,
          },
        ],
      },
    ],
    ['inside the message', { error: { message: `The prompt was flagged: "${said}"` } }],
    ['inside the message, cut', { error: { message: `Flagged: ${said.slice(0, 70)}...` } }],
    [
      'inside the repr of vLLM',
      {
        object: 'error',
        message: `[{'type': 'string_type', 'loc': ('body', 'messages'), 'msg': 'wrong', 'input': '${said}'}]`,
      },
    ],
    ['as plain text', `Refused to answer: ${said}`],
  ])("is not misled by the user's own words %s", (_, body) => {
    expect(adapt(body, fresh, [said])).toBeNull();
  });

  it("still reads the endpoint's own words beside the user's", () => {
    expect(adapt({ error: { message: `Unsupported parameter: temperature. You wrote: ${said}` } }, fresh, [said])).toBe(
      'without_temperature',
    );
  });
});

describe('foldSystemPrompt', () => {
  const user = (content: ChatMessage['content']): ChatMessage => ({ role: 'user', content });
  const system = (content: string): ChatMessage => ({ role: 'system', content });

  it.each<[string, ChatMessage[], ChatMessage[]]>([
    ['a system prompt', [system('S'), user('U')], [user('S\n\nU')]],
    ['two of them', [system('S'), { role: 'developer', content: 'D' }, user('U')], [user('S\n\nD\n\nU')]],
    ['none', [user('U')], [user('U')]],
    [
      'no user turn',
      [system('S'), { role: 'assistant', content: 'A' }],
      [user('S'), { role: 'assistant', content: 'A' }],
    ],
    [
      'parts',
      [system('S'), user([{ type: 'text', text: 'U' }])],
      [
        user([
          { type: 'text', text: 'S' },
          { type: 'text', text: 'U' },
        ]),
      ],
    ],
    [
      'later turns',
      [system('S'), user('1'), { role: 'assistant', content: 'A' }, user('2')],
      [user('S\n\n1'), { role: 'assistant', content: 'A' }, user('2')],
    ],
  ])('folds %s', (_, messages, expected) => {
    expect(foldSystemPrompt(messages)).toEqual(expected);
  });
});
