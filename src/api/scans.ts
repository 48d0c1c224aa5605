// Scans: estimated, started, listed, looked at, paused, resumed, stopped, renamed, judged anew, deleted.
import { z } from 'zod';
import { sha256OfJson } from '../core/hash.ts';
import { bareId } from '../core/ids.ts';
import { scanKinds, scanStatuses } from '../core/scan-status.ts';
import { type Estimate, estimateOf } from '../scan/estimate.ts';
import { progressOf } from '../scan/progress.ts';
import type { Once } from '../scan/service.ts';
import { callCountersOf } from '../store/call-counters.ts';
import { helperCallsOf } from '../store/helper-calls.ts';
import { countersOf } from '../store/results.ts';
import { scansPage } from '../store/scan-pages.ts';
import type { ScanRow } from '../store/schema.ts';
import { cursorQuery, nextCursor, readCursor, writeCursor } from './cursor.ts';
import { problemSchema } from './problem.ts';
import { type ApiScope, type ApiServices, callerOfRequest, type Resource } from './resource.ts';
import { scanAnswer, scanDetailAnswer, scanDetailSchema, scanParams, scanSchema } from './scan-answer.ts';
import { callersName, requestOfBody, scanBody, scanName } from './scan-body.ts';
import { summarySchema } from './summary-schema.ts';

const detailOrProblem = { 200: scanDetailSchema, 400: problemSchema, 404: problemSchema };

const listQuery = z.object({
  cursor: cursorQuery,
  limit: z.coerce.number().int().min(1).max(200).default(50),
  status: z
    .union([z.enum(scanStatuses).transform((one) => [one]), z.array(z.enum(scanStatuses))])
    .optional()
    .describe('May be repeated'),
  kind: z.enum(scanKinds).optional(),
  target: z.string().max(200).optional().describe('`target.key` of a scan'),
  text: z.string().trim().min(1).max(200).optional().describe('Occurs in the name'),
});

const place = z.tuple([z.number(), z.string()]);

async function listed({ store, clock }: ApiServices, projectId: string, query: z.infer<typeof listQuery>) {
  const { cursor, limit, status, kind, target, text } = query;
  const [createdAt, id] = cursor === undefined ? [] : readCursor(cursor, place);
  const after = createdAt === undefined || id === undefined ? null : { createdAt, id };
  const filter = {
    ...(status === undefined ? {} : { statuses: status }),
    ...(kind === undefined ? {} : { kind }),
    ...(target === undefined ? {} : { targetKey: target }),
    ...(text === undefined ? {} : { nameHolds: text }),
  };
  const rows = await scansPage(store, projectId, filter, after, limit + 1);
  const page = rows.slice(0, limit);
  const counters = await countersOf(
    store,
    page.map((row) => row.id),
  );
  const last = page.at(-1);
  return {
    scans: page.map((row) => scanAnswer(row, progressOf(row, counters, clock.now()))),
    next: rows.length > limit && last !== undefined ? writeCursor([last.created_at, last.id]) : null,
  };
}

async function detailOf({ store, clock }: ApiServices, row: ScanRow): Promise<z.infer<typeof scanDetailSchema>> {
  const progress = progressOf(row, await countersOf(store, [row.id]), clock.now());
  return scanDetailAnswer(row, progress, await callCountersOf(store, row.id), await helperCallsOf(store, row.id));
}

