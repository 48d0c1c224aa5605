// The HTTP server: mounts the dialects and our own API, each in a scope of its own, beside the few pages that need no key.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, type RouteOptions } from 'fastify';
import type { Access } from '../access/access.ts';
import { mountApi } from '../api/mount.ts';
import { statusOfKind } from '../api/problem.ts';
import type { ApiServices } from '../api/resource.ts';
import { RedoubtError, rateLimited, retryHeaders } from '../core/errors.ts';
import { tooLarge } from '../core/json-values.ts';
import type { DialectServices } from '../dialects/dialect.ts';
import { dialects } from '../dialects/index.ts';
import { mountGateway } from '../gateway/gateway.ts';
import type { Upstreams } from '../gateway/upstream.ts';
import { addDashboard } from './dashboard.ts';
import { addDocsPages } from './docs-page.ts';
import { addJudgePage, type JudgePageServices } from './judge-page.ts';
import { addMetricsPage } from './metrics-page.ts';
import { openDocuments } from './open-documents.ts';
import { noteRoutes } from './openapi.ts';
import { answerUnparsed } from './unparsed.ts';
import { answerNotFound, answerUnrouted } from './unrouted.ts';

const BODY_LIMIT_BYTES = 1024 * 1024;
const templatePath = fileURLToPath(new URL('../../data/templates/virtuered-scan-template.toml', import.meta.url));

export interface AppOptions extends DialectServices, ApiServices, JudgePageServices {
  /** The models behind the gateway. */
  readonly upstreams: Upstreams;
  /** Why no request can be served at this moment; null: one can. */
  readonly checkReady: () => Promise<string | null>;
  /** Proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies?: readonly string[];
  /** Hears of each route that is mounted. */
  readonly onRoute?: (route: RouteOptions) => void;
  /** Where log lines go; left out: nowhere. */
  readonly logTo?: NodeJS.WritableStream;
}

/** An error outside all faces: clients in the wild read one of these. */
const plainProblem = (status: number, message: string): Record<string, unknown> => ({
  status,
  error: message,
  message,
  detail: message,
});

function answerPlainly(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  if (!(error instanceof RedoubtError)) request.log.error(error);
  const shown = error instanceof RedoubtError ? error : new RedoubtError('INTERNAL');
  const status = statusOfKind[shown.kind];
  void reply.status(status).headers(retryHeaders(shown)).send(plainProblem(status, shown.message));
}

function addOpenPages(app: FastifyInstance, options: AppOptions): void {
  app.get('/healthz', { config: { document: openDocuments.health } }, async () => ({
    status: 'ok',
    version: options.software.version,
  }));
  app.get('/readyz', { config: { document: openDocuments.ready } }, async (_request, reply) => {
    const reason = await options.checkReady();
    if (reason === null) return { status: 'ready' };
    return reply.status(503).send({ status: 'not ready', reason });
  });
  app.get('/virtuered-scan-template.toml', async (_request, reply) =>
    reply
      .type('application/toml')
      .header('content-disposition', 'attachment; filename="virtuered-scan-template.toml"')
      .send(readFileSync(templatePath, 'utf8')),
  );
}

/** Of the paths behind which something is computed or kept; each face words the refusal in its own form. */
function addAddressLimit(app: FastifyInstance, { limiter, perAddress }: Access): void {
  if (perAddress === null) return;
  app.addHook('onRequest', async ({ ip }) => {
    const wait = await limiter.take(`address:${ip}`, perAddress);
    if (wait !== null) throw rateLimited('from this address', wait);
  });
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** How many values a body may hold, lists and objects included; left out: what is enough for a long chat. */
    mostValues?: number;
  }
}

/** No face unpacks a body: read as it came, it would be called broken JSON. */
function refuseCompressed(app: FastifyInstance): void {
  app.addHook('preParsing', async ({ headers }) => {
    const coding = headers['content-encoding']?.trim().toLowerCase() ?? '';
    if (coding !== '' && coding !== 'identity')
      throw new RedoubtError('INVALID_BODY', {
        reason: `it is compressed (${coding}). Send it without Content-Encoding.`,
      });
  });
}

/** Before a schema is asked: it would be busy for seconds with a body of a million wrong values. */
function addBodyLimit(app: FastifyInstance): void {
  app.addHook('preValidation', async ({ body, routeOptions }) => {
    const reason = tooLarge(body, routeOptions.config.mostValues);
    if (reason !== null) throw new RedoubtError('INVALID_BODY', { reason: `it ${reason}.` });
  });
}

/** The server without a port: for `listen`, and for tests that inject requests. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    logger: options.logTo ? { level: 'warn', stream: options.logTo, redact: ['req.headers'] } : false,
    forceCloseConnections: true,
    frameworkErrors: answerUnrouted(answerPlainly),
    clientErrorHandler: answerUnparsed(plainProblem),
    trustProxy: options.trustedProxies?.length ? [...options.trustedProxies] : false,
  });
  if (options.onRoute) app.addHook('onRoute', options.onRoute);
  app.setErrorHandler(answerPlainly);
  app.setNotFoundHandler(
    answerNotFound(
      ({ method }, reply, path) => void reply.status(404).send(plainProblem(404, `${method} ${path} does not exist.`)),
    ),
  );
  await noteRoutes(app, options.software);
  addAddressLimit(app, options.access);
  refuseCompressed(app);
  addBodyLimit(app);
  addOpenPages(app, options);
  addDashboard(app);
  addMetricsPage(app, options);
  addDocsPages(app);
  for (const dialect of dialects) await app.register(async (scope) => dialect.register(scope, options));
  await mountApi(app, options);
  await app.register(async (scope) => addJudgePage(scope, options));
  await mountGateway(app, { ...options, guard: options.guard.service });
  app.addHook('onClose', async () => {
    await options.upstreams.close();
    await options.access.close();
  });
  return app;
}
