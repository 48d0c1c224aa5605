// The texts of a chat request and of an answer that the guard is asked about, each with its place, so that a redacted
// text can be put back where it stood. Pure.

import { z } from 'zod';
import { type JsonPlace, type TextAtPlace, withTextsAt } from '../core/json-places.ts';
import { jsonOrNull } from '../core/json-text.ts';
import { isRecord } from '../core/records.ts';
import { type GuardMessage, type GuardRole, messageOf, textsOf } from '../guard/message.ts';
import { type Json, partsBeside, spokenIn, tellingParts, withoutTokens, withTexts } from './spoken.ts';

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

/** What somebody says, in one part or several, and where each of them stands in the JSON. */
export interface PlacedText {
  readonly message: GuardMessage;
  readonly paths: readonly JsonPlace[];
}

const roles: Readonly<Record<string, GuardRole>> = {
  system: 'system',
  developer: 'developer',
  user: 'user',
  assistant: 'assistant',
  tool: 'tool',
  function: 'tool',
};

const placedTogether = (role: GuardRole, texts: readonly TextAtPlace[]): PlacedText => ({
  message: messageOf(
    role,
    texts.map(({ text }) => text),
  ),
  paths: texts.map(({ path }) => path),
});

const textAt = (value: unknown, path: JsonPlace): TextAtPlace[] =>
  typeof value === 'string' && value !== '' ? [{ path, text: value }] : [];

const placed = (role: GuardRole, value: unknown, path: JsonPlace): PlacedText[] =>
  textAt(value, path).map((text) => placedTogether(role, [text]));

function partsOfContent(content: unknown, path: JsonPlace): TextAtPlace[] {
  if (!Array.isArray(content)) return textAt(content, path);
  return content.flatMap((part: unknown, index) => {
    if (!isRecord(part)) return [];
    return [
      ...textAt(part.text, [...path, index, 'text']),
      ...textAt(part.refusal, [...path, index, 'refusal']),
      // The result of a tool as a part, as some models take it.
      ...partsOfContent(part.content, [...path, index, 'content']),
    ];
  });
}

function textsOfContent(role: GuardRole, content: unknown, path: JsonPlace): PlacedText[] {
  const parts = partsOfContent(content, path);
  return parts.length === 0 ? [] : [placedTogether(role, parts)];
}

/** Texts beside `content` in which models speak; `reasoning` and `reasoning_content` are common extensions. */
const spokenKeys = ['refusal', 'reasoning', 'reasoning_content'] as const;

/** The same for parts of the same kind in one content: a thought among them is no part of what is said. */
function speechOf(path: JsonPlace): string {
  const content = path.indexOf('content');
  return JSON.stringify(path.filter((step, at) => content < 0 || at < content || typeof step === 'string'));
}

/** Whatever a model says, in whatever form. */
const spokenBy = (speaker: unknown, path: JsonPlace): PlacedText[] =>
  [...Map.groupBy(spokenIn(speaker, path), (text) => speechOf(text.path)).values()].map((texts) =>
    placedTogether('assistant', texts),
  );

function textsOfMessage(message: Json, path: JsonPlace): PlacedText[] {
  const role = roles[String(message.role)] ?? 'user';
  if (role === 'assistant') return spokenBy(message, path);
  return [
    ...textsOfContent(role, message.content, [...path, 'content']),
    ...spokenKeys.flatMap((key) => placed(role, message[key], [...path, key])),
    ...spokenBy({ tool_calls: message.tool_calls, function_call: message.function_call }, path),
  ];
}

/** As many words as an order has: fewer are a name or a value, and read by themselves they mislead. */
const asLongAsOrders = /(?:[^\s_-]+[\s_-]+){5}[^\s_-]/;

/** Descriptions in a tool, and whatever else in it says as much, however deep: poison hides there. */
function sentencesIn(value: unknown, path: JsonPlace): PlacedText[] {
  if (typeof value === 'string')
    return path.at(-1) === 'description' || asLongAsOrders.test(value) ? placed('tool', value, path) : [];
  if (Array.isArray(value)) return value.flatMap((each: unknown, index) => sentencesIn(each, [...path, index]));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => sentencesIn(inner, [...path, key]));
}

