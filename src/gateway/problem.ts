// How an error of the gateway itself looks: as OpenAI's clients expect one. Errors of the upstream pass as they are, but for keys.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorKind, RedoubtError, retryHeaders } from '../core/errors.ts';

const shapes: Readonly<Record<ErrorKind, { readonly status: number; readonly type: string }>> = {
  'bad-request': { status: 400, type: 'invalid_request_error' },
  unauthorised: { status: 401, type: 'authentication_error' },
  forbidden: { status: 403, type: 'permission_error' },
  'not-found': { status: 404, type: 'invalid_request_error' },
  conflict: { status: 409, type: 'invalid_request_error' },
  'too-large': { status: 413, type: 'invalid_request_error' },
  'rate-limited': { status: 429, type: 'rate_limit_error' },
  unavailable: { status: 502, type: 'upstream_error' },
  internal: { status: 500, type: 'server_error' },
};

export interface Problem {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string;
  };
}

export const problemOf = (error: RedoubtError): Problem => ({
  error: {
    message: error.message,
    type: shapes[error.kind].type,
    param: error.details.field ?? null,
    code: error.code.toLowerCase(),
  },
});

function ownError(error: unknown): RedoubtError | null {
  if (error instanceof RedoubtError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new RedoubtError('BODY_TOO_LARGE', { value: '16 MB' });
  if (code.startsWith('FST_ERR_CTP') || error instanceof SyntaxError)
    return new RedoubtError('INVALID_BODY', { reason: 'send JSON with Content-Type: application/json.' });
  return null;
}

export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const known = ownError(error);
  if (known === null) request.log.error(error);
  const shown = known ?? new RedoubtError('INTERNAL');
  void reply.status(shapes[shown.kind].status).headers(retryHeaders(shown)).send(problemOf(shown));
}
