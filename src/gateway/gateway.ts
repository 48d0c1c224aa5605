// The gateway: an OpenAI-compatible proxy that asks the guard about what goes in and about what comes out.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Caller, requireScope } from '../access/keys.ts';
import { keyIn } from '../access/request-key.ts';
import { invalidField, RedoubtError } from '../core/errors.ts';
import { fieldPath } from '../core/field-path.ts';
import { issueReason, issueWords, plainIssue } from '../core/issue-words.ts';
import type { GuardService } from '../guard/service.ts';
import type { NamedModel } from '../models/named-models.ts';
import { type ChatBody, chatBodySchema } from './body.ts';
import { documents } from './document.ts';
import { type Asked, checkRequest, finishWhole, refusal } from './exchange.ts';
import { answerProblem } from './problem.ts';
import { streamAnswer } from './stream.ts';
import { callUpstream, type UpstreamAnswer, type Upstreams } from './upstream.ts';

export interface GatewayServices {
  readonly guard: GuardService;
  readonly upstreams: Upstreams;
  /** Who a key belongs to; throws WRONG_KEY. */
  readonly callerOf: (key: string) => Promise<Caller>;
}

const BODY_LIMIT_BYTES = 16 * 1024 * 1024;
/** Texts may come as the numbers of their tokens; no schema looks at them. */
const MOST_VALUES_TO_EMBED = 2_000_000;
const MOST_POLICIES = 50;

async function requireCaller(request: FastifyRequest, services: GatewayServices): Promise<Caller> {
  const caller = await services.callerOf(keyIn(request.headers));
  requireScope(caller, 'guard');
  return caller;
}

const headerOf = (request: FastifyRequest, name: string): string | null => {
  const value = request.headers[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
};

function bodyOf(request: FastifyRequest): ChatBody {
  const parsed = chatBodySchema.safeParse(request.body, { reportInput: true, error: issueWords });
  if (parsed.success) return parsed.data;
  const issue = plainIssue(parsed.error.issues[0]!);
  throw invalidField(fieldPath(issue.path) || 'body', issueReason(issue));
}

/** Who asks, under which policies; the caller chooses them by headers, so that any OpenAI client can. */
async function askedBy(request: FastifyRequest, services: GatewayServices): Promise<Asked> {
  const caller = await requireCaller(request, services);
  const policies =
    headerOf(request, 'x-redoubt-policies')
      ?.split(',')
      .map((id) => id.trim()) ?? [];
  if (policies.length > MOST_POLICIES)
    throw invalidField('x-redoubt-policies', `names more than ${MOST_POLICIES} policies`);
  const body = bodyOf(request);
  const mode = body.stream === 'hold' || headerOf(request, 'x-redoubt-stream') === 'hold' ? 'hold' : 'window';
  return { caller, body, policies, session: headerOf(request, 'x-redoubt-session'), mode };
}

function requireUpstream(upstreams: Upstreams, model: string): NamedModel {
  const found = upstreams.find(model);
  if (found) return found;
  const known = upstreams.names.length === 0 ? 'none is set up' : `set up: ${upstreams.names.join(', ')}`;
  throw new RedoubtError('MODEL_UNKNOWN', { field: 'model', value: model, reason: known });
}

/** Aborted once the client has gone: what nobody reads is not asked for. */
function whileConnected(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return gone.signal;
}

/** As it came, but for keys: status, body, and the headers that may be handed on. */
async function passOn(reply: FastifyReply, answer: UpstreamAnswer): Promise<FastifyReply> {
  // Read first: where it breaks off, the reply is another.
  const text = await answer.text();
  return reply.status(answer.status).headers(answer.headers).send(text);
}

async function complete(request: FastifyRequest, reply: FastifyReply, services: GatewayServices): Promise<unknown> {
  const asked = await askedBy(request, services);
  const upstream = requireUpstream(services.upstreams, asked.body.model);
  const checked = await checkRequest(services.guard, asked);
  void reply.headers(checked.headers);
  if (checked.denied !== null) return refusal(reply, asked, checked.denied);
  const isStreamed = asked.body.stream === true || asked.body.stream === 'hold';
  const { stream: _asWritten, ...rest } = checked.body;
  const sent = JSON.stringify({ ...rest, model: upstream.model, ...(isStreamed ? { stream: true } : {}) });
  const answer = await callUpstream(services.upstreams.dispatcher(upstream), upstream, {
    path: '/chat/completions',
    method: 'POST',
    body: sent,
    named: asked.body.model,
    signal: whileConnected(reply),
  });
  if (answer.status < 200 || answer.status > 299) return passOn(reply, answer);
  const isEvents = answer.headers['content-type']?.toLowerCase().startsWith('text/event-stream') === true;
  if (isEvents) return streamAnswer(reply, services.guard, { ...asked, body: checked.body }, checked.headers, answer);
  return finishWhole(reply, services.guard, { ...asked, body: checked.body }, answer);
}

/** Passed through unread: there is nothing in them that the guard judges. */
function addPassedThrough(scope: FastifyInstance, services: GatewayServices): void {
  const { upstreams } = services;
  const through = async (
    reply: FastifyReply,
    upstream: NamedModel,
    call: Omit<Parameters<typeof callUpstream>[2], 'signal'>,
  ): Promise<FastifyReply> =>
    passOn(
      reply,
      await callUpstream(upstreams.dispatcher(upstream), upstream, { ...call, signal: whileConnected(reply) }),
    );
  scope.get('/models', { config: { document: documents.models } }, async (request, reply) => {
    await requireCaller(request, services);
    const main = upstreams.default();
    if (main !== null) return through(reply, main, { path: '/models', method: 'GET', body: null, named: null });
    return { object: 'list', data: upstreams.names.map((id) => ({ id, object: 'model', owned_by: 'redoubt' })) };
  });
  const config = { document: documents.embeddings, mostValues: MOST_VALUES_TO_EMBED };
  scope.post('/embeddings', { bodyLimit: BODY_LIMIT_BYTES, config }, async (request, reply) => {
    await requireCaller(request, services);
    const parsed = z.looseObject({ model: z.string() }).safeParse(request.body);
    if (!parsed.success) throw invalidField('model', 'must be the name of a model');
    const upstream = requireUpstream(upstreams, parsed.data.model);
    const sent = JSON.stringify({ ...parsed.data, model: upstream.model });
    const named = parsed.data.model;
    return through(reply, upstream, { path: '/embeddings', method: 'POST', body: sent, named });
  });
}

export const gatewayPrefix = '/gateway/v1';

/** Adds /gateway/v1 to the server. */
export async function mountGateway(app: FastifyInstance, services: GatewayServices): Promise<void> {
  await app.register(
    async (scope) => {
      scope.setErrorHandler(answerProblem);
      // Else a text would be taken for the body itself, and complained about as no object.
      scope.removeContentTypeParser('text/plain');
      scope.post(
        '/chat/completions',
        { bodyLimit: BODY_LIMIT_BYTES, config: { document: documents.chat } },
        (request, reply) => complete(request, reply, services),
      );
      addPassedThrough(scope, services);
    },
    { prefix: gatewayPrefix },
  );
}
