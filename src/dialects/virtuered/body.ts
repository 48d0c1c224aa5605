// Reads a body, JSON or TOML, against a schema; what does not fit becomes one sentence that names the field.
import { parse as parseToml, TomlError } from 'smol-toml';
import type { z } from 'zod';
import { invalidField, RedoubtError } from '../../core/errors.ts';
import { fieldPath } from '../../core/field-path.ts';
import { issueReason, issueWords } from '../../core/issue-words.ts';
import { jsonOf, withoutMark } from '../../core/json-text.ts';

/** Throws INVALID_FIELD for the first thing that does not fit. A missing body counts as an empty one. */
export function readBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(body ?? {}, { reportInput: true, error: issueWords });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw invalidField(fieldPath(issue.path) || 'body', `${issueReason(issue)}.`);
}

/** JSON text to a value. Throws INVALID_BODY with line and column. */
export function parseJsonBody(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return jsonOf(text);
  } catch (cause) {
    const reason = `not valid JSON: ${jsonProblem(withoutMark(text), cause)}`;
    throw new RedoubtError('INVALID_BODY', { reason }, cause);
  }
}

const isUnexpectedToken = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('Unexpected token');

/** V8 names the token and not its place: that is where the shortest beginning ends that has the same error. */
function placeOfToken(text: string): number {
  const hasToken = (length: number): boolean => {
    try {
      JSON.parse(text.slice(0, length));
      return false;
    } catch (error) {
      return isUnexpectedToken(error);
    }
  };
  let [without, having] = [0, text.length];
  while (having - without > 1) {
    const middle = (without + having) >> 1;
    if (hasToken(middle)) having = middle;
    else without = middle;
  }
  return without;
}

function placeOfJsonError(text: string, error: unknown): number {
  if (isUnexpectedToken(error)) return placeOfToken(text);
  const position = /at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  return position === undefined ? text.length : Number(position);
}

function jsonProblem(text: string, error: unknown): string {
  const lines = text.slice(0, placeOfJsonError(text, error)).split('\n');
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
    const what = cause.message.split('\n')[0]?.replace('Invalid TOML document: ', '');
    const reason = `not valid TOML: line ${cause.line}, column ${cause.column}: ${what}.`;
    throw new RedoubtError('INVALID_BODY', { reason }, cause);
  }
  const { scan, ...top } = table;
  if (scan !== undefined && !isTable(scan)) throw invalidField('scan', 'must be a table.');
  return mergedScan(top, scan ?? {});
}
