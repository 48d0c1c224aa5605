// Reads the file that describes an HTTP application: a pasted curl command, or a template in YAML or JSON.
// It stands apart from the template itself because only this end knows files, spellings and the person who wrote them.
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { RedoubtError } from '../core/errors.ts';
import { fieldPath } from '../core/field-path.ts';
import { wordsOfIssue } from '../core/settings-words.ts';
import { looksLikeCurl, parseCurlCommand } from './curl-command.ts';
import {
  bodyKindOf,
  type HttpTemplate,
  type RequestParts,
  type SessionStart,
  unknownPlaceholders,
} from './http-template.ts';
import { parsePath } from './json-path.ts';
import { placePrompt } from './prompt-place.ts';

const refuse = (field: string, reason: string): RedoubtError => new RedoubtError('FILE_INVALID', { field, reason });

const path = z.string().refine((text) => parsePath(text) !== null, {
  error: 'is no path; write it like reply.text or choices[0].message.content',
});

const requestFields = {
  url: z.string().min(1),
  method: z
    .string()
    .regex(/^[A-Za-z]+$/, { error: 'is no HTTP method' })
    .optional(),
  headers: z.record(z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/), z.coerce.string()).optional(),
  body: z.union([z.string(), z.record(z.string(), z.unknown()), z.array(z.unknown())]).nullish(),
};

const answerFields = {
  answer_path: path.nullish(),
  stream: z.enum(['json', 'sse', 'text']).optional(),
  sse_data_path: path.optional(),
  session: z.strictObject({ start: z.strictObject({ ...requestFields, path: path.nullish() }).optional() }).nullish(),
  refusal_mark: z.string().min(1).optional(),
};

/** A template as it is written: the curl command that makes the request or the request itself, and how its answer is read. */
const schemas = {
  curl: z.strictObject({ curl: z.string(), ...answerFields }),
  request: z.strictObject({ ...requestFields, ...answerFields }),
};

type AnswerFields = z.infer<z.ZodObject<typeof answerFields>>;
type RequestFields = z.infer<z.ZodObject<typeof requestFields>>;

