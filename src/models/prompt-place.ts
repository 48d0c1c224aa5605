// Finds where the prompt goes in a pasted request that holds no placeholder: the last message of the user in a chat
// body, or a field with a telling name. Pure guessing by names, and it always says what it guessed.
import { bodyKindOf, placeholdersIn, type RequestParts } from './http-template.ts';

const place = '{{prompt}}';

/** Telling names, the most telling first; compared without case, `_` and `-`. */
const fieldNames = [
  ...['prompt', 'userprompt', 'input', 'userinput', 'question', 'query', 'message', 'usermessage', 'msg'],
  ...['text', 'inputtext', 'chatinput', 'content', 'utterance', 'instruction', 'inputs', 'q'],
];

const rankOf = (name: string): number => fieldNames.indexOf(name.toLowerCase().replace(/[_-]/g, ''));

type JsonObject = Record<string, unknown>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A string inside a value that can be replaced, with the words by which a person finds it. */
interface Slot {
  readonly path: string;
  readonly holder: JsonObject | unknown[];
  readonly key: string | number;
}

const fill = (slot: Slot): string => {
  Reflect.set(slot.holder, slot.key, place);
  return slot.path;
};

/** The text of a message: its `content` itself, or the last text part of it. */
function slotOfContent(message: JsonObject, path: string): Slot | null {
  const content = message.content;
  if (typeof content === 'string') return { path: `${path}.content`, holder: message, key: 'content' };
  if (!Array.isArray(content)) return null;
  const index = content.findLastIndex((part) => isObject(part) && typeof part.text === 'string');
  return index < 0 ? null : { path: `${path}.content[${index}].text`, holder: content[index], key: 'text' };
}

function slotOfMessages(body: JsonObject): Slot | null {
  for (const key of ['messages', 'input', 'history']) {
    const list = body[key];
    if (!Array.isArray(list)) continue;
    const index = list.findLastIndex((message) => isObject(message) && message.role === 'user');
    const slot = index < 0 ? null : slotOfContent(list[index], `${key}[${index}]`);
    if (slot) return slot;
  }
  return null;
}

/** Strings under telling names, level by level, so that what lies nearer to the top is found first. */
function slotByName(root: unknown): Slot | null {
  let level: readonly (readonly [unknown, string])[] = [[root, '']];
  for (let depth = 0; depth < 6 && level.length > 0; depth++) {
    const entries = level.flatMap(([value, path]) => childrenOf(value, path));
    const named = entries.filter(({ key, value }) => typeof value === 'string' && rankOf(String(key)) >= 0);
    const best = named.sort((a, b) => rankOf(String(a.key)) - rankOf(String(b.key)))[0];
    if (best) return best;
    level = entries.map(({ value, path }) => [value, path] as const);
  }
  return null;
}

function childrenOf(value: unknown, path: string): (Slot & { readonly value: unknown })[] {
  if (Array.isArray(value)) {
    return value.map((child, key) => ({ path: `${path}[${key}]`, holder: value, key, value: child }));
  }
  if (!isObject(value)) return [];
  return Object.entries(value).map(([key, child]) => ({
    ...{ path: path ? `${path}.${key}` : key, holder: value, key, value: child },
  }));
}

interface Placed {
  readonly parts: RequestParts;
  /** The field that now holds the prompt. */
  readonly field: string;
}

function placeInJson(parts: RequestParts): Placed | null {
  const root: unknown = JSON.parse(parts.body ?? 'null');
  const slot = (isObject(root) ? slotOfMessages(root) : null) ?? slotByName(root);
  if (!slot) return null;
  const field = fill(slot);
  return { parts: { ...parts, body: JSON.stringify(root) }, field };
}

/** Replaces the value of the most telling parameter of `a=1&q=x`; the others stay as they were written. */
function placeInQuery(query: string): { query: string; field: string } | null {
  const pairs = query.split('&').map((pair) => pair.split('=')[0]!);
  const ranked = pairs.map((name, index) => ({ name, index, rank: rankOf(name) })).filter(({ rank }) => rank >= 0);
  const best = ranked.sort((a, b) => a.rank - b.rank)[0];
  if (!best) return null;
  const filled = query.split('&').with(best.index, `${best.name}=${place}`);
  return { query: filled.join('&'), field: best.name };
}

function placeInBody(parts: RequestParts): Placed | null {
  if (parts.body === null) return null;
  const kind = bodyKindOf(parts);
  if (kind === 'json') return placeInJson(parts);
  const found = kind === 'form' ? placeInQuery(parts.body) : null;
  return found && { parts: { ...parts, body: found.query }, field: found.field };
}

function placeInUrl(parts: RequestParts): Placed | null {
  const [, before, query, after] = /^([^?#]*\?)([^#]*)(.*)$/s.exec(parts.url) ?? [];
  const found = query === undefined ? null : placeInQuery(query);
  return found && { parts: { ...parts, url: `${before}${found.query}${after}` }, field: `${found.field} of the URL` };
}

/**
 * The request with {{prompt}} in the field that most likely carries the user's text, and the name of that field
 * (null when the request says so itself by a placeholder); null when no such field is found.
 */
export function placePrompt(parts: RequestParts): { parts: RequestParts; field: string | null } | null {
  const present = placeholdersIn(parts);
  if (present.has('prompt') || present.has('messages')) return { parts, field: null };
  return placeInBody(parts) ?? placeInUrl(parts);
}
