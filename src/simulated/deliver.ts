// Puts an answer on the wire: whole, as events, cut off, drop by drop, or not at all.
import type { FastifyReply } from 'fastify';
import type { OpenAiProblem } from './openai-problem.ts';

export const json = 'application/json; charset=utf-8';
const eventStream = 'text/event-stream; charset=utf-8';

/** What goes out, decided before any byte of it. */
export type Outgoing =
  | { readonly kind: 'problem'; readonly problem: OpenAiProblem; readonly retryAfterS?: number }
  | { readonly kind: 'body'; readonly text: string; readonly type: string }
  | { readonly kind: 'events'; readonly events: readonly string[] }
  /** Half of the text, then the connection breaks; `streamed` says what was promised. */
  | { readonly kind: 'cut'; readonly text: string; readonly streamed: boolean }
  /** Headers at once, the text in small pieces. */
  | { readonly kind: 'slow'; readonly text: string; readonly streamed: boolean }
  /** The connection ends with the client or with the server. */
  | { readonly kind: 'nothing' };

type Headers = Readonly<Record<string, string>>;

const slowPieces = 20;
const slowPauseMs = 40;

function sendEvents(reply: FastifyReply, headers: Headers, events: readonly string[]): void {
  const { raw } = reply.hijack();
  raw.writeHead(200, { ...headers, 'content-type': eventStream, 'cache-control': 'no-cache' });
  for (const event of events) raw.write(event);
  raw.end();
}

function sendCut(reply: FastifyReply, headers: Headers, text: string, streamed: boolean): void {
  const { raw } = reply.hijack();
  const bytes = Buffer.from(text);
  const promised = streamed
    ? { 'content-type': eventStream }
    : { 'content-type': json, 'content-length': bytes.length };
  raw.writeHead(200, { ...headers, ...promised });
  raw.write(bytes.subarray(0, bytes.length >> 1), () => raw.destroy());
}

function sendSlowly(reply: FastifyReply, headers: Headers, text: string, streamed: boolean): void {
  const { raw } = reply.hijack();
  const bytes = Buffer.from(text);
  raw.writeHead(200, { ...headers, 'content-type': streamed ? eventStream : json });
  raw.flushHeaders();
  const size = Math.ceil(bytes.length / slowPieces);
  let at = 0;
  const timer = setInterval(() => {
    raw.write(bytes.subarray(at, at + size));
    at += size;
    if (at < bytes.length) return;
    clearInterval(timer);
    raw.end();
  }, slowPauseMs);
  raw.once('close', () => clearInterval(timer));
}

/** Sends it; `headers` come beside those of the kind. */
export function send(reply: FastifyReply, headers: Headers, outgoing: Outgoing): void {
  switch (outgoing.kind) {
    case 'problem': {
      const { problem, retryAfterS } = outgoing;
      if (retryAfterS !== undefined) reply.header('retry-after', String(retryAfterS));
      reply
        .code(problem.status)
        .headers(headers)
        .type(json)
        .send(JSON.stringify({ error: problem.error }));
      break;
    }
    case 'body':
      reply.headers(headers).type(outgoing.type).send(outgoing.text);
      break;
    case 'events':
      sendEvents(reply, headers, outgoing.events);
      break;
    case 'cut':
      sendCut(reply, headers, outgoing.text, outgoing.streamed);
      break;
    case 'slow':
      sendSlowly(reply, headers, outgoing.text, outgoing.streamed);
      break;
    case 'nothing':
      reply.hijack();
  }
}
