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
import { evalGuardValues } from './evalguard-values.ts';
import type { SdkServer } from './sdk-server.ts';

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
  readonly values: ContractValues;
}

function exchangesOf(valuesOf: Readonly<Record<string, ContractValues>>): Map<string, Known> {
  const found = new Map<string, Known>();
  for (const [dialect, values] of Object.entries(valuesOf)) {
    const folder = join(projectRoot, 'contracts', dialect);
    for (const { file, exchanges } of readContracts(folder))
      for (const exchange of exchanges) found.set(`${dialect}/${file}: ${exchange.name}`, { folder, exchange, values });
  }
  return found;
}

async function jsonOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? null : JSON.parse(text);
}

const unknownIn = ({ exchange, folder, values }: Known): string[] =>
  placeholdersOf(exchange, folder).filter((name) => !values.known.has(name));

/** All exchanges of the three dialects. */
export async function openDesk(server: SdkServer): Promise<ContractDesk> {
  const ordinary = await contractValues(server.url, server.key);
  const evalguard = await evalGuardValues(server.url, server.key, await server.keyOf('elsewhere'));
  const all = exchangesOf({ guardion: ordinary, virtuered: ordinary, evalguard });
  const opened = new Map<string, Record<string, string>>();
  const desk = {
    names: [...all].filter(([, known]) => unknownIn(known).length === 0).map(([name]) => name),
    left: [...all].flatMap(([name, known]) => {
      const unknown = unknownIn(known);
      return unknown.length === 0 ? [] : [`${name} (needs ${unknown.join(', ')})`];
    }),
    async open(name: string): Promise<FilledRequest> {
      const { exchange, folder, values } = all.get(name)!;
      const filled = await values.valuesFor(exchange, folder);
      opened.set(name, filled);
      return requestOf(exchange, folder, filled);
    },
    async close(name: string, { status, headers, body }: HandedIn): Promise<string[]> {
      const { exchange, values } = all.get(name)!;
      const expected = fillIn(exchange.response, opened.get(name)!);
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
  const listener = createServer((request, response) => {
    answer(request).then(
      (value) => response.end(JSON.stringify(value)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return {
    ...desk,
    url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    async stop() {
      listener.closeAllConnections();
      await new Promise((resolve) => listener.close(resolve));
      await ordinary.close();
    },
  };
}
