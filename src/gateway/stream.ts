// A streamed answer: events come in from the upstream, and leave as far as the guard lets them.
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import { RedoubtError } from '../core/errors.ts';
import type { GuardService } from '../guard/service.ts';
import { AnswerStream, type Rewritten } from './answer-stream.ts';
import { textsOfRequest } from './body.ts';
import { readEvents } from './event-reader.ts';
import { type Asked, guardRequest, policiesOf, sentenceFor } from './exchange.ts';
import { problemOf } from './problem.ts';
import type { UpstreamAnswer } from './upstream.ts';

const RELEASED = 'x-redoubt-released';
const POLICIES = 'x-redoubt-out-policies';

async function write(raw: ServerResponse, data: readonly string[]): Promise<void> {
  if (data.length === 0 || raw.destroyed) return;
  if (!raw.write(data.map((each) => `data: ${each}\n\n`).join('')))
    await Promise.race([once(raw, 'drain'), once(raw, 'close')]);
}

/** Sends what leaves of the answer, until it or the client has ended. */
async function pump(raw: ServerResponse, upstream: UpstreamAnswer, answer: AnswerStream): Promise<void> {
  const reader = readEvents();
  const send = async (rewritten: Rewritten): Promise<boolean> => {
    await write(raw, rewritten.data);
    return rewritten.over || raw.destroyed;
  };
  for await (const bytes of upstream.body)
    for (const data of reader.take(bytes)) if (await send(await answer.take(upstream.masked(data)))) return;
  for (const data of reader.end()) if (await send(await answer.take(upstream.masked(data)))) return;
  await send(await answer.end());
}

/** Guards and forwards a stream. The reply is the raw socket's from here on: its status has been decided. */
export async function streamAnswer(
  reply: FastifyReply,
  guard: GuardService,
  asked: Asked,
  headers: Readonly<Record<string, string>>,
  upstream: UpstreamAnswer,
): Promise<FastifyReply> {
  const context = textsOfRequest(asked.body).map(({ message }) => message);
  const openGuard = await guard.openAnswer(guardRequest(asked, context), asked.mode);
  const answer = new AnswerStream({ openGuard, sentence: sentenceFor });
  const { raw } = reply.hijack();
  raw.writeHead(upstream.status, {
    ...upstream.headers,
    ...headers,
    'cache-control': 'no-cache',
    'x-accel-buffering': 'no',
    trailer: `${RELEASED}, ${POLICIES}`,
  });
  try {
    await pump(raw, upstream, answer);
  } catch (error) {
    const reason = error instanceof RangeError ? error.message : 'it broke off in the middle of the answer';
    if (!raw.destroyed) await write(raw, [JSON.stringify(problemOf(new RedoubtError('UPSTREAM_FAILED', { reason })))]);
  }
  raw.addTrailers({ [RELEASED]: String(answer.released), [POLICIES]: policiesOf(answer.findings).join(',') });
  raw.end();
  return reply;
}