/** The header that fits a body whose writer named none. */
function impliedType(body: RequestFields['body']): string {
  if (typeof body !== 'string' || /^\s*(\[|\{(?!\{))/.test(body)) return 'application/json';
  return /^[\w.-]+=/.test(body) ? 'application/x-www-form-urlencoded' : 'text/plain; charset=utf-8';
}

function partsOf(fields: RequestFields): RequestParts {
  const body = fields.body ?? null;
  const headers = Object.entries(fields.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  const implied: Record<string, string> = body === null ? {} : { 'content-type': impliedType(body) };
  return {
    url: fields.url,
    method: fields.method?.toUpperCase() ?? (body === null ? 'GET' : 'POST'),
    headers: { ...implied, ...Object.fromEntries(headers) },
    body: body === null || typeof body === 'string' ? body : JSON.stringify(body),
  };
}

/** Whether the parts can be filled and sent at all; `where` goes before the name of the part in an error. */
function checkParts(parts: RequestParts, field: string, where = ''): void {
  const parsed = URL.parse(parts.url);
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    throw refuse(field, `${where}url is no http or https URL; write it in full, placeholders only behind the host`);
  }
  if (/[{}]|%7b/i.test(parsed.host)) throw refuse(field, `${where}url must not hold a placeholder in its host`);
  if (parsed.username || parsed.password) {
    throw refuse(field, `${where}url must hold no user name or password; send them in a header`);
  }
  const badHeader = Object.entries(parts.headers).find(([, value]) => /[^\t\x20-\x7e\x80-\xff]/.test(value));
  if (badHeader) throw refuse(field, `${where}headers: ${badHeader[0]} holds a character that no header may hold`);
  if (parts.body !== null && bodyKindOf(parts) === 'json') checkJson(parts.body, field, where);
}

function checkJson(body: string, field: string, where: string): void {
  try {
    JSON.parse(body.replace(/\{\{\s*\w+\s*\}\}/g, '0'));
  } catch {
    throw refuse(field, `${where}body is announced as JSON but is none, even with its placeholders filled`);
  }
}

function sessionOf(fields: AnswerFields, field: string): Pick<HttpTemplate, 'session'> {
  if (!fields.session) return {};
  if (!fields.session.start) return { session: {} };
  const start: SessionStart = { ...partsOf(fields.session.start), path: fields.session.start.path ?? null };
  checkParts(start, field, 'session.start.');
  return { session: { start } };
}

const announcesStream = (parts: RequestParts): boolean =>
  /event-stream/i.test(parts.headers.accept ?? '') || /"stream"\s*:\s*true/.test(parts.body ?? '');

function templateOf(
  request: RequestParts,
  fields: AnswerFields,
  notes: readonly string[],
  field: string,
): HttpTemplate {
  checkParts(request, field);
  const placed = placePrompt(request);
  if (!placed) throw refuse(field, 'does not say where the prompt goes; write {{prompt}} in its place');
  const guessed =
    placed.field === null
      ? []
      : [`The field ${placed.field} is taken for the prompt; write {{prompt}} elsewhere to change that.`];
  const foreign = unknownPlaceholders(request).map((name) => `{{${name}}} is no placeholder and is sent as it stands.`);
  return {
    ...placed.parts,
    answerPath: fields.answer_path ?? null,
    stream: fields.stream ?? (announcesStream(request) ? 'sse' : 'json'),
    ...(fields.sse_data_path === undefined ? {} : { sseDataPath: fields.sse_data_path }),
    ...sessionOf(fields, field),
    ...(fields.refusal_mark === undefined ? {} : { refusalMark: fields.refusal_mark }),
    notes: [...notes, ...guessed, ...foreign],
  };
}

function fromCurl(text: string, fields: AnswerFields, field: string): HttpTemplate {
  const { notes, ...parts } = parseCurlCommand(text);
  return templateOf(parts, fields, notes, field);
}

/** `answerPath` is taken like `answer_path`, so that a template that was written out by a program can be read again. */
const withSnakeKeys = (value: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'notes')
      .map(([key, child]) => [key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), child]),
  );

/** The part that is wrong, as it is written, and what is wrong with it. */
function firstProblem({ issues: [issue] }: z.ZodError): string {
  const path = issue?.path ?? [];
  if (issue?.code === 'unrecognized_keys') return `${fieldPath([...path, issue.keys[0]!])}: is no part of a template`;
  return `${fieldPath(path) || 'the file'}: ${issue?.message ?? 'cannot be read'}`;
}

/**
 * A template from a value that was read from YAML or JSON, e.g. an entry under `targets:`.
 * @throws RedoubtError FILE_INVALID with the given field.
 */
export function readTemplate(value: unknown, field = '--curl'): HttpTemplate {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refuse(field, 'is neither a curl command nor a template with url, headers and body');
  }
  const written = withSnakeKeys(value);
  if ('curl' in written) {
    const read = schemas.curl.safeParse(written, { error: wordsOfIssue });
    if (!read.success) throw refuse(field, firstProblem(read.error));
    return fromCurl(read.data.curl, read.data, field);
  }
  const read = schemas.request.safeParse(written, { error: wordsOfIssue });
  if (!read.success) throw refuse(field, firstProblem(read.error));
  return templateOf(partsOf(read.data), read.data, [], field);
}

/**
 * The template in the text of a file: a curl command, or YAML or JSON with url, method, headers, body, answer_path,
 * stream, sse_data_path, session.start, refusal_mark (or `curl` in place of the request).
 * @throws RedoubtError FILE_INVALID with field `--curl`.
 */
export function parseTargetFile(text: string): HttpTemplate {
  if (looksLikeCurl(text)) return fromCurl(text, {}, '--curl');
  return readTemplate(readYaml(text));
}

function readYaml(text: string): unknown {
  try {
    return parseYaml(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : 'unknown';
    throw refuse('--curl', `is neither a curl command nor readable YAML or JSON: ${reason}`);
  }
}
