// Golden exchanges of contracts/: read, filled in, sent, and held against what came back (contracts/*/README.md).
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { severities } from '../../src/core/outcome.ts';
import { scanStatuses } from '../../src/core/scan-status.ts';
import { unzip } from './unzip.ts';

export interface Exchange {
  readonly name: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: unknown;
    readonly text?: string;
    readonly file?: string;
  };
  readonly response: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
    readonly files?: readonly string[];
  };
}

export interface ContractFile {
  readonly file: string;
  readonly title: string;
  readonly exchanges: readonly Exchange[];
}

/** What came back: `body` is JSON where it was JSON. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  readonly body: unknown;
}

/** All exchanges under a folder, in the order of the files' names. */
export function readContracts(folder: string): ContractFile[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => ({ file, ...JSON.parse(readFileSync(join(folder, file), 'utf8')) }));
}

/** The placeholders that a request names. */
export const placeholdersOf = (exchange: Exchange, folder: string): string[] => [
  ...new Set([...textOfRequest(exchange, folder).matchAll(/\{\{([\w.]+)\}\}/g)].map((match) => match[1]!)),
];

function textOfRequest({ request, response }: Exchange, folder: string): string {
  const file = request.file === undefined ? '' : readFileSync(join(folder, request.file), 'utf8');
  return JSON.stringify([request, response]) + file;
}

const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{\{([\w.]+)\}\}/g, (placeholder, name: string) => values[name] ?? placeholder);

/** A JSON value with all placeholders filled in. */
export const fillIn = <Value>(value: Value, values: Readonly<Record<string, string>>): Value =>
  JSON.parse(filled(JSON.stringify(value), values)) as Value;

function bodyOf({ body, text, file }: Exchange['request'], folder: string): string | undefined {
  if (file !== undefined) return readFileSync(join(folder, file), 'utf8');
  return text ?? (body === undefined ? undefined : JSON.stringify(body));
}

const jsonOr = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** A request with everything filled in. */
export interface FilledRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export function requestOf(
  { request }: Exchange,
  folder: string,
  values: Readonly<Record<string, string>>,
): FilledRequest {
  const body = bodyOf(request, folder);
  return {
    method: request.method,
    path: filled(request.path, values),
    headers: fillIn(request.headers, values),
    body: body === undefined ? null : filled(body, values),
  };
}

export const replyOf = (status: number, headers: Headers, bytes: Buffer): Reply => ({
  status,
  headers,
  bytes,
  body: jsonOr(bytes.toString('utf8')),
});

/** Sends the request to a server. */
export async function send(
  url: string,
  exchange: Exchange,
  folder: string,
  values: Readonly<Record<string, string>>,
): Promise<Reply> {
  const { method, path, headers, body } = requestOf(exchange, folder, values);
  const response = await fetch(url + path, { method, headers, ...(body === null ? {} : { body }) });
  return replyOf(response.status, response.headers, Buffer.from(await response.arrayBuffer()));
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isPercentage = (value: unknown): boolean => isNumber(value) && value >= 0 && value <= 100;
const isText = (pattern: RegExp) => (value: unknown) => typeof value === 'string' && pattern.test(value);
const isOneOf = (words: readonly string[]) => (value: unknown) => typeof value === 'string' && words.includes(value);

const kinds: Readonly<Record<string, (value: unknown) => boolean>> = {
  '<text>': isText(/./s),
  '<whole number>': (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  '<number>': isNumber,
  '<score>': isPercentage,
  '<percentage>': isPercentage,
  '<scores>': (value) => isTable(value) && Object.values(value).length > 0 && Object.values(value).every(isPercentage),
  '<status>': isOneOf(scanStatuses),
  '<severity>': isOneOf(severities),
  '<risk level>': isOneOf(['Low', 'Medium', 'High']),
  '<scan id>': isText(/^scan-[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
  '<uuid>': isText(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
  '<verdict>': isOneOf(['passed', 'failed', 'error']),
  '<share>': (value) => isNumber(value) && value >= 0 && value <= 1,
  '<time in milliseconds>': isText(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/),
  '<token>': isText(/^\[[A-Z_]+_[0-9A-F]{6,}\]$/),
  '<injection token>': isText(/^\[INJECTION_[0-9A-F]{6,}\]$/),
  '<token in a red door>': isText(/^a \[[A-Z_]+_[0-9A-F]{6,}\] door$/),
  '<time>': isText(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/),
  '<time in microseconds>': isText(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/),
};

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const shown = (value: unknown): string => JSON.stringify(value)?.slice(0, 200) ?? 'nothing';

function differencesInList(expected: readonly unknown[], found: unknown, place: string): string[] {
  if (!Array.isArray(found)) return [`${place}: expected a list, found ${shown(found)}`];
  if (expected.length === 0) return found.length === 0 ? [] : [`${place}: expected an empty list`];
  if (found.length === 0) return [`${place}: expected at least one entry`];
  const [only, ...others] = expected;
  if (others.length === 0) return found.flatMap((entry, index) => differences(only, entry, `${place}[${index}]`));
  if (found.length !== expected.length) return [`${place}: expected ${expected.length} entries, found ${found.length}`];
  return expected.flatMap((entry, index) => differences(entry, found[index], `${place}[${index}]`));
}

/** What is not as the template has it, one sentence each; empty where all is. */
export function differences(expected: unknown, found: unknown, place = 'body'): string[] {
  const kind = typeof expected === 'string' ? kinds[expected] : undefined;
  if (kind) return kind(found) ? [] : [`${place}: expected ${String(expected)}, found ${shown(found)}`];
  if (Array.isArray(expected)) return differencesInList(expected, found, place);
  if (!isTable(expected))
    return expected === found ? [] : [`${place}: expected ${shown(expected)}, found ${shown(found)}`];
  if (!isTable(found)) return [`${place}: expected a table, found ${shown(found)}`];
  return Object.entries(expected).flatMap(([key, value]) => differences(value, found[key], `${place}.${key}`));
}

function differencesInArchive(expected: readonly string[], bytes: Buffer): string[] {
  const names = [...unzip(bytes).keys()];
  return expected.filter((name) => !names.includes(name)).map((name) => `archive: ${name} is missing`);
}

/** What is not as the exchange has it, one sentence each; empty where all is. */
export function differencesOf(expected: Exchange['response'], reply: Reply): string[] {
  const status = expected.status === reply.status ? [] : [`status: expected ${expected.status}, found ${reply.status}`];
  const headers = Object.entries(expected.headers ?? {}).flatMap(([name, value]) =>
    differences(value, reply.headers.get(name), `header ${name}`),
  );
  const body = expected.body === undefined ? [] : differences(expected.body, reply.body);
  const files = expected.files && status.length === 0 ? differencesInArchive(expected.files, reply.bytes) : [];
  return [...status, ...headers, ...body, ...files];
}
