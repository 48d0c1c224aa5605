// VirtueRed's older, self-hosted API, which its published command line speaks: without keys, so on this machine alone, and
// only where REDOUBT_VIRTUERED_LEGACY is set.
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ADMIN_USER, type Caller, DEFAULT_PROJECT } from '../../../access/keys.ts';
import { isLocalRequest } from '../../../access/local.ts';
import { RedoubtError, unknownValue } from '../../../core/errors.ts';
import { sha256OfJson } from '../../../core/hash.ts';
import { isActive } from '../../../core/scan-status.ts';
import { hashOfResults, pdfOf } from '../../../scan/artifacts.ts';
import { builtInLines } from '../../../scan/datasets/built-in.ts';
import { testCaseOf } from '../../../scan/datasets/case-line.ts';
import { listDatasets, ordinaryDatasets, shippedDataset } from '../../../scan/datasets/index.ts';
import { signedInPassing } from '../../../scan/evidence/files.ts';
import type { DatasetChoice } from '../../../scan/request.ts';
import { specOf } from '../../../scan/spec.ts';
import { storeSuite } from '../../../scan/suites/store-suite.ts';
import { listScans } from '../../../store/scans.ts';
import type { Dialect, DialectServices } from '../../dialect.ts';
import { parseJsonBody, readBody } from '../body.ts';
import { continueScan } from '../continue.ts';
import { failuresOf } from '../failures.ts';
import { answerError } from '../problem.ts';
import { startBody } from '../schema.ts';
import { summaryAnswer } from '../summary.ts';
import { ownId, startRequest, wireId } from '../translate.ts';
import { legacyListQuery, legacyStartBody } from './schema.ts';
import { modelAnswer, modelOf, runAnswer, runProgressAnswer, startBodyOf, templateNames } from './translate.ts';

/** Whoever sits on this machine acts for the default project. */
const caller: Caller = {
  keyId: '',
  keyName: 'virtuered on this machine',
  projectId: DEFAULT_PROJECT,
  userId: ADMIN_USER,
  scopes: ['scan'],
};

