// Requests that Node cannot read as HTTP: they reach no route and no face, so that what is answered goes to the socket.
import { maxHeaderSize, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { RedoubtError } from '../core/errors.ts';

const unparsed: Readonly<Record<string, readonly [status: number, refusal: () => RedoubtError]>> = {
  HPE_HEADER_OVERFLOW: [431, () => new RedoubtError('HEADERS_TOO_LARGE', { value: `${maxHeaderSize / 1024} KB` })],
  ERR_HTTP_REQUEST_TIMEOUT: [408, () => new RedoubtError('NOT_HTTP', { reason: 'it did not arrive in time.' })],
};
const notHttp: (typeof unparsed)[string] = [
  400,
  () =>
    new RedoubtError('NOT_HTTP', { reason: 'its first line, a header or the length of its body is not well formed.' }),
];

/** Says in a body of the form `problem` what is wrong, and hangs up: where the next request would begin is not known. */
export const answerUnparsed =
  (problem: (status: number, message: string) => object) =>
  (error: Error & { readonly code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    const [status, refusal] = unparsed[error.code ?? ''] ?? notHttp;
    const body = JSON.stringify(problem(status, refusal().message));
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
    ];
    if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
    socket.destroy(error);
  };
