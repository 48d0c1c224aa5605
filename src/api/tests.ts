// The tests of a scan: pages with filters, orders and search, one test whole, one of its tries.
import { z } from 'zod';
import { invalidField } from '../core/errors.ts';
import { stoppers } from '../core/guarding.ts';
import { bareId } from '../core/ids.ts';
import { expectations, outcomes, reasons, severities, testRoles } from '../core/outcome.ts';
import { behaviourOf, familyOf, isFinding } from '../scan/findings/fingerprint.ts';
import { controlsOf, requireFramework } from '../scan/frameworks.ts';
import { rateNames, testsOfRate } from '../scan/rate-kinds.ts';
import { specOf } from '../scan/spec.ts';
import { testDetail, tryDetail } from '../scan/test-detail.ts';
import { findFinding } from '../store/findings.ts';
import { marksOfTests } from '../store/marks.ts';
import { referenceCounts } from '../store/reference-counts.ts';
import { testsByNumber } from '../store/results.ts';
import type { ScanRow } from '../store/schema.ts';
import {
  countTests,
  fitsOrder,
  type TestFilter,
  type TestOrder,
  testNumbersPage,
  testOrders,
} from '../store/test-pages.ts';
import { isSearchIndexed } from '../store/test-search.ts';
import { cursorQuery, nextCursor, readCursor, writeCursor } from './cursor.ts';
import { oneOrMore } from './one-or-more.ts';
import { problemSchema } from './problem.ts';
import { type ApiScope, type ApiServices, callerOfRequest, type Resource } from './resource.ts';
import { scanParams } from './scan-answer.ts';
import {
  testAnswers,
  testDetailAnswer,
  testDetailSchema,
  testSchema,
  tryDetailAnswer,
  tryDetailSchema,
} from './test-answer.ts';

const word = z.string().min(1).max(200);

const testQuery = z.object({
  cursor: cursorQuery,
  limit: z.coerce.number().int().min(1).max(200).default(50),
  sort: z
    .enum(testOrders)
    .default('worst')
    .describe(
      'worst: breached first, and of those the gravest. least-sure: verdicts by their confidence, the lowest first; what has no verdict (inconclusive, unjudged) comes last',
    ),
  dataset: oneOrMore(word),
  subcategory: oneOrMore(word),
  attack: oneOrMore(word),
  outcome: oneOrMore(z.enum(outcomes)),
  severity: oneOrMore(z.enum(severities)),
  role: oneOrMore(z.enum(testRoles)),
  reason: oneOrMore(z.enum(reasons)),
  expect: oneOrMore(z.enum(expectations)),
  parameters: oneOrMore(z.string().min(1).max(2000)).describe('Of the attack, as a breakdown by variant names them'),
  rate: z.enum(rateNames).optional().describe('Only tests that this rate of the summary counts, decided or not'),
  case_id: oneOrMore(word),
  stopped_by: oneOrMore(z.enum([...stoppers, 'undecided'])).describe('As a summary counts them; undecided: not known'),
  control: word.optional().describe('A control of a framework that the case refers to, e.g. owasp:LLM01'),
  finding: word.optional().describe('Only tests that show this finding, by its fingerprint'),
  marked: z.stringbool({ truthy: ['true'], falsy: ['false'] }).optional(),
  text: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .optional()
    .describe(
      'Words of the request and of what is known of the test, each the whole or the beginning of one; never of answers',
    ),
});

const testParams = scanParams.extend({
  test: z.string().min(1).max(200).describe('Its plan_key, or its test_no'),
});

const place = z.tuple([z.enum(testOrders), z.number().int()]).rest(z.union([z.string(), z.number()]));

function placeOf(cursor: string | undefined, order: TestOrder) {
  if (cursor === undefined) return null;
  const [cursorsOrder, testNo, ...keys] = readCursor(cursor, place);
  if (cursorsOrder !== order || !fitsOrder(order, { keys, testNo }))
    throw invalidField('cursor', 'belongs to another order. Leave it out to begin at the first page.');
  return { keys, testNo };
}

/** Without the keys that were left out. */
const filterOf = ({
  cursor: _,
  limit: __,
  sort: ___,
  control: ____,
  rate: _____,
  finding: ______,
  ...filter
}: z.infer<typeof testQuery>): TestFilter =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));

/** What cases under a control refer to, as it is stored; one text that none has where there is no such case. */
async function refsUnder(store: ApiServices['store'], scanId: string, control: string): Promise<string[]> {
  const [name = '', ...rest] = control.split(':');
  const framework = requireFramework(name, 'control');
  const counts = await referenceCounts(store, scanId);
  const held = counts.filter(({ references }) => controlsOf(framework, references).includes(rest.join(':')));
  return held.length === 0 ? [''] : [...new Set(held.map(({ text }) => text))];
}

