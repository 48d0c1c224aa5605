// VirtueRed's `/v1/scan/*`: routes, authentication, errors as its document has them.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Caller, requireScope } from '../../access/keys.ts';
import { RedoubtError } from '../../core/errors.ts';
import { archiveOf, madeAt, pdfOf, resultsOf, withHashes } from '../../scan/artifacts.ts';
import { signedInPassing } from '../../scan/evidence/files.ts';
import type { ScanRequest } from '../../scan/request.ts';
import { finishTimes } from '../../store/access.ts';
import type { Dialect, DialectServices } from '../dialect.ts';
import { parseJsonBody, parseTomlBody, readBody } from './body.ts';
import { continueScan } from './continue.ts';
import { documents } from './document.ts';
import { failuresOf } from './failures.ts';
import { answerError } from './problem.ts';
import { listBody, progressBody, sandboxBody, scanIdBody, startBody, usageBody } from './schema.ts';
import { summaryAnswer } from './summary.ts';
import { bears, ownId, progressAnswer, sandboxRequest, startRequest, wireId } from './translate.ts';
import { usageAnswer } from './usage.ts';

const ARCHIVE = 'scan-results.zip';

async function callerOf(services: DialectServices, request: FastifyRequest): Promise<Caller> {
  const key = request.headers['x-api-key'];
  if (typeof key !== 'string' || key === '') throw new RedoubtError('MISSING_KEY', { field: 'X-API-Key' });
  return services.callerOf(key);
}

type Handler = (caller: Caller, body: unknown, reply: FastifyReply) => Promise<unknown>;

function handlersOf(services: DialectServices): Record<string, Handler> {
  const { scans, store, clock } = services;
  const started = async (request: ScanRequest): Promise<unknown> => ({
    scan_id: wireId((await scans.start(request)).id),
    status: 200,
  });
  const named = (body: unknown): [string, string] => {
    const { scan_id } = readBody(scanIdBody, body);
    return [ownId(scan_id), scan_id];
  };
  return {
    async '/v1/scan/start'(caller, body) {
      const given = readBody(startBody, body);
      const request = startRequest(given, caller);
      const resumed = given.continue_flag ? await continueScan(services, request) : null;
      return resumed === null ? started(request) : { scan_id: wireId(resumed), status: 200 };
    },
    '/v1/sandbox/scan/start': (caller, body) => started(sandboxRequest(readBody(sandboxBody, body), caller)),
    async '/v1/scan/progress'(caller, body) {
      const { scan_id } = readBody(progressBody, body);
      if (scan_id != null) return progressAnswer(await scans.progress(caller.projectId, ownId(scan_id), scan_id));
      const { since, ...labels } = readBody(listBody, body);
      const listed = await scans.list(caller.projectId, since ?? undefined);
      return listed.filter((progress) => bears(progress, labels)).map(progressAnswer);
    },
    async '/v1/scan/summary'(caller, body) {
      const summary = await scans.summary(caller.projectId, named(body)[0], 'summary', named(body)[1]);
      return summaryAnswer(summary, await failuresOf(services, summary));
    },
    async '/v1/scan/download'(caller, body, reply) {
      const [id, asked] = named(body);
      const summary = await scans.summary(caller.projectId, id, 'download', asked);
      const failures = await failuresOf(services, summary);
      const row = await scans.get(caller.projectId, id, asked);
      const archive = archiveOf({
        results: () => resultsOf(services, row, (test) => test.row.role === 'case'),
        report: (resultsSha256) => pdfOf(services, row, summary, { resultsSha256, fullAnswers: false }),
        summary: (hashes) => summaryAnswer(withHashes(summary, hashes), failures),
        modified: madeAt(row),
      });
      return reply
        .type('application/zip')
        .header('content-disposition', `attachment; filename="${ARCHIVE}"`)
        .send(signedInPassing(services, { row, summary }, ARCHIVE, archive));
    },
    async '/v1/scan/pause'(caller, body) {
      const [id, asked] = named(body);
      await scans.pause(caller.projectId, id, asked);
      return { status: 'paused', scan_id: wireId(id) };
    },
    async '/v1/scan/retry'(caller, body) {
      const [id, asked] = named(body);
      await scans.retry(caller.projectId, id, asked);
      return { scan_id: wireId(id), status: 200 };
    },
    async '/v1/scan/usage'(caller, body) {
      const given = readBody(usageBody, body);
      return usageAnswer(given, caller.userId, await finishTimes(store, caller.projectId), clock.now());
    },
  };
}

function register(app: FastifyInstance, services: DialectServices): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_: FastifyRequest, text: string) =>
    parseJsonBody(text),
  );
  app.addContentTypeParser('application/toml', { parseAs: 'string' }, async (_: FastifyRequest, text: string) =>
    parseTomlBody(text),
  );
  app.setErrorHandler(answerError);
  const callers = new WeakMap<FastifyRequest, Caller>();
  app.addHook('onRequest', async (request) => {
    const caller = await callerOf(services, request);
    requireScope(caller, 'scan');
    callers.set(request, caller);
  });
  for (const [path, handle] of Object.entries(handlersOf(services)))
    app.post(path, { config: { document: documents[path] } }, async (request, reply) =>
      handle(callers.get(request)!, request.body, reply),
    );
}

export const virtuered: Dialect = { id: 'virtuered', register };
