// How an error looks in our own API: `{ "error": { "code", "message", "field"?, "lines"? } }`, and its status.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type ErrorKind, RedoubtError, retryHeaders } from '../core/errors.ts';

export const statusOfKind: Readonly<Record<ErrorKind, number>> = {
  'bad-request': 400,
  unauthorised: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  'rate-limited': 429,
  unavailable: 503,
  internal: 500,
};

/** What is said about one line of a file; lines count from 1. */
export const lineRemarkSchema = z.object({ line: z.number().int().min(1), text: z.string() });

export const problemSchema = z
  .object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      /** The part of the request that is wrong. */
      field: z.string().optional(),
      /** Of a file: its bad lines, at most 100. */
      lines: z.array(lineRemarkSchema).optional(),
    }),
  })
  .meta({ id: 'Problem' });
type Problem = z.infer<typeof problemSchema>;

export const problemOf = (error: RedoubtError): Problem => ({
  error: {
    code: error.code,
    message: error.message,
    ...(error.details.field === undefined ? {} : { field: error.details.field }),
  },
});

const bodyReason = (code: string): string =>
  code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE'
    ? 'send Content-Type: application/json; for datasets application/jsonl or text/csv.'
    : 'it is no JSON, or not of the length that was announced.';

function ownError(error: unknown): RedoubtError | null {
  if (error instanceof RedoubtError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new RedoubtError('BODY_TOO_LARGE', { value: '1 MB' });
  if (code.startsWith('FST_ERR_CTP_') || error instanceof SyntaxError)
    return new RedoubtError('INVALID_BODY', { reason: bodyReason(code) });
  return null;
}

export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const known = ownError(error);
  if (known === null) request.log.error(error);
  const shown = known ?? new RedoubtError('INTERNAL');
  // What is left of the body is not read, so that the connection cannot be used again.
  if (shown.kind === 'too-large') void reply.header('connection', 'close');
  void reply.status(statusOfKind[shown.kind]).headers(retryHeaders(shown)).send(problemOf(shown));
}
