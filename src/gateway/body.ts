// The texts of a chat request and of an answer that the guard is asked about, each with its place, so that a redacted
// text can be put back where it stood. Pure.

import { z } from 'zod';
import { isRecord } from '../core/records.ts';
import type { GuardMessage, GuardRole } from '../guard/message.ts';

const toolCallSchema = z.looseObject({
  function: z.looseObject({ name: z.string().nullish(), arguments: z.string().nullish() }).nullish(),
});

const contentSchema = z.union([z.string(), z.array(z.looseObject({ type: z.string(), text: z.string().nullish() }))]);

const messageSchema = z.looseObject({
  role: z.string({ error: 'must be a role' }),
  content: contentSchema.nullish(),
  tool_calls: z.array(toolCallSchema).nullish(),
});

/** What a gateway must understand of a request; everything else is passed on as it came. */
export const chatBodySchema = z.looseObject({
  model: z.string({ error: 'must be the name of a model' }).min(1, 'must be the name of a model'),
  messages: z.array(messageSchema, { error: 'must be a list of messages' }).min(1, 'must hold at least one message'),
  /** `hold`: streamed, and each sentence waits until it was scored. */
  stream: z.union([z.boolean(), z.literal('hold')], { error: 'must be true, false or "hold"' }).nullish(),
  tools: z.array(z.looseObject({})).nullish(),
});
export type ChatBody = z.infer<typeof chatBodySchema>;

type Path = readonly (string | number)[];

/** One text, who says it, and where it stands in the JSON. */
export interface PlacedText {
  readonly message: GuardMessage;
  readonly path: Path;
}

const roles: Readonly<Record<string, GuardRole>> = {
  system: 'system',
  developer: 'developer',
  user: 'user',
  assistant: 'assistant',
  tool: 'tool',
  function: 'tool',
};

const placed = (role: GuardRole, content: unknown, path: Path): PlacedText[] =>
  typeof content === 'string' && content !== '' ? [{ message: { role, content }, path }] : [];

function textsOfContent(role: GuardRole, content: unknown, path: Path): PlacedText[] {
  if (!Array.isArray(content)) return placed(role, content, path);
  return content.flatMap((part: unknown, index) => {
    if (!isRecord(part)) return [];
    return [
      ...placed(role, part.text, [...path, index, 'text']),
      ...placed(role, part.refusal, [...path, index, 'refusal']),
    ];
  });
}

function textsOfToolCalls(calls: unknown, path: Path): PlacedText[] {
  if (!Array.isArray(calls)) return [];
  return calls.flatMap((call: unknown, index) => {
    const made = isRecord(call) ? call.function : null;
    return isRecord(made) ? placed('assistant', made.arguments, [...path, index, 'function', 'arguments']) : [];
  });
}

/** Texts beside `content` in which models speak; `reasoning` and `reasoning_content` are common extensions. */
const spokenKeys = ['refusal', 'reasoning', 'reasoning_content'] as const;

function textsOfMessage(message: Readonly<Record<string, unknown>>, path: Path): PlacedText[] {
  const role = roles[String(message.role)] ?? 'user';
  return [
    ...textsOfContent(role, message.content, [...path, 'content']),
    ...spokenKeys.flatMap((key) => placed(role, message[key], [...path, key])),
    ...textsOfToolCalls(message.tool_calls, [...path, 'tool_calls']),
  ];
}

/** Descriptions of a tool and of its parameters, however deep: poison hides there. */
function descriptionsIn(value: unknown, path: Path): PlacedText[] {
  if (Array.isArray(value)) return value.flatMap((each: unknown, index) => descriptionsIn(each, [...path, index]));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'description' ? placed('tool', inner, [...path, key]) : descriptionsIn(inner, [...path, key]),
  );
}

/** Every text of a request. */
export const textsOfRequest = (body: ChatBody): PlacedText[] => [
  ...descriptionsIn(body.tools ?? [], ['tools']),
  ...body.messages.flatMap((message, index) => textsOfMessage(message, ['messages', index])),
];

/** Every text of a whole answer, as JSON; none where it is no chat completion. */
export function textsOfAnswer(answer: unknown): PlacedText[] {
  const choices = isRecord(answer) && Array.isArray(answer.choices) ? (answer.choices as unknown[]) : [];
  return choices.flatMap((choice, index) => {
    const message = isRecord(choice) ? choice.message : null;
    return isRecord(message) ? textsOfMessage({ ...message, role: 'assistant' }, ['choices', index, 'message']) : [];
  });
}

function withText(value: unknown, path: Path, text: string): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return text;
  if (Array.isArray(value))
    return value.map((each: unknown, index) => (index === step ? withText(each, rest, text) : each));
  return isRecord(value) ? { ...value, [step]: withText(value[step], rest, text) } : value;
}

/** The JSON with other texts at the same places; `messages` in the order of `texts`. */
export const withTexts = <Json>(json: Json, texts: readonly PlacedText[], messages: readonly GuardMessage[]): Json =>
  texts.reduce<unknown>((whole, { path, message }, index) => {
    const content = messages[index]?.content;
    return content === undefined || content === message.content ? whole : withText(whole, path, content);
  }, json) as Json;
