// A target that answers with the bytes it is told: for answers that no well-behaved server would give.
import { createServer, type Socket } from 'node:net';

/** Answers one request, of which headers and body have arrived. `number` counts requests from 1. */
export type BrokenAnswer = (socket: Socket, number: number) => void;

export interface BrokenTarget {
  /** Base URL, ending in /v1. */
  readonly url: string;
  requests(): number;
  close(): Promise<void>;
}

function isWhole(received: string): boolean {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd < 0) return false;
  const length = Number(/content-length: (\d+)/i.exec(received.slice(0, headEnd))?.[1] ?? 0);
  return Buffer.byteLength(received.slice(headEnd + 4)) >= length;
}

export function startBrokenTarget(answer: BrokenAnswer): Promise<BrokenTarget> {
  const sockets = new Set<Socket>();
  let requests = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    let received = '';
    socket.on('data', (data: Buffer) => {
      received += data.toString('latin1');
      if (!isWhole(received)) return;
      received = '';
      requests += 1;
      answer(socket, requests);
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      resolve({
        url: `http://127.0.0.1:${port}/v1`,
        requests: () => requests,
        close: () =>
          new Promise((closed) => {
            for (const socket of sockets) socket.destroy();
            server.close(() => closed());
          }),
      });
    });
  });
}

const head = (type: string, more: string): string => `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\n${more}\r\n`;

/** A whole answer of this type and body. */
export const whole = (body: string, type = 'application/json'): string =>
  `${head(type, `Content-Length: ${Buffer.byteLength(body)}\r\n`)}${body}`;

/** Headers that promise `length` bytes, and a body that may hold fewer. */
export const promising = (length: number, body: string): string =>
  `${head('application/json', `Content-Length: ${length}\r\n`)}${body}`;

/** The beginning of a body in chunks; without `ends` the last chunk never comes. */
export function chunked(parts: readonly string[], type: string, ends = false): string {
  const chunks = parts.map((part) => `${Buffer.byteLength(part).toString(16)}\r\n${part}\r\n`).join('');
  return `${head(type, 'Transfer-Encoding: chunked\r\n')}${chunks}${ends ? '0\r\n\r\n' : ''}`;
}

export const completion = (text: string): string =>
  JSON.stringify({
    id: 'a',
    model: 'some-model',
    choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
  });
