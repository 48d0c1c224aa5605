// What is wrong with a value, in words: a value that may have one of several shapes is told which, and not only "invalid".
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;
type RawIssue = z.core.$ZodRawIssue;

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const formNames: Readonly<Record<string, string>> = {
  url: 'an http or https URL',
  datetime: 'a date and time, e.g. 2024-01-15T00:00:00Z',
  email: 'an e-mail address',
};

function boundOf(issue: RawIssue & { readonly code: 'too_small' | 'too_big' }): string {
  const [bound, word, beyond] =
    issue.code === 'too_small'
      ? [issue.minimum, 'at least', 'greater than']
      : [issue.maximum, 'at most', 'smaller than'];
  if (issue.origin === 'string')
    return issue.code === 'too_small' && bound === 1 ? 'must not be empty' : `must have ${word} ${bound} characters`;
  if (issue.origin === 'array') return `must hold ${word} ${bound}`;
  return `must be ${issue.inclusive === false ? beyond : word} ${bound}`;
}

const notKnown = (allowed: readonly unknown[]): string => `is not known. Allowed: ${allowed.map(String).join(', ')}`;

/** What is said where the schema itself says nothing: for `safeParse`, with `reportInput`. */
export function issueWords(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${typeNames[issue.expected] ?? `of type ${issue.expected}`}`;
    case 'invalid_value':
      return notKnown(issue.values);
    case 'too_small':
    case 'too_big':
      return boundOf(issue);
    case 'invalid_key':
      return issue.issues[0]?.message;
    case 'unrecognized_keys':
      return `has no field ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
    case 'invalid_format':
      return formNames[issue.format] === undefined ? undefined : `must be ${formNames[issue.format]}`;
    case 'invalid_union':
      return Array.isArray(issue.options) ? notKnown(issue.options) : undefined;
    default:
      return undefined;
  }
}

const tellsMissing: ReadonlySet<string> = new Set(['invalid_type', 'invalid_value', 'invalid_union']);

/** The words of an issue, or that nothing was sent at all. */
export const issueReason = (issue: Issue): string =>
  tellsMissing.has(issue.code) && issue.input === undefined ? 'is required' : issue.message;

const MUST_BE = 'must be ';
const ofAnotherType: ReadonlySet<string> = new Set(Object.values(typeNames).map((name) => MUST_BE + name));

const expectation = /^Invalid (?:input|option): expected (?<wanted>.+?)(?:, received (?<given>.+))?$/s;

/**
 * "expected A" and "expected B" as one sentence; sentences of another build stand beside one another. A shape of which only
 * the type fits is the one that was meant.
 */
function together(messages: readonly string[]): string {
  const fitting = messages.filter((message) => !ofAnotherType.has(message));
  if (fitting.length === 0) return MUST_BE + messages.map((message) => message.slice(MUST_BE.length)).join(' or ');
  if (fitting.length < messages.length) return together(fitting);
  const parts = messages.map((message) => expectation.exec(message)?.groups);
  if (parts.some((part) => part === undefined)) return messages.join(' or ');
  const wanted = parts.map((part) => part!.wanted);
  const given = parts.find((part) => part!.given !== undefined)?.given;
  return `Invalid input: expected ${wanted.join(' or ')}${given === undefined ? '' : `, received ${given}`}`;
}

/**
 * The issue itself, or that of the shape which the value was meant to have: the one that fits farthest inwards, with its
 * place. Where none fits at all, a sentence that names them all.
 */
export function plainIssue(issue: Issue): Issue {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue;
  const shapes = issue.errors.flatMap(([first]) => (first === undefined ? [] : [plainIssue(first)]));
  const inner = shapes.reduce<Issue | null>(
    (best, next) => (next.path.length > (best?.path.length ?? 0) ? next : best),
    null,
  );
  if (inner !== null) return { ...inner, path: [...issue.path, ...inner.path] };
  return { ...issue, message: together([...new Set(shapes.map(({ message }) => message))]) };
}
