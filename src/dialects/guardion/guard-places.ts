// Where the texts of a request to `/v1/guard` stand, in its messages, their calls and its tools, and back again. Pure.
import { fieldPath } from '../../core/field-path.ts';
import { type JsonPlace, type TextAtPlace, withTextsAt } from '../../core/json-places.ts';
import { jsonOrNull } from '../../core/json-text.ts';
import { isRecord } from '../../core/records.ts';
import { type GuardMessage, messageOf } from '../../guard/message.ts';
import type { GuardBody, GuardMessageBody } from './schema.ts';

/** A text of a message; `path` leads from the message to what is called with it, and is null where it is the content. */
interface MessagePlace {
  readonly index: number;
  readonly path: JsonPlace | null;
}

/** A tool as a whole, as JSON. */
interface ToolPlace {
  readonly tool: number;
}

export type Place = MessagePlace | ToolPlace;

/** A message for the guard, and where the caller wrote it. */
export interface PlacedMessage {
  readonly place: Place;
  readonly message: GuardMessage;
}

/** What a part says, and the parts in it: the result of a tool holds some. */
const textsOfContent = (content: unknown): string[] => {
  if (typeof content === 'string') return [content];
  if (!Array.isArray(content)) return [];
  return content.flatMap((part: unknown) => {
    if (!isRecord(part)) return [];
    const said = [part.text, part.refusal].filter((text) => typeof text === 'string');
    return [...said, ...textsOfContent(part.content)];
  });
};

const asText = (given: unknown): string => (typeof given === 'string' ? given : JSON.stringify(given));

/** What a message calls tools with: of functions, of custom tools, and in the oldest form. */
function callsOf({ tool_calls: calls, function_call: oldest }: GuardMessageBody): { path: JsonPlace; text: string }[] {
  const found: [JsonPlace, unknown][] = (calls ?? []).flatMap((call, at): [JsonPlace, unknown][] => [
    [['tool_calls', at, 'function', 'arguments'], call.function?.arguments],
    [['tool_calls', at, 'custom', 'input'], call.custom?.input],
  ]);
  found.push([['function_call', 'arguments'], oldest?.arguments]);
  return found.flatMap(([path, given]) => (given == null ? [] : [{ path, text: asText(given) }]));
}

export function placedMessages(body: GuardBody): PlacedMessage[] {
  const said = body.messages.flatMap((message, index): PlacedMessage[] => [
    { place: { index, path: null }, message: messageOf(message.role, textsOfContent(message.content)) },
    ...callsOf(message).map(
      ({ path, text }): PlacedMessage => ({ place: { index, path }, message: { role: message.role, content: text } }),
    ),
  ]);
  const offered = (body.tools ?? []).map(
    (tool, at): PlacedMessage => ({ place: { tool: at }, message: { role: 'tool', content: JSON.stringify(tool) } }),
  );
  return [...said, ...offered];
}

/** The place in the caller's words: `index` of the message, and `at` where it is not the content. */
export function namedPlace(place: Place): { readonly index?: number; readonly at?: string } {
  if ('tool' in place) return { at: fieldPath(['tools', place.tool]) };
  return place.path === null ? { index: place.index } : { index: place.index, at: fieldPath(place.path) };
}

/** In place of arguments: a text stays a text, and so does what is no JSON any more. */
const inPlaceOf = (given: unknown, text: string): unknown =>
  typeof given === 'string' ? text : (jsonOrNull(text) ?? text);

export interface CorrectedChoice {
  readonly role: string;
  readonly index: number;
  readonly flagged: boolean;
  readonly redacted: boolean;
  readonly content: string;
  readonly tool_calls?: unknown;
  readonly function_call?: unknown;
}

/** What the guard made of the texts, in the order of the places. */
export interface Corrected {
  readonly messages: readonly GuardMessage[];
  /** Indices in `messages`. */
  readonly flagged: ReadonlySet<number>;
  readonly redacted: ReadonlySet<number>;
}

/** The caller's messages, calls and all, without what was taken out. */
export function correctedChoices(body: GuardBody, places: readonly Place[], corrected: Corrected): CorrectedChoice[] {
  const choices: CorrectedChoice[] = [];
  const changes: TextAtPlace[] = [];
  for (const [at, place] of places.entries()) {
    if ('tool' in place) continue;
    const { role, content } = corrected.messages[at]!;
    const marks = { flagged: corrected.flagged.has(at), redacted: corrected.redacted.has(at) };
    const { index, path } = place;
    if (path === null) {
      const { tool_calls: calls, function_call: oldest } = body.messages[index]!;
      const called = {
        ...(calls == null ? {} : { tool_calls: calls }),
        ...(oldest == null ? {} : { function_call: oldest }),
      };
      choices.push({ role, index, ...marks, content, ...called });
      continue;
    }
    const choice = choices[index]!;
    const { flagged, redacted } = marks;
    choices[index] = { ...choice, flagged: choice.flagged || flagged, redacted: choice.redacted || redacted };
    if (redacted) changes.push({ path: [index, ...path], text: content });
  }
  return withTextsAt(choices, changes, inPlaceOf) as CorrectedChoice[];
}

/** The tools without what was taken out; null where nothing was. One of which no readable description is left is left out. */
export function correctedTools(body: GuardBody, places: readonly Place[], corrected: Corrected): unknown[] | null {
  const changed = new Map<number, unknown>();
  for (const [at, place] of places.entries())
    if ('tool' in place && corrected.redacted.has(at))
      changed.set(place.tool, jsonOrNull(corrected.messages[at]!.content));
  if (changed.size === 0) return null;
  const tools = (body.tools ?? []).map((tool, at) => (changed.has(at) ? changed.get(at) : tool));
  return tools.filter((tool) => tool !== null);
}
