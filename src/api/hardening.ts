// Hardening: policies drafted from what a scan found, with the proof of each; promoted, listed, rolled back.
import { z } from 'zod';
import { bareId } from '../core/ids.ts';
import { isoTime } from '../core/iso-time.ts';
import { DEFAULT_FALSE_POSITIVES } from '../guard/hardening/hardening.ts';
import { heldPolicies } from '../guard/held-policies.ts';
import { hardenSource } from '../scan/hardening-source.ts';
import { requireScan } from '../store/scans.ts';
import { problemSchema } from './problem.ts';
import { share } from './rate.ts';
import { type ApiScope, type ApiServices, callerOfRequest, type Resource } from './resource.ts';

const interval = z.tuple([z.number(), z.number()]).nullable();
const sliceSchema = z.object({
  n: z.number(),
  attack_success_before: share,
  attack_success_after: share,
  intervals: z.object({ before: interval, after: interval }),
});

const candidateSchema = z.object({
  policy_id: z.string(),
  kind: z.string(),
  group: z.object({ by: z.string(), name: z.string(), breaches: z.number() }),
  change: z.string().describe('The change in one sentence'),
  asked_by: z.array(z.string()).describe('plan_key of the tests that asked for it'),
  held_out_n: z.number(),
  held_out_cases: z.number(),
  attack_success_before: share,
  attack_success_after: share,
  intervals: z.object({ before: interval, after: interval, difference: interval, false_positive_rate: interval }),
  p: z.number(),
  p_holm: z.number(),
  false_positive_rate: share,
  harmless_n: z.number(),
  false_positives: z.object({
    by_source: z.record(z.string(), z.object({ k: z.number(), n: z.number() })),
    examples: z.array(z.string()),
  }),
  slices: z.object({
    other_attacks: sliceSchema,
    other_languages: sliceSchema,
    mutations: z.object({ n: z.number(), stopped: share, interval }),
  }),
  undecided: z.number(),
  promoted: z.boolean(),
  reason: z.string().nullable().describe('Why it was not promoted'),
  policy: z.unknown(),
});

const hardenedSchema = z.object({
  scan_id: z.string(),
  simulated: z.boolean(),
  doubts: z.array(z.string()).describe('Why nothing may be concluded'),
  harmless_n: z.number(),
  why_none: z.string().nullable().describe('Why there is no candidate, with the numbers it hangs on'),
  candidates: z.array(candidateSchema),
});

const hardenBody = z.object({
  fpr: z.number().min(0).max(1).default(DEFAULT_FALSE_POSITIVES).describe('Budget of false positives'),
  promote: z.boolean().default(true),
});

const rowSchema = z.object({
  id: z.string(),
  scan_id: z.string(),
  policy_id: z.string(),
  policy_version: z.number().nullable(),
  state: z.enum(['draft', 'promoted', 'rolled_back']),
  reason: z.string().nullable(),
  by: z.string(),
  created_at: z.string(),
  changed_at: z.string(),
  candidate: candidateSchema,
});

const plainJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function addHarden(app: ApiScope, { store, vault, guard }: ApiServices): void {
  app.post(
    '/scans/:scan_id/harden',
    {
      config: { scope: 'admin' },
      schema: {
        summary: 'Draft policies from what a finished scan found, prove them, promote what stands; takes its time',
        params: z.object({ scan_id: z.string().min(1) }),
        body: hardenBody,
        response: { 200: hardenedSchema, 400: problemSchema, 404: problemSchema },
      },
    },
    async (request) => {
      const { projectId, keyName } = callerOfRequest(request);
      const { scan_id } = request.params;
      const row = await requireScan(store, projectId, bareId(scan_id), scan_id);
      const policies = heldPolicies(await guard.policies.all(projectId));
      const source = await hardenSource({ store, vault, policies }, row);
      const { fpr: falsePositives, promote } = request.body;
      const options = { falsePositives, promote, by: keyName, benign: null, own: null };
      return hardenedSchema.parse(plainJson(await guard.hardening.harden(source, options)));
    },
  );
}

function addReading(app: ApiScope, { guard: { hardening } }: ApiServices): void {
  app.get(
    '/hardenings',
    {
      config: { scope: 'read' },
      schema: {
        summary: 'All candidates with their proofs, the latest first',
        querystring: z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) }),
        response: { 200: z.object({ hardenings: z.array(rowSchema), total: z.number() }) },
      },
    },
    async (request) => {
      const rows = await hardening.list(callerOfRequest(request).projectId);
      const shown = rows.slice(0, request.query.limit).map((row) => ({
        id: row.id,
        scan_id: row.scan_id,
        policy_id: row.policy_id,
        policy_version: row.policy_version,
        state: row.state,
        reason: row.reason,
        by: row.created_by,
        created_at: isoTime(row.created_at),
        changed_at: isoTime(row.changed_at),
        candidate: candidateSchema.parse(JSON.parse(row.body)),
      }));
      return { hardenings: shown, total: rows.length };
    },
  );
  app.post(
    '/hardenings/:policy_id/roll-back',
    {
      config: { scope: 'admin' },
      schema: {
        summary: 'Make what held before the promotion of this policy hold again',
        params: z.object({ policy_id: z.string().min(1) }),
        body: z.object({ reason: z.string().trim().min(1).max(2_000) }),
        response: { 204: z.null(), 404: problemSchema },
      },
    },
    async (request, reply) => {
      const { projectId, keyName } = callerOfRequest(request);
      await hardening.rollBack(projectId, request.params.policy_id, request.body.reason, keyName);
      return reply.status(204).send(null);
    },
  );
}

export type HardenedAnswer = z.infer<typeof hardenedSchema>;
export type HardeningAnswer = z.infer<typeof rowSchema>;

export const hardeningResource: Resource = {
  register(app, services) {
    addHarden(app, services);
    addReading(app, services);
  },
};
