// Starts a simulated target: a server that stands in for an OpenAI-compatible model and says so in every answer.
import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { RedoubtError } from '../core/errors.ts';
import { SIMULATED_HEADER } from '../core/simulated.ts';
import { type ChatEndpoint, chatEndpoint, keyProblem } from './chat-endpoint.ts';
import { json, send } from './deliver.ts';
import { problems } from './openai-problem.ts';
import { modelName, profiles, type SimulatedTarget, type SimulatedTargetOptions } from './target-options.ts';

const bodyLimit = 32 * 1024 * 1024;
const marked = { [SIMULATED_HEADER]: 'true' };

const modelList = JSON.stringify({
  object: 'list',
  data: profiles.map((profile) => ({
    id: modelName(profile),
    object: 'model',
    created: 0,
    owned_by: 'redoubt-simulated',
  })),
});

function mount(app: FastifyInstance, endpoint: ChatEndpoint, key: string | undefined): void {
  app.post('/v1/chat/completions', (request, reply) => {
    endpoint.answer(request, reply);
  });
  app.get('/v1/models', (request, reply) => {
    const wrong = key === undefined ? null : keyProblem(request.headers.authorization, key);
    send(reply, marked, wrong ? { kind: 'problem', problem: wrong } : { kind: 'body', text: modelList, type: json });
  });
  app.get('/healthz', (_request, reply) => {
    reply.headers(marked).send({ status: 'ok', simulated: true });
  });
  app.get('/stats', (_request, reply) => {
    reply.headers(marked).send(endpoint.stats());
  });
  app.setNotFoundHandler((request, reply) => {
    const problem = problems.unknownPath(request.method, request.url.split('?')[0]!);
    send(reply, marked, { kind: 'problem', problem });
  });
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const status = error.statusCode ?? 500;
    const problem = status >= 500 ? problems.serverError() : problems.unreadable(status, error.message);
    send(reply, marked, { kind: 'problem', problem });
  });
}

const inUse = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';

/**
 * Listens until closed. The request's model name chooses the profile when it is one of the simulated models;
 * any other name gets `options.profile`. Throws PORT_IN_USE when the port is taken.
 */
export async function startSimulatedTarget(options: SimulatedTargetOptions = {}): Promise<SimulatedTarget> {
  const app = Fastify({ logger: false, bodyLimit, forceCloseConnections: true });
  const endpoint = chatEndpoint(options);
  const host = options.host ?? '127.0.0.1';
  mount(app, endpoint, options.key);
  try {
    await app.listen({ host, port: options.port ?? 0 });
  } catch (error) {
    await app.close();
    if (inUse(error)) throw new RedoubtError('PORT_IN_USE', { value: `${host}:${options.port}` }, error);
    throw error;
  }
  const { port } = app.server.address() as AddressInfo;
  const authority = host.includes(':') ? `[${host}]` : host;
  return { url: `http://${authority}:${port}/v1`, port, close: () => app.close(), stats: endpoint.stats };
}
