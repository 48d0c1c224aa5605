// EvalGuard's `POST /api/v1/security` and what its clients call beside it: routes and authentication.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Caller, requireScope, type Scope, scopes } from '../../access/keys.ts';
import { keyIn } from '../../access/request-key.ts';
import { RedoubtError } from '../../core/errors.ts';
import { sha256OfJson } from '../../core/hash.ts';
import { isUuid, newId } from '../../core/ids.ts';
import { isoTime } from '../../core/iso-time.ts';
import { jsonOf } from '../../core/json-text.ts';
import { requireFramework } from '../../scan/frameworks.ts';
import { latestScans } from '../../store/scans.ts';
import type { Dialect, DialectServices } from '../dialect.ts';
import { pluginAnswers, scorerAnswers } from './catalogue.ts';
import { complianceAnswer } from './compliance.ts';
import { documents } from './document.ts';
import { burpXml, dpoLines } from './exports.ts';
import { findingsOf } from './findings.ts';
import { firewallAnswer, guardRequest, guardrailAnswer } from './firewall.ts';
import { answerError, FieldProblems, REQUEST_ID, read, readAll } from './problem.ts';
import { findNames, requireOwnProject, requireState, startOnce, statesOf, untilEnded } from './scans.ts';
import {
  complianceQuery,
  deadlineHeader,
  exportQuery,
  firewallBody,
  guardrailBody,
  idempotencyHeader,
  listQuery,
  type ScanBody,
  scanBody,
} from './schema.ts';
import { detailAnswer, rowAnswer, scanAnswer } from './translate.ts';

/** One request of a caller who is known. */
interface Call {
  readonly caller: Caller;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Aborted when the server is being stopped. */
  readonly closing: AbortSignal;
}

interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  /** Left out: any valid key. */
  readonly scope?: Scope;
  readonly handle: (services: DialectServices, call: Call) => Promise<unknown>;
}

const enveloped = (data: unknown): Record<string, unknown> => ({ success: true, data });

/** What of a body can be looked up although other parts of it do not fit. */
const lookedUp = (body: unknown): Pick<ScanBody, 'model' | 'attackTypes'> => {
  const { model, attackTypes } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const names = Array.isArray(attackTypes) ? attackTypes : [];
  return {
    model: typeof model === 'string' ? model : '',
    attackTypes: names.every((name) => typeof name === 'string' && name !== '') ? names.slice(0, 50) : [],
  };
};

async function postScan(services: DialectServices, { caller, request, reply, closing }: Call): Promise<unknown> {
  const askedAt = services.clock.now();
  const { body, headers } = request;
  const given = read(scanBody, body ?? {});
  const key = read(idempotencyHeader, headers['idempotency-key']);
  const deadline = read(deadlineHeader, headers['x-redoubt-deadline']);
  const named = (name: string, problems: readonly string[] | null): string[] =>
    (problems ?? []).map((problem) => problem.replace(/^body/, name));
  const problems = [
    ...(given.problems ?? []),
    ...named('Idempotency-Key', key.problems),
    ...named('X-Redoubt-Deadline', deadline.problems),
  ];
  await requireOwnProject(services, caller, given.data?.projectId);
  const once =
    key.data === undefined || key.data === null
      ? undefined
      : { key: key.data, bodySha256: sha256OfJson(body ?? null), field: 'Idempotency-Key' };
  const known = once ? await services.scans.startedBy(caller.projectId, once) : null;
  const begun = known ?? (await start());
  const row = await untilEnded(services, begun, closing);
  const [state] = await statesOf(services, [row]);
  return reply.status(201).send(enveloped(scanAnswer(state!)));

  async function start() {
    const found = await findNames(services, caller, lookedUp(body), problems);
    if (given.data === null) throw new FieldProblems(problems);
    const deadlineMs = deadline.data == null ? services.options.deadlineMs : deadline.data * 1000;
    return startOnce(services, caller, given.data, found, { endsAt: askedAt + deadlineMs, deadlineMs, once });
  }
}

const idOf = ({ request }: Call): string => (request.params as { readonly id: string }).id;

async function getScan(services: DialectServices, call: Call): Promise<unknown> {
  const state = await requireState(services, call.caller, idOf(call));
  const found = await findingsOf(services, state.row, state.figures.findings);
  return enveloped(
    detailAnswer(
      state,
      found.map(({ finding }) => finding),
    ),
  );
}

async function listScans(services: DialectServices, { caller, request }: Call): Promise<unknown> {
  const { projectId, limit } = readAll(listQuery, request.query);
  await requireOwnProject(services, caller, projectId);
  const rows = await latestScans(services.store, caller.projectId, 'rounds', limit);
  return enveloped((await statesOf(services, rows)).map(rowAnswer));
}

async function deleteScan(services: DialectServices, call: Call): Promise<unknown> {
  const { row } = await requireState(services, call.caller, idOf(call));
  try {
    await services.scans.remove(call.caller.projectId, row.id, call.caller.keyName);
  } catch (error) {
    // This API has no pause, which that error speaks of.
    if (!(error instanceof RedoubtError) || error.code !== 'SCAN_BUSY') throw error;
    throw new RedoubtError('SCAN_UNDER_WAY', { value: row.id }, error);
  }
  return enveloped({ deleted: true, id: row.id });
}

async function compliance(services: DialectServices, call: Call): Promise<unknown> {
  const framework = requireFramework(readAll(complianceQuery, call.request.query).framework, 'framework');
  const { row, figures, tests } = await requireState(services, call.caller, idOf(call));
  const found = await findingsOf(services, row, figures.findings);
  return enveloped(
    complianceAnswer(
      framework,
      tests,
      figures,
      found.map(({ finding }) => finding),
    ),
  );
}

