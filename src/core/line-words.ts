// What is said of a line of JSON that does not fit its schema, in words of somebody who wrote the file.
import type { z } from 'zod';
import { wordsOfIssue } from './settings-words.ts';

/** The sentence without its full stop; undefined where the schema says one of its own. */
export function wordsOfLine(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type' && ['object', 'record'].includes(String(issue.expected)))
    return 'must be an object: {"...": ...}';
  if (issue.code === 'invalid_union' && issue.input === undefined) return 'is missing';
  if (issue.code === 'invalid_union') return 'has none of the forms that are known';
  return wordsOfIssue(issue);
}
