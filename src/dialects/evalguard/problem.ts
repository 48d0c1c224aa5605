// Errors as EvalGuard's server words them: `{success: false, error: {code, message, requestId}}`, all wrong fields in one.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { type ErrorKind, RedoubtError, retryHeaders } from '../../core/errors.ts';
import { fieldPath } from '../../core/field-path.ts';
import { newId } from '../../core/ids.ts';

/** What is wrong with a request, each with its field: "projectId: must be a text". */
export class FieldProblems extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join('; '));
  }
}

type RawIssue = z.core.$ZodRawIssue;

/** What is said where the schema itself says nothing. */
function wordingOf(issue: RawIssue): string | undefined {
  if (issue.code === 'invalid_type') return issue.input === undefined ? 'Required' : `Expected ${issue.expected}`;
  return undefined;
}

const MOST_PROBLEMS = 60;

/** A value against a schema: what it reads, or everything that is wrong with it. */
export function read<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): { readonly data: z.infer<Schema>; readonly problems: null } | { readonly data: null; readonly problems: string[] } {
  const parsed = schema.safeParse(value, { error: wordingOf });
  if (parsed.success) return { data: parsed.data, problems: null };
  const problems = parsed.error.issues
    .slice(0, MOST_PROBLEMS)
    .map((issue) => `${fieldPath(issue.path) || 'body'}: ${issue.message}`);
  return { data: null, problems };
}

/** Throws FieldProblems. */
export function readAll<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const { data, problems } = read(schema, value ?? {});
  if (problems !== null) throw new FieldProblems(problems);
  return data;
}

interface Shape {
  readonly status: number;
  readonly code: string;
}

const shapes: Readonly<Record<ErrorKind, Shape>> = {
  'bad-request': { status: 400, code: 'VALIDATION_ERROR' },
  unauthorised: { status: 401, code: 'UNAUTHORIZED' },
  forbidden: { status: 403, code: 'FORBIDDEN' },
  'not-found': { status: 404, code: 'NOT_FOUND' },
  conflict: { status: 409, code: 'CONFLICT' },
  'too-large': { status: 413, code: 'PAYLOAD_TOO_LARGE' },
  'rate-limited': { status: 429, code: 'RATE_LIMITED' },
  unavailable: { status: 503, code: 'SERVICE_UNAVAILABLE' },
  internal: { status: 500, code: 'INTERNAL_ERROR' },
};

const BODY_LIMIT = '1 MB';

function shownAs(error: unknown): { readonly shape: Shape; readonly message: string } | null {
  const badRequest = shapes['bad-request'];
  if (error instanceof FieldProblems) return { shape: badRequest, message: error.message };
  if (error instanceof RedoubtError) return { shape: shapes[error.kind], message: error.message };
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return { shape: shapes['too-large'], message: new RedoubtError('BODY_TOO_LARGE', { value: BODY_LIMIT }).message };
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return { shape: badRequest, message: 'body: send Content-Type: application/json' };
  return null;
}

export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const known = shownAs(error);
  if (known === null) request.log.error(error);
  const { shape, message } = known ?? { shape: shapes.internal, message: new RedoubtError('INTERNAL').message };
  // What is refused before the routes are reached has no id yet.
  if (!reply.hasHeader(REQUEST_ID)) void reply.header(REQUEST_ID, newId());
  if (error instanceof RedoubtError) void reply.headers(retryHeaders(error));
  if (shape.status === 413) void reply.header('connection', 'close');
  if (shape.status === 503) void reply.header('retry-after', '1');
  void reply
    .status(shape.status)
    .send({ success: false, error: { code: shape.code, message, requestId: requestIdOf(reply) } });
}

export const REQUEST_ID = 'x-request-id';

const requestIdOf = (reply: FastifyReply): string => String(reply.getHeader(REQUEST_ID) ?? '');
