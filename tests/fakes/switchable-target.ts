// A target whose answers a test changes while it runs: healthy, or failing with a status and a body of one's choice.
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { completion } from './broken-target.ts';

/** What every request gets from now on. */
export type Mood = { readonly answer: string } | { readonly status: number; readonly body: string };

export interface SwitchableTarget {
  /** Base URL, ending in /v1. */
  readonly url: string;
  /** Headers of each request, in order. */
  readonly requests: readonly IncomingHttpHeaders[];
  turn(mood: Mood): void;
  close(): Promise<void>;
}

export async function startSwitchableTarget(first: Mood): Promise<SwitchableTarget> {
  let mood = first;
  const requests: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    requests.push(request.headers);
    request.resume();
    request.on('end', () => {
      const [status, body] = 'answer' in mood ? [200, completion(mood.answer)] : [mood.status, mood.body];
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    turn: (next) => {
      mood = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
