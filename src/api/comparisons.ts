// Comparisons: two scans of the project over the tests that both ran, and these tests one by one.
import { z } from 'zod';
import { bareId } from '../core/ids.ts';
import { outcomes } from '../core/outcome.ts';
import { comparedTests, compareScans } from '../scan/compare/compare.ts';
import { conclusions, standings } from '../scan/compare/pairing.ts';
import { requireScan } from '../store/scans.ts';
import type { ScanRow } from '../store/schema.ts';
import { positionQuery } from './cursor.ts';
import { problemSchema } from './problem.ts';
import { share } from './rate.ts';
import { type ApiScope, type ApiServices, callerOfRequest, type Resource } from './resource.ts';

const pairQuery = z.object({
  before: z.string().min(1).describe('Id of the earlier scan'),
  after: z.string().min(1).describe('Id of the later scan'),
});

const testsQuery = pairQuery.extend({
  standing: z.enum(standings),
  cursor: positionQuery('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

const rateSchema = z.object({ k: z.number(), n: z.number(), rate: share, low: share, high: share });
const count = z.number().int();
const standingCounts = {
  regressed: count.describe('Failed after and not before'),
  fixed: count,
  weakened: count.describe('Partial after, no failure before'),
  strengthened: count,
  unchanged: count,
  newly_inconclusive: count,
  newly_decided: count,
  inconclusive_in_both: count,
};

const pairedSchema = z.object({
  ...standingCounts,
  tests: count,
  before: rateSchema,
  after: rateSchema,
  difference: z.object({ value: share, low: share, high: share, n: z.number(), cases: z.number(), method: z.string() }),
  p: z.number().describe('McNemar, exact, two-sided'),
  conclusion: z.enum(conclusions),
});

const nameSchema = z.object({
  scan_id: z.string(),
  name: z.string(),
  model: z.string(),
  simulated: z.boolean().describe('The target was simulated: nothing follows about a real model'),
  ended_at: z.string().nullable(),
});

const comparisonSchema = z.object({
  before: nameSchema,
  after: nameSchema,
  conclusion: z.enum(conclusions).describe('Over attack success'),
  doubts: z.array(z.string()).describe('Why nothing can be concluded'),
  tests: count.describe('Tests that both ran'),
  only_before: count,
  only_after: count,
  left_out: z.array(z.object({ dataset: z.string(), slug: z.string(), reason: z.string() })),
  changes: z.array(z.object({ what: z.string(), before: z.string(), after: z.string() })),
  ...standingCounts,
  rates: z.object({
    attack_success: pairedSchema,
    attack_success_search: pairedSchema,
    over_refusal: pairedSchema,
    failure: pairedSchema,
  }),
});

const sideSchema = z.object({ outcome: z.enum(outcomes), reason: z.string(), judge: z.string() });
const testSchema = z.object({
  plan_key: z.string(),
  case_id: z.string(),
  dataset: z.string(),
  subcategory: z.string(),
  attack: z.string(),
  attack_title: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  role: z.string(),
  severity: z.string(),
  standing: z.enum(standings),
  before: sideSchema,
  after: sideSchema,
});

function register(app: ApiScope, { store }: ApiServices): void {
  const rowsOf = async (
    projectId: string,
    { before, after }: z.infer<typeof pairQuery>,
  ): Promise<[ScanRow, ScanRow]> => [
    await requireScan(store, projectId, bareId(before), before),
    await requireScan(store, projectId, bareId(after), after),
  ];
  app.get(
    '/comparisons',
    {
      config: { scope: 'read' },
      schema: {
        summary:
          'Two finished scans over the tests that both ran: what regressed, what was fixed, whether it is chance',
        querystring: pairQuery,
        response: { 200: comparisonSchema, 400: problemSchema, 404: problemSchema },
      },
    },
    async (request) => {
      const [before, after] = await rowsOf(callerOfRequest(request).projectId, request.query);
      const comparison = await compareScans(store, before, after);
      return {
        ...comparison,
        doubts: [...comparison.doubts],
        changes: [...comparison.changes],
        left_out: [...comparison.left_out],
      };
    },
  );
  app.get(
    '/comparisons/tests',
    {
      config: { scope: 'read' },
      schema: {
        summary: 'The tests of one standing, in the order of the earlier scan',
        querystring: testsQuery,
        response: {
          200: z.object({ tests: z.array(testSchema), next: z.number().nullable().describe('null at the end') }),
          400: problemSchema,
          404: problemSchema,
        },
      },
    },
    async (request) => {
      const { standing, cursor, limit } = request.query;
      const [before, after] = await rowsOf(callerOfRequest(request).projectId, request.query);
      return comparedTests(store, before, after, { standing, after: cursor, limit });
    },
  );
}

export const comparisons: Resource = { register };

export type ComparisonAnswer = z.infer<typeof comparisonSchema>;
export type ComparedTestAnswer = z.infer<typeof testSchema>;
