// A scan's tests counted by dataset, category, attack and the like, and the heat map, which fills in while it runs.
import { z } from 'zod';
import { bareId } from '../core/ids.ts';
import { isDecided, type Outcome, outcomes, rateFamilies, testRoles } from '../core/outcome.ts';
import { wilson } from '../core/score/interval.ts';
import { rateKindOf } from '../scan/rate-kinds.ts';
import { attackTitle } from '../scan/report.ts';
import { specOf } from '../scan/spec.ts';
import { outcomeCounts as countsBy, groupingIds } from '../store/breakdown.ts';
import { countersOf } from '../store/results.ts';
import type { ScanRow } from '../store/schema.ts';
import { problemSchema } from './problem.ts';
import { rateSchema } from './rate.ts';
import { type ApiScope, type ApiServices, callerOfRequest, type Resource } from './resource.ts';
import { outcomeCounts, scanParams } from './scan-answer.ts';

const groupSchema = z
  .object({
    tests: z.number().int(),
    decided: z.number().int(),
    outcomes: outcomeCounts,
    failed: rateSchema.describe('Breached among the decided, with the interval over tests'),
  })
  .meta({ id: 'OutcomeGroup' });

type Counts = Record<Outcome, number>;

const noCounts = (): Counts => Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Counts;

function groupOf(counts: Counts): z.infer<typeof groupSchema> {
  const sum = (wanted: (outcome: Outcome) => boolean): number =>
    outcomes.reduce((total, outcome) => (wanted(outcome) ? total + counts[outcome] : total), 0);
  const decided = sum(isDecided);
  return { tests: sum(() => true), decided, outcomes: counts, failed: wilson(counts.breached, decided) };
}

/** Counts that share a key, the keys in the order in which they come first. */
function collected<Row extends { readonly outcome: Outcome; readonly n: number }>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): { readonly first: Row; readonly counts: Counts }[] {
  const groups = new Map<string, { first: Row; counts: Counts }>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key) ?? { first: row, counts: noCounts() };
    groups.set(key, group);
    group.counts[row.outcome] += row.n;
  }
  return [...groups.values()];
}

const heatMapSchema = z
  .object({
    status: z.string(),
    datasets: z.array(z.object({ slug: z.string(), name: z.string(), planned: z.number().int() })),
    attacks: z.array(z.object({ id: z.string(), title: z.string() })),
    cells: z.array(groupSchema.extend({ dataset: z.string(), attack: z.string() })).describe('Those with a test'),
  })
  .meta({ id: 'HeatMap' });

async function heatMapOf({ store }: ApiServices, scan: ScanRow): Promise<z.infer<typeof heatMapSchema>> {
  const spec = specOf(scan);
  const counters = (await countersOf(store, [scan.id])).filter(({ role, n }) => role === 'case' && n > 0);
  const cells = collected(counters, ({ dataset, attack }) => `${dataset}\u0000${attack}`);
  const ids = [...new Set(spec.attacks.map(({ id }) => id))];
  return {
    status: scan.status,
    datasets: spec.datasets
      .filter(({ role }) => role === 'case')
      .map(({ slug, title, tests }) => ({ slug, name: title, planned: tests })),
    attacks: ids.map((id) => ({ id, title: attackTitle(id, spec.helpers.attacker !== null) })),
    cells: cells.map(({ first, counts }) => ({ dataset: first.dataset, attack: first.attack, ...groupOf(counts) })),
  };
}

const kindSchema = z.object({
  keys: z.record(z.string(), z.string()),
  role: z.enum(testRoles),
  family: z.enum(rateFamilies).describe('The rate that its tests belong to; the three are never added up'),
  search: z.boolean().describe('Whether its attacks go on until they succeed; never added up with those that ask once'),
});

const breakdownQuery = z.object({
  by: z.enum(groupingIds).describe('reason: also by outcome; variant: an attack with its parameters'),
  roles: z.enum(['case', 'all']).default('case').describe('all: with twins and controls'),
});

function addHeatMap(app: ApiScope, services: ApiServices): void {
  const schema = {
    summary: 'Datasets by attacks, counted from what is stored so far',
    operationId: 'getHeatMap',
    tags: ['scans'],
    params: scanParams,
    response: { 200: heatMapSchema, 404: problemSchema },
  };
  app.get('/scans/:scan_id/heatmap', { config: { scope: 'read' }, schema }, async (request) => {
    const { scan_id } = request.params;
    return heatMapOf(services, await services.scans.get(callerOfRequest(request).projectId, bareId(scan_id), scan_id));
  });
}

export const breakdown: Resource = {
  register(app, services) {
    addHeatMap(app, services);
    const schema = {
      summary: 'Tests of a scan counted by dataset, category, attack, severity and the like',
      operationId: 'getBreakdown',
      tags: ['scans'],
      params: scanParams,
      querystring: breakdownQuery,
      response: {
        200: z.object({
          groups: z
            .array(groupSchema.extend(kindSchema.shape))
            .describe('Tests that share the keys and belong to the same rate'),
        }),
        400: problemSchema,
        404: problemSchema,
      },
    };
    app.get('/scans/:scan_id/breakdown', { config: { scope: 'read' }, schema }, async (request) => {
      const { scan_id } = request.params;
      const { by, roles } = request.query;
      const scan = await services.scans.get(callerOfRequest(request).projectId, bareId(scan_id), scan_id);
      const rows = await countsBy(services.store, scan.id, by, roles === 'case');
      const hasAttacker = specOf(scan).helpers.attacker !== null;
      const kinds = rows.map((row) => ({
        ...row,
        kind: { role: row.role, ...rateKindOf(row.expect, row.attack, hasAttacker) },
      }));
      const groups = collected(kinds, ({ keys, kind }) => JSON.stringify([keys, kind]));
      return {
        groups: groups.map(({ first, counts }) => ({ keys: { ...first.keys }, ...first.kind, ...groupOf(counts) })),
      };
    });
  },
};

export type HeatMapAnswer = z.infer<typeof heatMapSchema>;
export type BreakdownGroupAnswer = z.infer<typeof groupSchema> & z.infer<typeof kindSchema>;
