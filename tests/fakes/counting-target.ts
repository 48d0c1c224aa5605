// A target that answers after a while and keeps a log of its own: how often each text was asked, when, how many at once.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { completion } from './broken-target.ts';

export interface CountingTarget {
  /** Base URL, ending in /v1. */
  readonly url: string;
  /** Calls by the text of the last message. */
  readonly calls: ReadonlyMap<string, number>;
  /** When each call arrived, in milliseconds on one clock. */
  readonly arrivals: readonly number[];
  mostAtOnce(): number;
  close(): Promise<void>;
}

export async function startCountingTarget(latencyMs: number): Promise<CountingTarget> {
  const calls = new Map<string, number>();
  const arrivals: number[] = [];
  let [atOnce, most] = [0, 0];
  const server = createServer((request, response) => {
    arrivals.push(performance.now());
    atOnce += 1;
    most = Math.max(most, atOnce);
    response.once('close', () => {
      atOnce -= 1;
    });
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { messages } = JSON.parse(Buffer.concat(parts).toString('utf8')) as { messages: { content: string }[] };
      const text = messages.at(-1)?.content ?? '';
      calls.set(text, (calls.get(text) ?? 0) + 1);
      setTimeout(() => {
        response.writeHead(200, { 'content-type': 'application/json' }).end(completion('It is one more.'));
      }, latencyMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    calls,
    arrivals,
    mostAtOnce: () => most,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