async function exportScan(services: DialectServices, { caller, request, reply }: Call): Promise<unknown> {
  const { projectId, runId, format } = readAll(exportQuery, request.query);
  await requireOwnProject(services, caller, projectId);
  const { row, spec, figures } = await requireState(services, caller, runId);
  const found = (await findingsOf(services, row, figures.findings)).map(({ finding }) => finding);
  const text =
    format === 'burp'
      ? burpXml(found, new URL(spec.target.url).origin, isoTime(row.ended_at ?? row.created_at))
      : dpoLines(found);
  if (text === null) throw new RedoubtError('NOT_FOUND', { field: 'A preference pair of the scan', value: runId });
  return reply
    .type(format === 'burp' ? 'application/xml; charset=utf-8' : 'application/jsonl; charset=utf-8')
    .send(text);
}

async function guardrails(services: DialectServices, { caller, request }: Call): Promise<unknown> {
  const { projectId, text } = readAll(guardrailBody, request.body);
  await requireOwnProject(services, caller, projectId);
  return enveloped(guardrailAnswer(await services.guard.service.check(guardRequest(caller.projectId, text))));
}

async function firewall(services: DialectServices, { caller, request }: Call): Promise<unknown> {
  const { projectId, input, rules } = readAll(firewallBody, request.body);
  await requireOwnProject(services, caller, projectId);
  const asked = guardRequest(caller.projectId, input, rules ?? []);
  return enveloped(firewallAnswer(await services.guard.service.check(asked)));
}

const ZEROS = '00000000-0000-0000-0000-000000000000';

/** Without an envelope: so the vendor's clients read it. Zeros stand for the project of the key where its id is no UUID. */
async function currentProject(_: DialectServices, { caller }: Call): Promise<unknown> {
  const id = isUuid(caller.projectId) ? caller.projectId : ZEROS;
  return { projectId: id, orgId: id };
}

const unpinned = {
  requiredMinimumVersion: null,
  requiredMaximumVersion: null,
  versionCheck: { allowed: true, status: 'unpinned', reason: null },
};

const counted = (name: string, items: readonly unknown[]): Record<string, unknown> => ({
  [name]: items,
  total: items.length,
});

const routes: readonly Route[] = [
  { method: 'POST', path: '/security', scope: 'scan', handle: postScan },
  { method: 'GET', path: '/security', scope: 'read', handle: listScans },
  { method: 'GET', path: '/security/:id', scope: 'read', handle: getScan },
  { method: 'DELETE', path: '/security/:id', scope: 'scan', handle: deleteScan },
  { method: 'GET', path: '/security/:id/compliance', scope: 'read', handle: compliance },
  { method: 'GET', path: '/exports', scope: 'read', handle: exportScan },
  { method: 'POST', path: '/guardrails', scope: 'guard', handle: guardrails },
  { method: 'POST', path: '/firewall/check', scope: 'guard', handle: firewall },
  { method: 'GET', path: '/project/current', handle: currentProject },
  { method: 'GET', path: '/client/policy', handle: async () => enveloped(unpinned) },
  { method: 'GET', path: '/plugins', handle: async () => enveloped(counted('plugins', pluginAnswers())) },
  { method: 'GET', path: '/scorers', handle: async () => enveloped(counted('scorers', scorerAnswers())) },
];

function parseJson(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return jsonOf(text);
  } catch (cause) {
    throw new RedoubtError('INVALID_BODY', { reason: 'it is not valid JSON.' }, cause);
  }
}

const isScope = (word: unknown): word is Scope => scopes.some((scope) => scope === word);

/** The routes below one prefix. A key is looked at before a body is read. */
function mount(app: FastifyInstance, services: DialectServices, isDocumented: boolean): void {
  const closing = new AbortController();
  const callers = new WeakMap<FastifyRequest, Caller>();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_: FastifyRequest, text: string) =>
    parseJson(text),
  );
  app.setErrorHandler(answerError);
  app.addHook('preClose', async () => closing.abort());
  app.addHook('onRequest', async (request, reply) => {
    void reply.header(REQUEST_ID, newId());
    const caller = await services.callerOf(keyIn(request.headers));
    const { scope } = request.routeOptions.config;
    if (isScope(scope)) requireScope(caller, scope);
    callers.set(request, caller);
  });
  for (const { method, path, scope, handle } of routes)
    for (const url of [path, `${path}/`])
      app.route({
        method,
        url,
        config: {
          scope: scope ?? 'any',
          ...(isDocumented && url === path ? { document: documents[`${method} ${path}`] } : {}),
        },
        handler: (request, reply) =>
          handle(services, { caller: callers.get(request)!, request, reply, closing: closing.signal }),
      });
}

/** A client that is given a bare origin leaves "/api" out. */
const ALIAS = '/v1';
const PREFIX = '/api/v1';

function register(app: FastifyInstance, services: DialectServices): void {
  app.register(
    async (scope) => {
      mount(scope, services, true);
      scope.setNotFoundHandler((request, reply) => {
        const value = `${request.method} ${request.url.split('?')[0]}`;
        answerError(new RedoubtError('NOT_FOUND', { field: 'Path', value }), request, reply);
      });
    },
    { prefix: PREFIX },
  );
  app.register(async (scope) => mount(scope, services, false), { prefix: ALIAS });
}

/** Below the alias others have paths too. */
const aliases = routes.map(({ path }) => `${ALIAS}/${path.split('/')[1]}`);

export const evalguard: Dialect = { id: 'evalguard', register, face: { prefixes: [PREFIX, ...aliases], answerError } };
