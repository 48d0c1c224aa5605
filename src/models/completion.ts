// Reads a chat completion as endpoints really send it: pure, from JSON text to an answer or a failure.
// Source: OpenAI API reference "Create chat completion", and what compatible servers make of it.
import { z } from 'zod';
import type { CallFailureKind, ChatAnswer } from '../core/chat.ts';
import { endOf, isFilterEnd } from './provider-filter.ts';

// Facts beside the answer: one of a wrong type is as good as absent and must not cost the answer.
const fact = z.string().nullish().catch(null);
const part = z.object({ type: z.string().optional(), text: z.string().optional(), refusal: z.string().optional() });
const toolCall = z.object({
  id: z.string().nullish(),
  function: z.object({
    name: z.string(),
    arguments: z.union([z.string(), z.record(z.string(), z.unknown())]).nullish(),
  }),
});
const message = z.object({
  content: z.union([z.string(), z.array(part)]).nullish(),
  refusal: z.string().nullish(),
  reasoning_content: fact,
  reasoning: fact,
  tool_calls: z.array(toolCall).nullish(),
});
const completion = z.object({
  id: fact,
  model: fact,
  system_fingerprint: fact,
  choices: z.array(
    z.object({ message: message.nullish(), text: z.string().nullish(), finish_reason: z.string().nullish() }),
  ),
  usage: z
    .object({ prompt_tokens: z.number().nullish(), completion_tokens: z.number().nullish() })
    .nullish()
    .catch(null),
});
type Completion = z.infer<typeof completion>;
type Message = z.infer<typeof message>;

export type ReadCompletion =
  | { readonly ok: true; readonly answer: ChatAnswer }
  | { readonly ok: false; readonly kind: Extract<CallFailureKind, 'empty' | 'unparseable'>; readonly message: string };

const broken = (message: string): ReadCompletion => ({ ok: false, kind: 'unparseable', message });

function textAndRefusal(content: Message | null | undefined, fallback: string): { text: string; refused: boolean } {
  const written = content?.content ?? fallback;
  if (typeof written === 'string' && !content?.refusal) return { text: written, refused: false };
  const parts = typeof written === 'string' ? [{ text: written }] : written;
  const refusals = [content?.refusal, ...parts.map((each) => ('refusal' in each ? each.refusal : undefined))].filter(
    (text): text is string => typeof text === 'string' && text !== '',
  );
  const text = [...parts.map((each) => each.text ?? ''), ...refusals].filter((each) => each !== '').join('\n');
  return { text, refused: refusals.length > 0 };
}

function toolCallsOf(content: Message | null | undefined): ChatAnswer['toolCalls'] {
  return (content?.tool_calls ?? []).map((call, index) => ({
    id: call.id ?? `call-${index}`,
    name: call.function.name,
    arguments:
      typeof call.function.arguments === 'string'
        ? call.function.arguments
        : JSON.stringify(call.function.arguments ?? {}),
  }));
}

function usageOf(usage: Completion['usage']): ChatAnswer['usage'] {
  if (usage?.prompt_tokens == null || usage.completion_tokens == null) return null;
  return { prompt: usage.prompt_tokens, completion: usage.completion_tokens };
}

// Servers without a parser for reasoning leave it in the text; some templates write its first tag themselves.
const opening = /^\s*<think(?:ing)?>/;
const closing = /<\/think(?:ing)?>/;

function withoutThinking(text: string): { text: string; thought: string | null } {
  const opened = opening.exec(text);
  const closed = closing.exec(text);
  if (!opened && !closed) return { text, thought: null };
  const start = opened?.[0].length ?? 0;
  const end = closed?.index ?? text.length;
  const thought = text.slice(start, end);
  const rest = closed ? text.slice(end + closed[0].length) : '';
  // Without its first tag only a last one that has a line of its own: an answer may speak of the tag.
  const hasOwnLine = /\n[^\S\n]*$/.test(thought.slice(-20)) && /^[^\S\n]{0,20}(?:\n|$)/.test(rest);
  return opened || hasOwnLine ? { text: rest.trimStart(), thought: thought.trim() } : { text, thought: null };
}

function answerOf(parsed: Completion, choice: Completion['choices'][number]): ChatAnswer {
  const { text: written, refused } = textAndRefusal(choice.message, choice.text ?? '');
  const { text, thought } = withoutThinking(written);
  return {
    text,
    refused,
    filtered: isFilterEnd(choice.finish_reason),
    finishReason: endOf(choice.finish_reason),
    toolCalls: toolCallsOf(choice.message),
    reasoning: choice.message?.reasoning_content ?? choice.message?.reasoning ?? thought,
    model: parsed.model ?? null,
    systemFingerprint: parsed.system_fingerprint ?? null,
    requestId: parsed.id ?? null,
    usage: usageOf(parsed.usage),
  };
}

/** An answer without text that explains itself: a filter, a tool call, or a length limit spent on reasoning. */
const explainsItself = (answer: ChatAnswer): boolean =>
  answer.filtered || answer.toolCalls.length > 0 || answer.finishReason === 'length';

/** Reads the body of a 200. `kind` is `empty` for an answer without text or reason, `unparseable` for all that is no completion. */
export function readCompletion(body: string): ReadCompletion {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    const looksLikeHtml = /^\s*</.test(body);
    return broken(
      looksLikeHtml
        ? 'The endpoint answered a web page, not JSON: is the base URL right?'
        : 'The endpoint answered broken JSON.',
    );
  }
  const parsed = completion.safeParse(json);
  if (!parsed.success) return broken('The endpoint answered JSON that is no chat completion.');
  const [choice] = parsed.data.choices;
  if (!choice) return { ok: false, kind: 'empty', message: 'The endpoint answered a completion without choices.' };
  const answer = answerOf(parsed.data, choice);
  if (answer.text.trim() === '' && !explainsItself(answer))
    return { ok: false, kind: 'empty', message: 'The endpoint answered an empty text without a reason.' };
  return { ok: true, answer };
}