function addLists(app: ApiScope, services: ApiServices): void {
  const { scans } = services;
  const list = {
    summary: 'Scans, newest first',
    operationId: 'listScans',
    tags: ['scans'],
    querystring: listQuery,
    response: { 200: z.object({ scans: z.array(scanSchema), next: nextCursor }), 400: problemSchema },
  };
  app.get('/scans', { config: { scope: 'read' }, schema: list }, async (request) =>
    listed(services, callerOfRequest(request).projectId, request.query),
  );
  const show = {
    summary: 'How a scan stands',
    operationId: 'getScan',
    tags: ['scans'],
    params: scanParams,
    response: { 200: scanDetailSchema, 404: problemSchema },
  };
  app.get('/scans/:scan_id', { config: { scope: 'read' }, schema: show }, async (request) => {
    const { scan_id } = request.params;
    return detailOf(services, await scans.get(callerOfRequest(request).projectId, bareId(scan_id), scan_id));
  });
  const summary = {
    summary: 'What a finished scan found',
    operationId: 'getScanSummary',
    tags: ['scans'],
    params: scanParams,
    response: { 200: summarySchema, 400: problemSchema, 404: problemSchema },
  };
  app.get('/scans/:scan_id/summary', { config: { scope: 'read' }, schema: summary }, async (request) => {
    const { scan_id } = request.params;
    return scans.summary(callerOfRequest(request).projectId, bareId(scan_id), 'summary', scan_id);
  });
}

const estimateSchema = z
  .object({
    tests: z.number().int().describe('Of ordinary cases'),
    cases: z.number().int(),
    twins: z.number().int().describe('Harmless requests beside them'),
    controls: z.number().int().describe('Harmless cases on which searches are run, too'),
    calls: z.number().int().describe('To the target: at most, retries apart'),
    attacker_calls: z.number().int().describe('At most'),
    judge_calls: z.number().int().describe('At most: what no other layer decides'),
    tokens: z.object({
      prompt: z.number().int().describe('By the length of the cases'),
      answer_at_most: z.number().int().nullable().describe('null where answers have no limit'),
    }),
    cost: z
      .object({
        currency: z.string(),
        at_most: z.number().describe('Every answer as long as it may be, all of them put to the judge model'),
        by_role: z.record(z.string(), z.number()).describe('target, attacker, judge'),
      })
      .nullable()
      .describe('null where the price of a model is not known'),
    seconds: z.number(),
    seconds_by: z.string().describe('What the time was reckoned from'),
    datasets: z.array(
      z.object({
        name: z.string(),
        slug: z.string(),
        cases: z.number().int(),
        tests: z.number().int(),
        needs_judge: z.number().int().describe('Cases that are left out, as only a judge model could decide them'),
        left_out: z.number().int().describe('Cases that searches and attacker models are not run on'),
        by_attack: z.record(z.string(), z.number().int()).describe('Tests by the label of the attack'),
      }),
    ),
    attacks: z.array(z.object({ id: z.string(), label: z.string() })),
    not_tested: z.array(z.string()).describe('In sentences'),
    unfinished: z.string().nullable().describe('A scan of the same request that has not finished'),
  })
  .meta({ id: 'Estimate' });

const estimateAnswer = (estimate: Estimate, unfinished: string | null): z.infer<typeof estimateSchema> => ({
  ...estimate,
  cost: estimate.cost === null ? null : { ...estimate.cost, by_role: { ...estimate.cost.by_role } },
  datasets: estimate.datasets.map(({ by_attack, ...dataset }) => ({ ...dataset, by_attack: { ...by_attack } })),
  attacks: [...estimate.attacks],
  not_tested: [...estimate.not_tested],
  unfinished,
});

const onceHeaders = z.object({
  'idempotency-key': z.string().min(1).max(200).optional().describe('Sent again with the same body: the same scan'),
});

/** Under which name a scan is to be started once, however often it is asked for. */
function onceOf(headers: z.infer<typeof onceHeaders>, body: unknown): Once | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  return { key, bodySha256: sha256OfJson(body), field: 'Idempotency-Key' };
}

