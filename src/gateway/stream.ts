// A streamed answer: events come in from the upstream, and leave as far as the guard lets them.
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import { RedoubtError } from '../core/errors.ts';
import type { GuardService } from '../guard/service.ts';
import type { Release, StreamGuard } from '../guard/stream-guard.ts';
import type { MaskedPieces } from '../models/masked-pieces.ts';
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

const nothing: Release = { text: '', stoppedBy: null };

/** A guard that hears the text without the key of the upstream, however many events the key is spread over. */
function withoutKey(guard: StreamGuard, pieces: MaskedPieces): StreamGuard {
  const tell = (text: string): Promise<Release> => (text === '' ? Promise.resolve(nothing) : guard.push(text));
  return {
    released: () => guard.released(),
    findings: () => guard.findings(),
    push: (text) => tell(pieces.take(text)),
    end: (text = '') => guard.end(pieces.take(text) + pieces.end()),
  };
}

/**
 * Sends what leaves of the answer, until it or the client has ended. The texts of an answer have lost the key by then;
 * what else an event holds, such as names and errors, comes whole and loses it last.
 */
async function pump(raw: ServerResponse, upstream: UpstreamAnswer, answer: AnswerStream): Promise<void> {
  const reader = readEvents();
  const send = async (rewritten: Rewritten): Promise<boolean> => {
    await write(
      raw,
      rewritten.data.map((each) => upstream.masked(each)),
    );
    return rewritten.over || raw.destroyed;
  };
  for await (const bytes of upstream.body)
    for (const data of reader.take(bytes)) if (await send(await answer.take(data))) return;
  for (const data of reader.end()) if (await send(await answer.take(data))) return;
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
  const open = await guard.openAnswer(guardRequest(asked, context), asked.mode);
  const openGuard = (): StreamGuard => withoutKey(open(), upstream.pieces());
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
    if (!answer.wasHeard) throw new RangeError('its stream holds no event that can be read');
  } catch (error) {
    const reason = error instanceof RangeError ? error.message : 'it broke off in the middle of the answer';
    if (!raw.destroyed) await write(raw, [JSON.stringify(problemOf(new RedoubtError('UPSTREAM_FAILED', { reason })))]);
  }
  raw.addTrailers({ [RELEASED]: String(answer.released), [POLICIES]: policiesOf(answer.findings).join(',') });
  raw.end();
  return reply;
}
