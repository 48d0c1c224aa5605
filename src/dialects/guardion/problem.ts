// Errors as Guardion's server words them: a sentence, or a list of places in the body (FastAPI's shape).
import type { z } from 'zod';
import { type ErrorKind, RedoubtError } from '../../core/errors.ts';
import { plainIssue } from '../../core/issue-words.ts';

/** One thing that is wrong with a body. */
interface Problem {
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly type: string;
}

/** A body that does not fit, with every place at once. */
export class BodyProblems extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super('body does not fit');
    this.problems = problems;
  }
}

const MOST_PROBLEMS = 20;

const tellsMissing = new Set(['invalid_type', 'invalid_value', 'invalid_union']);

const typeOf = (issue: z.core.$ZodIssue): string =>
  tellsMissing.has(issue.code) && issue.input === undefined ? 'missing' : issue.code;

/** The body as the schema reads it. Throws BodyProblems. */
export function readBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const read = schema.safeParse(body ?? {});
  if (read.success) return read.data;
  // What was sent is wanted for the sentences alone, and costs as much again as the reading.
  const parsed = schema.safeParse(body ?? {}, { reportInput: true });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues
    .slice(0, MOST_PROBLEMS)
    .map(plainIssue)
    .map((issue) => ({
      loc: ['body', ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))],
      msg: typeOf(issue) === 'missing' ? 'Field required' : issue.message,
      type: typeOf(issue),
    }));
  throw new BodyProblems(problems);
}

/** "policies[0].detectors[1].model" as a list of steps. */
const stepsOf = (field: string): (string | number)[] =>
  (field.match(/[^.[\]]+/g) ?? []).map((step) => (/^\d+$/.test(step) ? Number(step) : step));

const statusOfKind: Readonly<Record<ErrorKind, number>> = {
  'bad-request': 422,
  unauthorised: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  'rate-limited': 429,
  unavailable: 503,
  internal: 500,
};

interface Answer {
  readonly status: number;
  readonly body: { readonly detail: string | readonly Problem[] };
}

const asList = (loc: readonly (string | number)[], msg: string, type: string): Answer => ({
  status: 422,
  body: { detail: [{ loc, msg, type }] },
});

/** What its documents say in place of our sentences. */
const vendorSentences: Readonly<Record<string, string>> = {
  MISSING_KEY: 'No token provided',
  WRONG_KEY: 'Invalid credentials',
};

function answerOfOwn(error: RedoubtError): Answer {
  const status = statusOfKind[error.kind];
  if (status !== 422) return { status, body: { detail: vendorSentences[error.code] ?? error.message } };
  const { field } = error.details;
  return asList(field === undefined ? ['body'] : ['body', ...stepsOf(field)], error.message, 'value_error');
}

/** The answer to an error; null for one that is not the caller's doing. */
export function answerOf(error: unknown): Answer | null {
  if (error instanceof BodyProblems) return { status: 422, body: { detail: error.problems } };
  if (error instanceof RedoubtError) return answerOfOwn(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return { status: 413, body: { detail: new RedoubtError('BODY_TOO_LARGE', { value: '4 MB' }).message } };
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return asList(['body'], 'send Content-Type: application/json', 'media_type');
  if (
    error instanceof SyntaxError ||
    code === 'FST_ERR_CTP_INVALID_JSON_BODY' ||
    code === 'FST_ERR_CTP_EMPTY_JSON_BODY'
  )
    return asList(['body'], 'the body is not valid JSON', 'json_invalid');
  return null;
}
