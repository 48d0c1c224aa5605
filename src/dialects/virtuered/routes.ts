// VirtueRed's `/v1/scan/*`: routes, authentication, errors as its document has them.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Caller, requireScope } from '../../access/keys.ts';
import { type ErrorKind, RedoubtError, retryHeaders } from '../../core/errors.ts';
import { archiveOf, madeAt, pdfOf, resultsOf, withHashes } from '../../scan/artifacts.ts';
import { findAttackById } from '../../scan/attacks/index.ts';
import type { ScanRequest } from '../../scan/request.ts';
import type { Summary } from '../../scan/summarise.ts';
import { finishTimes } from '../../store/access.ts';
import { worstTests } from '../../store/aggregates.ts';
import { testsByNumber } from '../../store/results.ts';
import { openTest } from '../../store/stored-test.ts';
import type { Dialect, DialectServices } from '../dialect.ts';
import { parseJsonBody, parseTomlBody, readBody } from './body.ts';
import { continueScan } from './continue.ts';
import { listBody, progressBody, sandboxBody, scanIdBody, startBody, usageBody } from './schema.ts';
import { type DatasetFailures, failureOf, MOST_FAILURES, summaryAnswer } from './summary.ts';
import { bears, ownId, progressAnswer, sandboxRequest, startRequest, wireId } from './translate.ts';
import { usageAnswer } from './usage.ts';

const statusOfKind: Readonly<Record<ErrorKind, number>> = {
  'bad-request': 400,
  unauthorised: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 400,
  'too-large': 413,
  'rate-limited': 429,
  unavailable: 500,
  internal: 500,
};

/** The document names no shape of an error; clients in the wild read one of these. */
function errorBody(status: number, message: string): Record<string, unknown> {
  return { status, error: message, message, detail: message };
}

const BODY_LIMIT = '1 MB';

function ownError(error: unknown): RedoubtError | null {
  if (error instanceof RedoubtError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new RedoubtError('BODY_TOO_LARGE', { value: BODY_LIMIT });
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return new RedoubtError('INVALID_BODY', { reason: 'send Content-Type: application/json or application/toml.' });
  return null;
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const known = ownError(error);
  if (known === null) request.log.error(error);
  const shown = known ?? new RedoubtError('INTERNAL');
  const status = statusOfKind[shown.kind];
  void reply.status(status).headers(retryHeaders(shown)).send(errorBody(status, shown.message));
}

async function callerOf(services: DialectServices, request: FastifyRequest): Promise<Caller> {
  const key = request.headers['x-api-key'];
  if (typeof key !== 'string' || key === '') throw new RedoubtError('MISSING_KEY', { field: 'X-API-Key' });
  return services.callerOf(key);
}

async function failuresOf(services: DialectServices, summary: Summary): Promise<Map<string, DatasetFailures>> {
  const { store, vault } = services;
  const failures = new Map<string, DatasetFailures>();
  for (const dataset of summary.datasets) {
    const { testNumbers, total } = await worstTests(store, summary.scan_id, dataset.slug, MOST_FAILURES);
    if (total === 0) continue;
    const rows = await testsByNumber(store, summary.scan_id, testNumbers);
    const entries = rows.map((row) => failureOf(openTest(vault, row), findAttackById(row.attack)?.title ?? row.attack));
    failures.set(dataset.name, { failures: entries, total });
  }
  return failures;
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
        .header('content-disposition', 'attachment; filename="scan-results.zip"')
        .send(archive);
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
    app.post(path, async (request, reply) => handle(callers.get(request)!, request.body, reply));
}

export const virtuered: Dialect = { id: 'virtuered', register };