type Handler = (services: DialectServices, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

const idOf = ({ params }: FastifyRequest): string => ownId((params as { readonly id: string }).id);

const subcategoriesOf = (slug: string): string[] => [
  ...new Set(builtInLines(slug).map((line, index) => testCaseOf(line, `${slug}-${index + 1}`).subcategory)),
];

/** A dataset, or those of its subcategories that are named. Throws UNKNOWN_VALUE. */
async function choiceOf(
  { store, clock }: DialectServices,
  { name, subcategories }: { readonly name: string; readonly subcategories?: readonly string[] | null | undefined },
  index: number,
): Promise<DatasetChoice> {
  const shipped = subcategories?.length ? shippedDataset(name) : null;
  if (shipped === null) return { name, field: `datasets[${index}].name` };
  const known = subcategoriesOf(shipped.slug);
  const unknown = subcategories!.findIndex((each) => !known.includes(each));
  if (unknown >= 0) throw unknownValue(`datasets[${index}].subcategories[${unknown}]`, subcategories![unknown]!, known);
  const wanted = known.filter((each) => subcategories!.includes(each));
  const mark = sha256OfJson(wanted).slice(0, 12);
  const slices = [{ dataset: shipped.slug, subcategories: wanted }];
  const { slug, title, description: summary } = shipped;
  const suite = { id: `${slug}-${mark}`, title, summary, also: [], about_leaks: false, slices, attacks: ['direct'] };
  return { id: await storeSuite(store, suite, clock.now()) };
}

async function start(services: DialectServices, { body }: FastifyRequest): Promise<unknown> {
  const given = readBody(legacyStartBody, body);
  const asked = readBody(startBody, startBodyOf(given, modelOf(given, services.models)));
  const datasets: DatasetChoice[] = [];
  for (const [index, each] of given.datasets.entries()) datasets.push(await choiceOf(services, each, index));
  const request = { ...startRequest(asked, caller), datasets };
  const resumed = asked.continue_flag ? await continueScan(services, request) : null;
  return { scan_id: wireId(resumed ?? (await services.scans.start(request)).id), status: 200 };
}

/** The project's scans with their plans, newest first. */
async function runs({ scans, store }: DialectServices) {
  const rows = new Map((await listScans(store, caller.projectId)).map((row) => [row.id, row]));
  const listed = (await scans.list(caller.projectId)).toReversed();
  return listed.flatMap((progress) => {
    const row = rows.get(progress.scanId);
    return row ? [{ progress, spec: specOf(row) }] : [];
  });
}

async function list(services: DialectServices, { query }: FastifyRequest): Promise<unknown> {
  const { page, page_size, filter_model, filter_status } = readBody(legacyListQuery, query);
  const items = (await runs(services))
    .map(({ progress, spec }) => runAnswer(progress, spec))
    .filter(({ model_name }) => !filter_model || model_name === filter_model)
    .filter(({ scanning_status }) => !filter_status || scanning_status === filter_status);
  return {
    items: items.slice((page - 1) * page_size, page * page_size),
    pagination: {
      current_page: page,
      page_size,
      total_items: items.length,
      total_pages: Math.max(1, Math.ceil(items.length / page_size)),
    },
  };
}

async function summary(services: DialectServices, request: FastifyRequest): Promise<unknown> {
  const found = await services.scans.summary(caller.projectId, idOf(request), 'summary');
  return summaryAnswer(found, await failuresOf(services, found));
}

async function pdf(services: DialectServices, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const { scans } = services;
  const found = await scans.summary(caller.projectId, idOf(request), 'report');
  const row = await scans.get(caller.projectId, idOf(request));
  const bytes = await pdfOf(services, row, found, {
    resultsSha256: await hashOfResults(services, row),
    fullAnswers: false,
  });
  const file = Readable.from([bytes], { objectMode: false });
  return reply.type('application/pdf').send(signedInPassing(services, { row, summary: found }, 'report.pdf', file));
}

async function ownTests({ store }: DialectServices): Promise<unknown> {
  const own = (await listDatasets(store, caller.projectId)).filter(({ origin }) => origin === 'own');
  return { 'Customized Tests': own.map(({ name }) => ({ name, subcategories: [] })) };
}

const catalogue = (): Record<string, unknown> => ({
  Redoubt: {
    content: ordinaryDatasets().map(({ title, slug }) => ({
      name: title,
      subcategories: subcategoriesOf(slug).map((name) => ({ name })),
    })),
    input_modalities: ['text'],
    output_modalities: ['text'],
  },
});

const handlers: Readonly<Record<string, Handler>> = {
  'GET /health': async () => ({ status: 'ok' }),
  'GET /scan/getclientaddress': async (_, { host }) => ({ client_address: `http://${host}` }),
  'GET /scan/list': list,
  'GET /scan/models': async ({ models }) => [...models.names, ...templateNames].map(modelAnswer),
  'POST /scan/start': start,
  async 'GET /scan/progress'(services) {
    const open = (await runs(services)).filter(({ progress: { status } }) => isActive(status) || status === 'Paused');
    return open.map(({ progress, spec }) => runProgressAnswer(progress, spec));
  },
  async 'POST /scan/pause/:id'({ scans }, request) {
    await scans.pause(caller.projectId, idOf(request));
    return { status: 'paused', scan_id: wireId(idOf(request)) };
  },
  async 'POST /scan/resume/:id'({ scans }, request) {
    await scans.retry(caller.projectId, idOf(request));
    return { status: 200, scan_id: wireId(idOf(request)) };
  },
  'GET /scan/summary/:id': summary,
  'GET /scan/generate_pdf/:id': pdf,
  async 'DELETE /scan/delete/:id'({ scans }, request) {
    await scans.remove(caller.projectId, idOf(request), caller.keyName);
    return { status: 200, scan_id: wireId(idOf(request)) };
  },
  'GET /datasets/refresh_sdk': ownTests,
  'GET /datasets/list': async () => catalogue(),
};

function register(app: FastifyInstance, services: DialectServices): void {
  if (!services.options.virtueredLegacy) return;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_: FastifyRequest, text: string) =>
    parseJsonBody(text),
  );
  app.setErrorHandler(answerError);
  app.addHook('onRequest', async (request) => {
    if (isLocalRequest(request)) return;
    const value = `${request.method} ${request.url.split('?')[0]}`;
    throw new RedoubtError('NOT_FOUND', { field: 'Path', value });
  });
  for (const [route, handle] of Object.entries(handlers)) {
    const [method = '', url = ''] = route.split(' ');
    app.route({ method, url, handler: (request, reply) => handle(services, request, reply) });
  }
}

export const virtueredLegacy: Dialect = { id: 'virtuered-legacy', register };
