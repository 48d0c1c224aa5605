// Findings: what scans of the project found, with its state; what a person decides on it; one scan against another.
import { z } from 'zod';
import { RedoubtError } from '../core/errors.ts';
import { bareId } from '../core/ids.ts';
import { severities } from '../core/outcome.ts';
import { ciDataOf, standingOfScan } from '../scan/findings/ci-report.ts';
import {
  type DescribedFinding,
  decideFinding,
  findingOrders,
  listFindings,
  reopenFinding,
} from '../scan/findings/findings.ts';
import { findingStates } from '../scan/findings/life.ts';
import type { Summary } from '../scan/summarise.ts';
import { requireScan } from '../store/scans.ts';
import type { ScanRow } from '../store/schema.ts';
import { oneOrMore } from './one-or-more.ts';
import { problemSchema } from './problem.ts';
import { type ApiScope, type ApiServices, callerOfRequest, type Resource } from './resource.ts';

const MOST_REASON = 2_000;

const findingSchema = z.object({
  fingerprint: z.string(),
  state: z.enum(findingStates),
  dataset: z.string().describe('Slug of the dataset'),
  case_id: z.string(),
  subcategory: z.string(),
  attack_family: z.string(),
  behaviour: z.string(),
  severity: z.string(),
  first_scan: z.string(),
  first_at: z.string(),
  last_scan: z.string(),
  last_at: z.string(),
  fixed_scan: z.string().nullable(),
  times_back: z.number().int().describe('How often it was fixed and came back'),
  decision: z.object({ by: z.string(), at: z.string(), reason: z.string(), until: z.string().nullable() }).nullable(),
});

const listQuery = z.object({
  state: oneOrMore(z.enum(findingStates)),
  severity: z.enum(severities).optional(),
  sort: z.enum(findingOrders).default('latest').describe('severity: the gravest first, and of those the latest'),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

const decisionBody = z.object({
  kind: z.enum(['accepted', 'false_positive']),
  reason: z.string().trim().min(1).max(MOST_REASON),
  until: z.iso.datetime({ offset: true }).nullable().default(null).describe('When an acceptance ends; null: never'),
});

const params = z.object({ fingerprint: z.string().min(1) });

const shownSchema = z.object({
  fingerprint: z.string(),
  state: z.enum(findingStates),
  case_id: z.string(),
  dataset: z.string(),
  subcategory: z.string(),
  attack_family: z.string(),
  attack: z.string(),
  plan_key: z.string(),
  behaviour: z.string(),
  severity: z.string(),
  tests: z.number().int(),
  decision: z.string().nullable(),
});

const ofScanSchema = z.object({
  baseline: z
    .object({ name: z.string(), conclusion: z.string(), difference: z.string(), doubts: z.array(z.string()) })
    .nullable(),
  findings: z.array(shownSchema),
  fixed: z.array(shownSchema),
});

const answerOf = (finding: DescribedFinding): z.infer<typeof findingSchema> => ({ ...finding });

function addList(app: ApiScope, { store, clock }: ApiServices): void {
  app.get(
    '/findings',
    {
      config: { scope: 'read' },
      schema: {
        summary: 'What the scans of the project found, with its state, filtered and in order',
        querystring: listQuery,
        response: { 200: z.object({ findings: z.array(findingSchema), total: z.number().int() }) },
      },
    },
    async (request) => {
      const { state, severity, sort, offset, limit } = request.query;
      const all = await listFindings({ store, clock }, callerOfRequest(request).projectId, {
        ...(state === undefined ? {} : { states: state }),
        ...(severity === undefined ? {} : { severities: [severity] }),
        sort,
      });
      return { findings: all.slice(offset, offset + limit).map(answerOf), total: all.length };
    },
  );
}

function addDecisions(app: ApiScope, { store, clock }: ApiServices): void {
  app.put(
    '/findings/:fingerprint/decision',
    {
      config: { scope: 'scan' },
      schema: {
        summary: 'Accept a finding until a day, or say that it is false; a later decision replaces an earlier one',
        params,
        body: decisionBody,
        response: { 200: findingSchema, 400: problemSchema, 404: problemSchema },
      },
    },
    async (request) => {
      const { projectId, keyName } = callerOfRequest(request);
      const { kind, reason, until } = request.body;
      const decision = { kind, reason, by: keyName, until: until === null ? null : Date.parse(until) };
      return answerOf(await decideFinding({ store, clock }, projectId, request.params.fingerprint, decision));
    },
  );
  app.delete(
    '/findings/:fingerprint/decision',
    {
      config: { scope: 'scan' },
      schema: { summary: 'Take a decision back', params, response: { 200: findingSchema, 404: problemSchema } },
    },
    async (request) => {
      const { projectId, keyName } = callerOfRequest(request);
      return answerOf(await reopenFinding({ store, clock }, projectId, request.params.fingerprint, keyName));
    },
  );
}

function finished(row: ScanRow): Summary {
  if (row.status !== 'Finished' || row.summary === null)
    throw new RedoubtError('SCAN_NOT_FINISHED', { value: row.status, reason: 'list of findings' });
  return JSON.parse(row.summary) as Summary;
}

function addOfScan(app: ApiScope, { store, clock }: ApiServices): void {
  app.get(
    '/scans/:scan_id/findings',
    {
      config: { scope: 'read' },
      schema: {
        summary: 'The findings of one scan against a baseline, or against all scans before it',
        params: z.object({ scan_id: z.string().min(1) }),
        querystring: z.object({ baseline: z.string().optional() }),
        response: { 200: ofScanSchema, 400: problemSchema, 404: problemSchema },
      },
    },
    async (request) => {
      const { projectId } = callerOfRequest(request);
      const asked = request.query.baseline;
      const scan = await requireScan(store, projectId, bareId(request.params.scan_id), request.params.scan_id);
      const baseline = asked === undefined ? null : await requireScan(store, projectId, bareId(asked), asked);
      const standing = await standingOfScan({ store, clock }, scan, finished(scan), baseline);
      const data = await ciDataOf({ store, clock }, standing);
      const shown = (list: typeof data.findings): z.infer<typeof shownSchema>[] =>
        list.map(({ caseId, family, planKey, references: _, state, ...rest }) => ({
          ...rest,
          state: findingStates.find((each) => each === state) ?? 'known',
          case_id: caseId,
          attack_family: family,
          plan_key: planKey,
        }));
      const against = data.baseline === null ? null : { ...data.baseline, doubts: [...data.baseline.doubts] };
      return { baseline: against, findings: shown(data.findings), fixed: shown(data.fixed) };
    },
  );
}

export const findings: Resource = {
  register(app, services) {
    addList(app, services);
    addDecisions(app, services);
    addOfScan(app, services);
  },
};

export type FindingAnswer = z.infer<typeof findingSchema>;
export type ScanFindingsAnswer = z.infer<typeof ofScanSchema>;
