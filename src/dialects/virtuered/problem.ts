// Errors of VirtueRed's APIs: its documents name no shape, so the body holds all that clients in the wild read.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorKind, RedoubtError, retryHeaders } from '../../core/errors.ts';

const statusOfKind: Readonly<Record<ErrorKind, number>> = {
  'bad-request': 400,
  unauthorised: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 400,
  'too-large': 413,
  'rate-limited': 429,
  unavailable: 500,
  internal: 500,
};

/** The document names no shape of an error; clients in the wild read one of these. */
function errorBody(status: number, message: string): Record<string, unknown> {
  return { status, error: message, message, detail: message };
}

const BODY_LIMIT = '1 MB';

function ownError(error: unknown): RedoubtError | null {
  if (error instanceof RedoubtError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new RedoubtError('BODY_TOO_LARGE', { value: BODY_LIMIT });
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return new RedoubtError('INVALID_BODY', { reason: 'send Content-Type: application/json or application/toml.' });
  return null;
}

export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const known = ownError(error);
  if (known === null) request.log.error(error);
  const shown = known ?? new RedoubtError('INTERNAL');
  const status = statusOfKind[shown.kind];
  void reply.status(status).headers(retryHeaders(shown)).send(errorBody(status, shown.message));
}
