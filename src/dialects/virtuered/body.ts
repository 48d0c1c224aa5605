// Reads a body, JSON or TOML, against a schema; what does not fit becomes one sentence that names the field.
import { parse as parseToml, TomlError } from 'smol-toml';
import type { z } from 'zod';
import { invalidField, RedoubtError } from '../../core/errors.ts';

type Issue = z.core.$ZodIssue;

const placeOf = (path: readonly PropertyKey[]): string =>
  path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index > 0 ? '.' : ''}${String(step)}`))
    .join('') || 'body';

/** Of a union the branch counts that came furthest. */
function innermost(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const branches = issue.errors.map((branch) => branch[0]).filter((each): each is Issue => each !== undefined);
  const deepest = branches.sort((a, b) => b.path.length - a.path.length)[0];
  return deepest ? { ...innermost(deepest), path: [...issue.path, ...deepest.path] } : issue;
}

const isMissing = (issue: Issue): boolean => issue.code === 'invalid_type' && issue.input === undefined;

function reasonOf(issue: Issue): string {
  if (isMissing(issue)) return 'is required';
  if (issue.code === 'invalid_type') return `must be of type ${issue.expected}`;
  if (issue.code === 'invalid_value') return `is not known. Allowed: ${issue.values.map(String).join(', ')}`;
  return issue.message;
}

/** Throws INVALID_FIELD for the first thing that does not fit. A missing body counts as an empty one. */
export function readBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(body ?? {}, { reportInput: true });
  if (parsed.success) return parsed.data;
  const issue = innermost(parsed.error.issues[0]!);
  throw invalidField(placeOf(issue.path), `${reasonOf(issue)}.`);
}

/** JSON text to a value. Throws INVALID_BODY with line and column. */
export function parseJsonBody(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value));
  } catch (cause) {
    throw new RedoubtError('INVALID_BODY', { reason: `not valid JSON: ${jsonProblem(text, cause)}` }, cause);
  }
}

function jsonProblem(text: string, cause: unknown): string {
  const message = cause instanceof Error ? cause.message : '';
  const position = /at position (\d+)/.exec(message)?.[1];
  // V8 names no position where the text simply ends.
  const before = text.slice(0, position === undefined ? text.length : Number(position));
  const lines = before.split('\n');
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}.`;
}

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keys that may stand at the top or under [scan]; in both places they must be equal. */
function mergedScan(top: Record<string, unknown>, scan: Record<string, unknown>): Record<string, unknown> {
  for (const [key, value] of Object.entries(scan))
    if (key in top && JSON.stringify(top[key]) !== JSON.stringify(value))
      throw invalidField(key, 'stands at the top and under [scan] with different values.');
  return { ...top, ...scan };
}

/** A TOML scan file to the shape of the JSON body. Throws INVALID_BODY with line and column. */
export function parseTomlBody(text: string): unknown {
  let table: Record<string, unknown>;
  try {
    table = parseToml(text);
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    const reason = `not valid TOML: line ${cause.line}, column ${cause.column}: ${cause.message.split('\n')[0]}`;
    throw new RedoubtError('INVALID_BODY', { reason }, cause);
  }
  const { scan, ...top } = table;
  if (scan !== undefined && !isTable(scan)) throw invalidField('scan', 'must be a table.');
  return mergedScan(top, scan ?? {});
}
