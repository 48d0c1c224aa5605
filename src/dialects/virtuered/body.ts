// Reads a body, JSON or TOML, against a schema; what does not fit becomes one sentence that names the field.
import { parse as parseToml, TomlError } from 'smol-toml';
import type { z } from 'zod';
import { invalidField, RedoubtError } from '../../core/errors.ts';
import { fieldPath } from '../../core/field-path.ts';
import { issueReason, issueWords } from '../../core/issue-words.ts';
import { placeOfFault } from '../../core/json-fault.ts';
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
    const { line, column } = placeOfFault(withoutMark(text), cause);
    const reason = `not valid JSON: line ${line}, column ${column}.`;
    throw new RedoubtError('INVALID_BODY', { reason }, cause);
  }
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
