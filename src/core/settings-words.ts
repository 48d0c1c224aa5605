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

/** What a limit counts, where it is none of the value itself. */
const parts: Readonly<Record<string, string>> = { string: 'characters', array: 'entries' };

type Issue = z.core.$ZodRawIssue;
type OfSize = Extract<Issue, { code: 'too_small' | 'too_big' }>;

const beside = ({ origin }: OfSize): string => (origin in parts ? 'must have' : 'must be');
const partsOf = ({ origin }: OfSize): string => (origin in parts ? ` ${parts[origin]}` : '');

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
      if (issue.minimum === 1 && issue.origin in parts) return 'must not be empty';
      return `${beside(issue)} at least ${String(issue.minimum)}${partsOf(issue)}`;
    case 'too_big':
      return `${beside(issue)} at most ${String(issue.maximum)}${partsOf(issue)}`;
    case 'invalid_format':
      return issue.format === 'url' ? 'must be an address such as https://example.com/v1' : undefined;
    default:
      return undefined;
  }
}
