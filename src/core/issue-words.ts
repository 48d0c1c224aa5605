// What is wrong with a value, in words: a value that may have one of several shapes is told which, and not only "invalid".
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

const expectation = /^Invalid (?:input|option): expected (?<wanted>.+?)(?:, received (?<given>.+))?$/s;

/** "expected A" and "expected B" as one sentence; sentences of another build stand beside one another. */
function together(messages: readonly string[]): string {
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