function addStarts(app: ApiScope, services: ApiServices): void {
  const { scans } = services;
  const start = {
    summary: 'Start a scan',
    operationId: 'createScan',
    tags: ['scans'],
    headers: onceHeaders,
    body: scanBody,
    response: { 201: scanDetailSchema, 400: problemSchema, 404: problemSchema, 409: problemSchema },
  };
  app.post('/scans', { config: { scope: 'scan' }, schema: start }, async (request, reply) => {
    const once = onceOf(request.headers, request.body);
    const asked = await requestOfBody(services, request.body, callerOfRequest(request));
    return reply.status(201).send(await detailOf(services, await scans.start(asked, undefined, once)));
  });
  const demo = {
    summary: 'Start a scan of the simulated target: a first look without any model',
    operationId: 'createDemoScan',
    tags: ['scans'],
    headers: onceHeaders,
    response: { 201: scanDetailSchema, 409: problemSchema },
  };
  app.post('/scans/demo', { config: { scope: 'scan' }, schema: demo }, async (request, reply) => {
    const body = scanBody.parse({ target: { kind: 'simulated' }, preset: 'quick' });
    const once = onceOf(request.headers, body);
    const asked = await requestOfBody(services, body, callerOfRequest(request));
    return reply.status(201).send(await detailOf(services, await scans.start(asked, undefined, once)));
  });
  const estimate = {
    summary: 'What a scan would take, without starting it',
    operationId: 'estimateScan',
    tags: ['scans'],
    body: scanBody,
    response: { 200: estimateSchema, 400: problemSchema, 404: problemSchema },
  };
  app.post('/scans/estimate', { config: { scope: 'read' }, schema: estimate }, async (request) => {
    const caller = callerOfRequest(request);
    const planned = await scans.plan(await requestOfBody(services, request.body, caller));
    const unfinished = await scans.unfinished(caller.projectId, planned);
    return estimateAnswer(await estimateOf(services.store, caller.projectId, planned), unfinished?.id ?? null);
  });
}

type Act = (projectId: string, id: string, by: string, asked: string) => Promise<void>;

function addActions(app: ApiScope, services: ApiServices): void {
  const { scans } = services;
  const act = (path: string, operationId: string, summary: string, change: Act): void => {
    const schema = { summary, operationId, tags: ['scans'], params: scanParams, response: detailOrProblem };
    app.post(`/scans/:scan_id/${path}`, { config: { scope: 'scan' }, schema }, async (request) => {
      const { scan_id } = request.params;
      const caller = callerOfRequest(request);
      await change(caller.projectId, bareId(scan_id), callersName(caller), scan_id);
      return detailOf(services, await scans.get(caller.projectId, bareId(scan_id), scan_id));
    });
  };
  act('pause', 'pauseScan', 'Pause a scan; answers that are under way are still taken', (project, id, _by, asked) =>
    scans.pause(project, id, asked),
  );
  act('resume', 'resumeScan', 'Go on with a Paused, Failed or Error scan', (project, id, _by, asked) =>
    scans.retry(project, id, asked),
  );
  act('stop', 'stopScan', 'End a scan now and report on what is decided: Finished within moments', scans.stop);
  act('rejudge', 'rejudgeScan', 'Judge a finished scan anew by the judge of today, in the background', scans.rejudge);
  const rename = {
    summary: 'Give a scan another name',
    operationId: 'renameScan',
    tags: ['scans'],
    params: scanParams,
    body: z.strictObject({ name: scanName }),
    response: detailOrProblem,
  };
  app.patch('/scans/:scan_id', { config: { scope: 'scan' }, schema: rename }, async (request) => {
    const { scan_id } = request.params;
    const { projectId } = callerOfRequest(request);
    await scans.rename(projectId, bareId(scan_id), request.body.name, scan_id);
    return detailOf(services, await scans.get(projectId, bareId(scan_id), scan_id));
  });
  const remove = {
    summary: 'Delete a scan with all it holds',
    operationId: 'deleteScan',
    tags: ['scans'],
    params: scanParams,
    response: { 204: z.null(), 404: problemSchema, 409: problemSchema },
  };
  app.delete('/scans/:scan_id', { config: { scope: 'scan' }, schema: remove }, async (request, reply) => {
    const { scan_id } = request.params;
    const { projectId, keyName } = callerOfRequest(request);
    await scans.remove(projectId, bareId(scan_id), keyName);
    return reply.status(204).send(null);
  });
}

export const scansResource: Resource = {
  register(app, services) {
    addLists(app, services);
    addStarts(app, services);
    addActions(app, services);
  },
};

export type EstimateAnswer = z.infer<typeof estimateSchema>;
