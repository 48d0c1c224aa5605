// A chat completion before it is written: what a shape may bend, and its JSON form.
import type { SimulatedToolCall } from './tool-use.ts';

export type FinishReason = 'stop' | 'length' | 'content_filter' | 'tool_calls';

export interface Completion {
  readonly content: string | null;
  /** Writes the content as an array of text parts. */
  readonly asParts: boolean;
  readonly refusal: string | null;
  readonly reasoning: string | null;
  readonly toolCalls: readonly SimulatedToolCall[];
  readonly finishReason: FinishReason;
  /** Leaves `choices` empty. */
  readonly noChoices: boolean;
  readonly usage: { readonly prompt: number; readonly completion: number } | null;
}

/** What identifies an answer and the model behind it. */
export interface CompletionHead {
  readonly id: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly model: string;
  readonly fingerprint: string;
}

const charactersPerToken = 4;

/** Tokens of a text, about four characters each. */
export const tokensOf = (text: string): number => Math.ceil(text.length / charactersPerToken);

/** The completion cut to `maxTokens`; nothing changes where it is short enough. */
export function limited(completion: Completion, maxTokens: number | null): Completion {
  const { content } = completion;
  if (maxTokens === null || content === null || tokensOf(content) <= maxTokens) return completion;
  return { ...completion, content: content.slice(0, maxTokens * charactersPerToken), finishReason: 'length' };
}

/** The completion with its own tokens counted, where it reports usage at all. */
export function counted(completion: Completion): Completion {
  const { usage, content, refusal, reasoning, toolCalls } = completion;
  if (usage === null) return completion;
  const texts = [content, refusal, reasoning, ...toolCalls.map((call) => call.arguments)];
  return { ...completion, usage: { ...usage, completion: texts.reduce((sum, text) => sum + tokensOf(text ?? ''), 0) } };
}

const toolCallJson = (call: SimulatedToolCall) => ({
  id: call.id,
  type: 'function',
  function: { name: call.name, arguments: call.arguments },
});

/** The usage in OpenAI's form; null where the completion has none. */
const usageJson = ({ usage }: Completion) =>
  usage && {
    prompt_tokens: usage.prompt,
    completion_tokens: usage.completion,
    total_tokens: usage.prompt + usage.completion,
  };

function messageJson(completion: Completion) {
  const { content, asParts, reasoning, toolCalls } = completion;
  return {
    role: 'assistant',
    content: asParts ? [{ type: 'text', text: content ?? '' }] : content,
    refusal: completion.refusal,
    ...(reasoning === null ? {} : { reasoning_content: reasoning }),
    ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls.map(toolCallJson) }),
  };
}

/** The completion as the JSON body of an answer. */
export function completionBody(head: CompletionHead, completion: Completion): string {
  const usage = usageJson(completion);
  const choice = {
    index: 0,
    message: messageJson(completion),
    logprobs: null,
    finish_reason: completion.finishReason,
  };
  return JSON.stringify({
    id: head.id,
    object: 'chat.completion',
    created: head.created,
    model: head.model,
    system_fingerprint: head.fingerprint,
    choices: completion.noChoices ? [] : [choice],
    ...(usage && { usage }),
  });
}

/** The completion as server-sent events in the order of sending, [DONE] last. */
export function completionEvents(
  head: CompletionHead,
  completion: Completion,
  includeUsage: boolean,
): readonly string[] {
  const event = (choices: readonly unknown[], more: object = {}): string =>
    `data: ${JSON.stringify({
      id: head.id,
      object: 'chat.completion.chunk',
      created: head.created,
      model: head.model,
      system_fingerprint: head.fingerprint,
      choices: completion.noChoices ? [] : choices,
      ...more,
    })}\n\n`;
  const delta = (value: object, finish: FinishReason | null = null): string =>
    event([{ index: 0, delta: value, logprobs: null, finish_reason: finish }]);
  const usage = includeUsage ? usageJson(completion) : null;
  return [
    delta({ role: 'assistant', content: completion.content === null ? null : '' }),
    ...pieces(completion.reasoning).map((text) => delta({ reasoning_content: text })),
    ...pieces(completion.refusal).map((text) => delta({ refusal: text })),
    ...pieces(completion.content).map((text) =>
      delta({ content: completion.asParts ? [{ type: 'text', text }] : text }),
    ),
    ...completion.toolCalls.map((call, index) => delta({ tool_calls: [{ index, ...toolCallJson(call) }] })),
    delta({}, completion.finishReason),
    ...(usage ? [event([], { usage })] : []),
    'data: [DONE]\n\n',
  ];
}

/** The text in pieces of a few words, at most a thousand of them. */
function pieces(text: string | null): readonly string[] {
  if (text === null || text === '') return [];
  const size = Math.max(24, Math.ceil(text.length / 1000));
  return text.match(new RegExp(`[^]{1,${size}}`, 'gu')) ?? [];
}