/** The tests of a scan that show a finding; none where the project knows no such finding. */
async function testsOfFinding(store: ApiServices['store'], scan: ScanRow, fingerprint: string, attackIds: string[]) {
  const found = await findFinding(store, scan.project_id, fingerprint);
  if (found === undefined) return { role: [] };
  return {
    role: testRoles.filter((role) => isFinding({ role, outcome: 'breached' })),
    outcome: ['breached'],
    dataset: [found.dataset],
    case_id: [found.case_id],
    attack: attackIds.filter((id) => familyOf(id) === found.attack_family),
    reason: reasons.filter((reason) => behaviourOf(reason) === found.behaviour),
  };
}

async function pageOf({ store, scans }: ApiServices, scan: ScanRow, query: z.infer<typeof testQuery>) {
  if (query.text !== undefined && !(await isSearchIndexed(store, scan.id))) scans.prepareSearch(scan);
  const after = placeOf(query.cursor, query.sort);
  const { control, rate, finding } = query;
  const spec = specOf(scan);
  const attackIds = [...new Set(spec.attacks.map(({ id }) => id))];
  const filter: TestFilter = {
    ...filterOf(query),
    counted: {
      ...(rate === undefined ? {} : testsOfRate(rate, attackIds, spec.helpers.attacker !== null)),
      ...(finding === undefined ? {} : await testsOfFinding(store, scan, finding, attackIds)),
    },
    ...(control === undefined ? {} : { refs: await refsUnder(store, scan.id, control) }),
  };
  const { numbers, next } = await testNumbersPage(store, scan.id, filter, query.sort, after, query.limit);
  const rows = await testsByNumber(store, scan.id, numbers);
  const marks = await marksOfTests(store, scan.id, numbers);
  const answer = testAnswers(spec);
  return {
    tests: rows.map((row) => answer(row, marks.get(row.test_no))),
    total: after === null ? await countTests(store, scan.id, filter) : null,
    next: next === null ? null : writeCursor([query.sort, next.testNo, ...next.keys]),
  };
}

function addLists(app: ApiScope, services: ApiServices): void {
  const schema = {
    summary: 'Tests of a scan, filtered and in order',
    operationId: 'listTests',
    tags: ['tests'],
    params: scanParams,
    querystring: testQuery,
    response: {
      200: z.object({
        tests: z.array(testSchema),
        total: z.number().int().nullable().describe('Of all pages; null but on the first'),
        next: nextCursor,
      }),
      400: problemSchema,
      404: problemSchema,
    },
  };
  app.get('/scans/:scan_id/tests', { config: { scope: 'read' }, schema }, async (request) => {
    const { scan_id } = request.params;
    const { projectId } = callerOfRequest(request);
    return pageOf(services, await services.scans.get(projectId, bareId(scan_id), scan_id), request.query);
  });
}

function addDetails(app: ApiScope, services: ApiServices): void {
  const { scans } = services;
  const whole = {
    summary: 'A test with its conversation, its verdict and what it rests on',
    operationId: 'getTest',
    tags: ['tests'],
    params: testParams,
    response: { 200: testDetailSchema, 404: problemSchema },
  };
  app.get('/scans/:scan_id/tests/:test', { config: { scope: 'read' }, schema: whole }, async (request) => {
    const { scan_id, test } = request.params;
    const scan = await scans.get(callerOfRequest(request).projectId, bareId(scan_id), scan_id);
    return testDetailAnswer(specOf(scan), await testDetail(services, scan, test));
  });
  const attempt = {
    summary: 'One try of a test with its conversation',
    operationId: 'getTry',
    tags: ['tests'],
    params: testParams.extend({ try_no: z.coerce.number().int().min(0).max(1_000_000) }),
    response: { 200: tryDetailSchema, 404: problemSchema },
  };
  app.get(
    '/scans/:scan_id/tests/:test/tries/:try_no',
    { config: { scope: 'read' }, schema: attempt },
    async (request) => {
      const { scan_id, test, try_no } = request.params;
      const scan = await scans.get(callerOfRequest(request).projectId, bareId(scan_id), scan_id);
      return tryDetailAnswer(await tryDetail(services, scan, test, try_no));
    },
  );
}

export const tests: Resource = {
  register(app, services) {
    addLists(app, services);
    addDetails(app, services);
  },
};