/** `functions`: what `tools` was called before; some clients still send it. */
const toolLists = ['tools', 'functions'] as const;

/** A tool as a whole, as JSON, as a model reads it, and its sentences by themselves. */
function textsOfTools(body: ChatBody): PlacedText[] {
  return toolLists.flatMap((key) => {
    const tools = body[key];
    if (!Array.isArray(tools)) return [];
    return tools.flatMap((tool: unknown, index) => [
      ...placed('tool', JSON.stringify(tool), [key, index]),
      ...sentencesIn(tool, [key, index]),
    ]);
  });
}

/** Every text of a request. */
export const textsOfRequest = (body: ChatBody): PlacedText[] => [
  ...textsOfTools(body),
  ...body.messages.flatMap((message, index) => textsOfMessage(message, ['messages', index])),
];

const choicesOf = (answer: unknown): readonly unknown[] | null =>
  isRecord(answer) && Array.isArray(answer.choices) ? answer.choices : null;

/** Every text of a whole answer, as JSON; where it is no chat completion, every text in it. */
export function textsOfAnswer(answer: unknown): PlacedText[] {
  const choices = choicesOf(answer);
  if (choices === null) return spokenBy(answer, []);
  const ofChoices = choices.flatMap((choice, index) =>
    isRecord(choice)
      ? spokenBy(Object.fromEntries(tellingParts(choice)), ['choices', index])
      : spokenBy(choice, ['choices', index]),
  );
  return [...ofChoices, ...spokenBy(Object.fromEntries(partsBeside(answer as Json)), [])];
}

/** The places whose text is another in `messages`, which has the order of `texts`. */
const changesIn = (texts: readonly PlacedText[], messages: readonly GuardMessage[]): TextAtPlace[] =>
  texts.flatMap(({ paths, message }, index) => {
    const now = messages[index];
    if (now === undefined || now.content === message.content) return [];
    const before = textsOf(message);
    return textsOf(now).flatMap((text, part) => (text === before[part] ? [] : [{ path: paths[part]!, text }]));
  });

/** Without tools of which nothing readable is left; a list of none is no list. */
function withoutLostTools(body: ChatBody): ChatBody {
  const lists = toolLists.flatMap((key): [string, unknown[]][] => {
    const tools = body[key];
    return Array.isArray(tools) ? [[key, tools.filter((tool) => tool !== null)]] : [];
  });
  const kept = Object.fromEntries(lists.map(([key, tools]) => [key, tools.length === 0 ? undefined : tools]));
  return lists.some(([, tools]) => tools.length > 0)
    ? { ...body, ...kept }
    : { ...body, ...kept, tool_choice: undefined };
}

/** A request with other texts at the same places; `messages` in the order of `texts`. */
export function withRequestTexts(
  body: ChatBody,
  texts: readonly PlacedText[],
  messages: readonly GuardMessage[],
): ChatBody {
  const [tools, others]: TextAtPlace[][] = [[], []];
  for (const change of changesIn(texts, messages)) (change.path.length === 2 ? tools! : others!).push(change);
  // What a sentence says by itself stands over what is left of it in its tool.
  const withTools = withTextsAt(body, tools!, (_tool, text) => jsonOrNull(text));
  const changed = withTexts(withTools, others!) as ChatBody;
  return tools!.length === 0 ? changed : withoutLostTools(changed);
}

/** A whole answer with other texts at the same places; choices whose text changes lose their tokens, which say the old one. */
export function withAnswerTexts(
  answer: unknown,
  texts: readonly PlacedText[],
  messages: readonly GuardMessage[],
): unknown {
  const changes = changesIn(texts, messages);
  const changed = new Set(changes.flatMap(({ path }) => (path[0] === 'choices' ? [path[1]] : [])));
  const rewritten = withTexts(answer, changes);
  const choices = choicesOf(rewritten);
  if (choices === null) return rewritten;
  const safe = choices.map((choice, index) =>
    changed.has(index) && isRecord(choice) ? withoutTokens(choice) : choice,
  );
  return { ...(rewritten as Json), choices: safe };
}
