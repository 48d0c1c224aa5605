// Guardion's `/v1/eval`, its newer `/v1/guard`, policies and detokenize: routes and authentication.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Caller, requireOwnScope, requireScope } from '../../access/keys.ts';
import { RedoubtError, retryHeaders } from '../../core/errors.ts';
import { detectors } from '../../guard/detectors/index.ts';
import { redactionToken } from '../../guard/token-form.ts';
import type { Dialect, DialectServices } from '../dialect.ts';
import { getDocuments, postDocuments } from './document.ts';
import { ignoredKeys } from './ignored-keys.ts';
import { answerOf, readBody } from './problem.ts';
import { detokenizeBody, evalBody, guardBody, policyBody } from './schema.ts';
import { evalAnswer, evalRequest, guardAnswer, guardCall, policyAnswer, policyOf, vendorWords } from './translate.ts';

const BODY_LIMIT_BYTES = 4 * 1024 * 1024;

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const known = answerOf(error);
  if (known === null) request.log.error(error);
  if (error instanceof RedoubtError) void reply.headers(retryHeaders(error));
  const { status, body } = known ?? { status: 500, body: { detail: new RedoubtError('INTERNAL').message } };
  void reply.status(status).send(body);
}

const BEARER = 'bearer ';

async function callerOf(lookup: DialectServices['callerOf'], request: FastifyRequest): Promise<Caller> {
  const header = request.headers.authorization ?? '';
  const key = header.toLowerCase().startsWith(BEARER) ? header.slice(BEARER.length).trim() : '';
  if (key === '') throw new RedoubtError('MISSING_KEY', { field: 'Authorization: Bearer' });
  return lookup(key);
}

type Handler = (caller: Caller, body: unknown, reply: FastifyReply) => Promise<unknown>;

function nameIgnored(reply: FastifyReply, kind: Parameters<typeof ignoredKeys>[0], body: unknown): void {
  const ignored = ignoredKeys(kind, body);
  if (ignored !== null) void reply.header('x-redoubt-ignored', ignored);
}

async function detokenized(services: DialectServices, caller: Caller, body: unknown): Promise<unknown> {
  requireOwnScope(caller, 'detokenize');
  const { session, tokens, text } = readBody(detokenizeBody, body);
  const asked = [...new Set(tokens ?? text?.match(redactionToken) ?? [])];
  const values: Record<string, string | null> = {};
  for (const each of asked)
    values[each] = await services.guard.tokens.reveal(caller.projectId, session ?? null, each, caller.keyName);
  if (text == null) return { object: 'detokenize', values };
  return { object: 'detokenize', values, text: text.replace(redactionToken, (each) => values[each] ?? each) };
}

function postHandlers(services: DialectServices): Record<string, Handler> {
  const { guard, clock } = services;
  return {
    async '/v1/eval'(caller, given, reply) {
      const body = readBody(evalBody, given);
      nameIgnored(reply, 'eval', given);
      return evalAnswer(await guard.service.check(evalRequest(caller.projectId, body)), body, clock.now());
    },
    async '/v1/guard'(caller, given, reply) {
      const body = readBody(guardBody, given);
      nameIgnored(reply, 'guard', given);
      const call = guardCall(caller.projectId, body);
      return guardAnswer(await guard.service.check(call.request), call, body, clock.now());
    },
    async '/v1/policies'(caller, given, reply) {
      const body = readBody(policyBody, given);
      nameIgnored(reply, 'policy', given);
      const { policy, checks } = await guard.policies.saveChanged(
        caller.projectId,
        policyOf(body),
        caller.keyName,
        vendorWords,
      );
      const remarks = checks.flatMap(({ detector, open }) =>
        open.remark === undefined ? [] : [`${detector.id}: ${open.remark}`],
      );
      return { ...policyAnswer(policy), ...(remarks.length > 0 ? { remarks } : {}) };
    },
    '/v1/detokenize': (caller, given) => detokenized(services, caller, given),
  };
}

function register(app: FastifyInstance, services: DialectServices): void {
  app.setErrorHandler(answerError);
  // Else a text would be taken for the body itself, and complained about as no object.
  app.removeContentTypeParser('text/plain');
  const callers = new WeakMap<FastifyRequest, Caller>();
  app.addHook('onRequest', async (request) => {
    const path = request.url.split('?')[0] ?? '';
    const caller = await callerOf(services.callerOf, request);
    if (path !== '/v1/detokenize') requireScope(caller, 'guard');
    callers.set(request, caller);
  });
  for (const [path, handle] of Object.entries(postHandlers(services)))
    app.post(path, { bodyLimit: BODY_LIMIT_BYTES, config: { document: postDocuments[path] } }, async (request, reply) =>
      handle(callers.get(request)!, request.body, reply),
    );
  app.get('/v1/policies', { config: { document: getDocuments['/v1/policies'] } }, async (request) =>
    (await services.guard.policies.all(callers.get(request)!.projectId)).map(({ policy }) => policyAnswer(policy)),
  );
  app.get('/v1/policies/detectors', { config: { document: getDocuments['/v1/policies/detectors'] } }, async () =>
    detectors.map((detector) => detector.id),
  );
}

export const guardion: Dialect = { id: 'guardion', register };
