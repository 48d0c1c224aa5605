// What is said of a setting that does not fit its schema, in words of somebody who wrote redoubt.yaml.
import type { z } from 'zod';

const kinds: Readonly<Record<string, string>> = {
  string: 'a text (in quotes)',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'settings as name: value',
  record: 'settings as name: value',
  array: 'a list',
};

type Issue = z.core.$ZodRawIssue;

function wordsOfType({ expected, input }: Extract<Issue, { code: 'invalid_type' }>): string {
  const kind = kinds[expected] ?? expected;
  if (input === undefined) return `is missing: it must be ${kind}`;
  return input === null ? `is empty: it must be ${kind}` : `must be ${kind}`;
}

/** The sentence without its full stop; undefined where the schema says one of its own. */
export function wordsOfIssue(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return wordsOfType(issue as Extract<Issue, { code: 'invalid_type' }>);
    case 'invalid_value':
      return `must be one of ${(issue.values as readonly unknown[]).join(', ')}`;
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array'
        ? 'must not be empty'
        : `must be at least ${String(issue.minimum)}`;
    case 'too_big':
      return `must be at most ${String(issue.maximum)}`;
    case 'invalid_format':
      return issue.format === 'url' ? 'must be an address such as https://example.com/v1' : undefined;
    default:
      return undefined;
  }
}
