// How an HTTP application is called: a template with the places of prompt, history and session, and how it is filled.
// Pure; the places are filled so that no text can leave the value it stands in.
import type { ChatMessage } from '../core/chat.ts';

/** The parts of one request that may hold {{prompt}}, {{messages}} and {{session}}. */
export interface RequestParts {
  readonly url: string;
  readonly method: string;
  /** Names in lower case. They may hold keys: encrypt them, never show them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** The request that begins a conversation; the id of the session lies at `path` of its JSON answer, null: the whole body. */
export interface SessionStart extends RequestParts {
  readonly path: string | null;
}

export interface HttpTemplate extends RequestParts {
  /** Where the answer lies, e.g. `choices[0].message.content`; null: it is looked for in the usual places. */
  readonly answerPath: string | null;
  readonly stream: 'json' | 'sse' | 'text';
  /** Where the piece of text lies in each event of a stream; absent: the usual places. */
  readonly sseDataPath?: string;
  readonly session?: { readonly start?: SessionStart };
  /** Text or source of a regular expression by which the application's own refusal is known; case does not matter. */
  readonly refusalMark?: string;
  /** What was understood or left out when the template was read, one sentence each. */
  readonly notes: readonly string[];
}

/** What the places are filled with. */
export interface RequestValues {
  readonly prompt: string;
  readonly messages: readonly ChatMessage[];
  readonly sessionId: string;
}

export const placeholderNames = ['prompt', 'messages', 'session'] as const;
export type PlaceholderName = (typeof placeholderNames)[number];

const placeholder = /\{\{\s*(prompt|messages|session)\s*\}\}/g;

/** The names of the known places in these parts, each once. */
export function placeholdersIn(parts: RequestParts): ReadonlySet<PlaceholderName> {
  const all = [parts.url, ...Object.values(parts.headers), parts.body ?? ''].join('\n');
  return new Set([...all.matchAll(placeholder)].map((found) => found[1] as PlaceholderName));
}

/** Names in double braces that are no places of ours; they are sent as they stand. */
export function unknownPlaceholders(parts: RequestParts): string[] {
  const all = [parts.url, ...Object.values(parts.headers), parts.body ?? ''].join('\n');
  const names = [...all.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((found) => found[1]!);
  return [...new Set(names)].filter((name) => !placeholderNames.some((known) => known === name));
}

/** What a body is, which decides how a text is written into it. */
export type BodyKind = 'json' | 'form' | 'text';

function isJsonBody(body: string): boolean {
  if (!/^\s*(\[|\{(?!\{))/.test(body)) return false;
  try {
    JSON.parse(body.replace(placeholder, '0'));
    return true;
  } catch {
    return false;
  }
}

/** JSON is known by its form, because pasted commands often lack the header; forms by the header alone. */
export function bodyKindOf(parts: RequestParts): BodyKind {
  if (parts.body !== null && isJsonBody(parts.body)) return 'json';
  const type = parts.headers['content-type'] ?? '';
  if (/\bjson\b/i.test(type)) return 'json';
  return /x-www-form-urlencoded/i.test(type) ? 'form' : 'text';
}

interface Filling {
  readonly texts: Readonly<Record<PlaceholderName, string>>;
}

const simpleMessages = (messages: readonly ChatMessage[]): string =>
  JSON.stringify(messages.map(({ role, content }) => ({ role, content })));

const replaceIn = (text: string, filling: Filling, encode: (value: string) => string): string =>
  text.replace(placeholder, (_, name: PlaceholderName) => encode(filling.texts[name]));

const percent = (value: string): string => encodeURIComponent(value.toWellFormed());

const insideQuotes = (value: string): string => JSON.stringify(value).slice(1, -1);

/** A JSON string of the template, or a place that stands outside of one. */
const jsonPart = /"(?:[^"\\]|\\.)*"|\{\{\s*(?:prompt|messages|session)\s*\}\}/gs;
const wholePlace = /^"?\{\{\s*(prompt|messages|session)\s*\}\}"?$/;

function fillJson(body: string, filling: Filling): string {
  return body.replace(jsonPart, (part) => {
    const name = wholePlace.exec(part)?.[1] as PlaceholderName | undefined;
    if (name === 'messages') return filling.texts.messages;
    if (name) return JSON.stringify(filling.texts[name]);
    return replaceIn(part, filling, insideQuotes);
  });
}

const headerSafe = (value: string): string => (/^[\x20-\x7e]*$/.test(value) ? value : percent(value));

function fillBody(parts: RequestParts, filling: Filling): string | null {
  if (parts.body === null) return null;
  const kind = bodyKindOf(parts);
  if (kind === 'json') return fillJson(parts.body, filling);
  return replaceIn(parts.body, filling, kind === 'form' ? percent : (value) => value);
}

/**
 * The request with its places filled: JSON-escaped in JSON bodies ({{messages}} becomes a list there), percent-encoded
 * in URLs and forms, as it is in other bodies. Everything else stays byte for byte as it was written.
 */
export function renderRequest(parts: RequestParts, values: RequestValues): RequestParts {
  const filling: Filling = {
    texts: { prompt: values.prompt, messages: simpleMessages(values.messages), session: values.sessionId },
  };
  const headers = Object.entries(parts.headers).map(([name, value]) => [name, replaceIn(value, filling, headerSafe)]);
  return {
    url: replaceIn(parts.url, filling, percent),
    method: parts.method,
    headers: Object.fromEntries(headers),
    body: fillBody(parts, filling),
  };
}
