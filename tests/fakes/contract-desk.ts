// The golden exchanges of contracts/, handed out over HTTP to clients in any language: a client is told what to send,
// sends it to the server, and hands in what came back; the desk says what is not as agreed.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { projectRoot } from '../source-files.ts';
import {
  differencesOf,
  type Exchange,
  type FilledRequest,
  fillIn,
  placeholdersOf,
  readContracts,
  replyOf,
  requestOf,
} from './contract.ts';
import { type ContractValues, contractValues } from './contract-values.ts';

/** What a client got: `body` in base64, whatever it holds. */
export interface HandedIn {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ContractDesk {
  readonly url: string;
  /** Names of the exchanges that can be replayed, and of those that cannot, with the reason. */
  readonly names: readonly string[];
  readonly left: readonly string[];
  open(name: string): Promise<FilledRequest>;
  /** What is not as agreed, in sentences. */
  close(name: string, handedIn: HandedIn): Promise<string[]>;
  stop(): Promise<void>;
}

interface Known {
  readonly folder: string;
  readonly exchange: Exchange;
}

function exchangesOf(dialects: readonly string[]): Map<string, Known> {
  const found = new Map<string, Known>();
  for (const dialect of dialects) {
    const folder = join(projectRoot, 'contracts', dialect);
    for (const { file, exchanges } of readContracts(folder))
      for (const exchange of exchanges) found.set(`${dialect}/${file}: ${exchange.name}`, { folder, exchange });
  }
  return found;
}

async function jsonOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? null : JSON.parse(text);
}

function unknownIn({ exchange, folder }: Known, values: ContractValues): string[] {
  return placeholdersOf(exchange, folder).filter((name) => !values.known.has(name));
}

/** `dialects`: folders of contracts/. The server at `url` needs a worker. */
export async function openDesk(url: string, key: string, dialects: readonly string[]): Promise<ContractDesk> {
  const values = await contractValues(url, key);
  const all = exchangesOf(dialects);
  const isKnown = ([, known]: [string, Known]): boolean => unknownIn(known, values).length === 0;
  const opened = new Map<string, Record<string, string>>();
  const left = [...all]
    .filter((entry) => !isKnown(entry))
    .map(([name, known]) => `${name} (needs ${unknownIn(known, values).join(', ')})`);
  const desk = {
    names: [...all].filter(isKnown).map(([name]) => name),
    left,
    async open(name: string): Promise<FilledRequest> {
      const { exchange, folder } = all.get(name)!;
      const filled = await values.valuesFor(exchange, folder);
      opened.set(name, filled);
      return requestOf(exchange, folder, filled);
    },
    async close(name: string, { status, headers, body }: HandedIn): Promise<string[]> {
      const expected = fillIn(all.get(name)!.exchange.response, opened.get(name)!);
      const reply = replyOf(status, new Headers(headers), Buffer.from(body, 'base64'));
      const found = differencesOf(expected, reply);
      await values.settle();
      return found;
    },
  };
  const answer = async (request: IncomingMessage): Promise<unknown> => {
    const { pathname, searchParams } = new URL(request.url!, 'http://desk');
    const name = searchParams.get('name') ?? '';
    if (pathname === '/open') return desk.open(name);
    if (pathname === '/close') return desk.close(name, (await jsonOf(request)) as HandedIn);
    return desk.names;
  };
  const server = createServer((request, response) => {
    answer(request).then(
      (value) => response.end(JSON.stringify(value)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ...desk,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await values.close();
    },
  };
}
