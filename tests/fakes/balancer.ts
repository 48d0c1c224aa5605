// A load balancer for tests: hands each request to the next of its servers, the answer back as it comes.
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Balancer {
  readonly url: string;
  /** Requests that each server got, in the order of `origins`. */
  readonly handed: readonly number[];
  close(): Promise<void>;
}

function passOn(asked: IncomingMessage, answer: ServerResponse, origin: string): void {
  const { method, headers, url = '/' } = asked;
  const passed = request(new URL(url, origin), { method, headers }, (response) => {
    answer.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(answer);
  });
  passed.on('error', () => answer.destroy());
  answer.once('close', () => passed.destroy());
  asked.pipe(passed);
}

export async function startBalancer(origins: readonly string[]): Promise<Balancer> {
  const handed = origins.map(() => 0);
  let turn = 0;
  const server = createServer((asked, answer) => {
    const place = turn++ % origins.length;
    handed[place]! += 1;
    passOn(asked, answer, origins[place]!);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    handed,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
