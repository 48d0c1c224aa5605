// A model endpoint on loopback that answers as a test tells it to, and remembers what it was sent.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface UpstreamCall {
  readonly path: string;
  readonly authorization: string | null;
  readonly body: Readonly<Record<string, unknown>> | null;
}

export interface ScriptedUpstream {
  /** Base URL, ending in /v1. */
  readonly url: string;
  readonly calls: UpstreamCall[];
  /** How the next calls are answered. */
  answer: (call: UpstreamCall, response: ServerResponse) => void | Promise<void>;
  close(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<UpstreamCall['body']> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? null : (JSON.parse(text) as UpstreamCall['body']);
}

export const sendJson = (response: ServerResponse, status: number, value: unknown, headers: object = {}): void =>
  void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));

export const completionOf = (message: object): object => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'scripted',
  choices: [{ index: 0, message: { role: 'assistant', content: null, ...message }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
});

/** The events of an answer that says these deltas, one a chunk. */
export const eventsOf = (deltas: readonly object[]): string[] => [
  ...[{ role: 'assistant' }, ...deltas].map((delta) => chunkOf({ delta, finish_reason: null })),
  chunkOf({ delta: {}, finish_reason: 'stop' }),
  'data: [DONE]\n\n',
];

const chunkOf = (choice: object): string =>
  `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'scripted', choices: [{ index: 0, ...choice }] })}\n\n`;

/** Sends events with their bytes cut anywhere: at every `size`th byte. */
export function sendEvents(response: ServerResponse, events: readonly string[], size = 7): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const bytes = Buffer.from(events.join(''));
  for (let at = 0; at < bytes.length; at += size) response.write(bytes.subarray(at, at + size));
  response.end();
}

export async function startScriptedUpstream(): Promise<ScriptedUpstream> {
  const upstream: Omit<ScriptedUpstream, 'url' | 'close'> = {
    calls: [],
    answer: (_call, response) => sendJson(response, 200, completionOf({ content: 'Good day.' })),
  };
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const call = { path: request.url ?? '', authorization: request.headers.authorization ?? null, body };
    upstream.calls.push(call);
    await upstream.answer(call, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(upstream, {
    url: `http://127.0.0.1:${port}/v1`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  });
}
