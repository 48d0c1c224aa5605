// Requests that no route takes, because there is none or because they are refused before, such as a path that cannot be
// decoded: they too are answered in the form of the face that they were sent to.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { apiPrefix } from '../api/mount.ts';
import { answerError } from '../api/problem.ts';
import { invalidField, RedoubtError } from '../core/errors.ts';
import { dialects } from '../dialects/index.ts';
import { gatewayPrefix } from '../gateway/gateway.ts';
import { answerProblem } from '../gateway/problem.ts';

type AnswerError = (error: unknown, request: FastifyRequest, reply: FastifyReply) => void;

interface Face {
  readonly prefixes: readonly string[];
  readonly answerError: AnswerError;
}

const faces: readonly Face[] = [
  { prefixes: [apiPrefix], answerError },
  { prefixes: [gatewayPrefix], answerError: answerProblem },
  ...dialects.flatMap(({ face }) => (face === undefined ? [] : [face])),
];

const notFound = (method: string, path: string): RedoubtError =>
  new RedoubtError('NOT_FOUND', { field: 'Path', value: `${method} ${path}` });

function refusalOf(error: { readonly code?: string }, method: string, path: string): unknown {
  if (error.code === 'FST_ERR_BAD_URL')
    return invalidField(
      'path',
      'cannot be decoded: after "%" there must be the two hexadecimal digits of a UTF-8 byte.',
    );
  // Nothing has a name as long as that.
  if (error.code === 'FST_ERR_MAX_PARAM_LENGTH') return notFound(method, path);
  return error;
}

const pathOf = ({ url }: FastifyRequest): string => url.split('?')[0] ?? '';

const faceOf = (path: string): Face | undefined =>
  faces.find(({ prefixes }) => prefixes.some((prefix) => path === prefix || path.startsWith(`${prefix}/`)));

/** Answers for the face that the path lies below; `otherwise` where it lies below none. */
export const answerUnrouted =
  (otherwise: AnswerError) =>
  (error: { readonly code?: string }, request: FastifyRequest, reply: FastifyReply): void => {
    const path = pathOf(request);
    (faceOf(path)?.answerError ?? otherwise)(refusalOf(error, request.method, path), request, reply);
  };

/** A path that nothing lies at; `otherwise` where it lies below no face. */
export const answerNotFound =
  (otherwise: (request: FastifyRequest, reply: FastifyReply, path: string) => void) =>
  (request: FastifyRequest, reply: FastifyReply): void => {
    const path = pathOf(request);
    const face = faceOf(path);
    if (face === undefined) otherwise(request, reply, path);
    else face.answerError(notFound(request.method, path), request, reply);
  };
