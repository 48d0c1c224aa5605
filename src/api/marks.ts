// Marks: what people say of the verdicts of a scan; a test is named by the `plan_key` of its line in results.jsonl.
import { z } from 'zod';
import { bareId } from '../core/ids.ts';
import { outcomes } from '../core/outcome.ts';
import { describeMark, listMarks, markOutcomes, markTest, unmarkTest } from '../scan/marks.ts';
import { requireScan } from '../store/scans.ts';
import { problemSchema } from './problem.ts';
import { type ApiScope, type ApiServices, callerOfRequest, type Resource } from './resource.ts';

const scanParams = z.object({ scan_id: z.string().min(1) });
const markParams = scanParams.extend({ plan_key: z.string().min(1) });

const MOST_REASON = 2_000;

const markBody = z.object({
  outcome: z.enum(markOutcomes).describe('What the verdict should be'),
  reason: z.string().trim().min(1).max(MOST_REASON).describe('Why, in your own words'),
});

const markSchema = z.object({
  plan_key: z.string(),
  case_id: z.string(),
  attack: z.string(),
  outcome: z.enum(outcomes),
  reason: z.string(),
  by: z.string().describe('The name of the key that it was said with'),
  at: z.string(),
  judged: z.enum(outcomes).describe('The verdict that was looked at'),
  judge: z.string(),
  judged_now: z.enum(outcomes).describe('The verdict as it stands; another one after a rejudging'),
  judge_now: z.string(),
});

function register(app: ApiScope, { store, clock }: ApiServices): void {
  app.get(
    '/scans/:scan_id/marks',
    {
      config: { scope: 'read' },
      schema: {
        summary: 'What people say of the verdicts of a scan',
        params: scanParams,
        response: { 200: z.object({ marks: z.array(markSchema) }), 404: problemSchema },
      },
    },
    async (request) => {
      const { scan_id } = request.params;
      const scan = await requireScan(store, callerOfRequest(request).projectId, bareId(scan_id), scan_id);
      return { marks: await listMarks(store, scan.id) };
    },
  );
  app.put(
    '/scans/:scan_id/marks/:plan_key',
    {
      config: { scope: 'scan' },
      schema: {
        summary: 'Say that the verdict on a test is wrong, and what it should be; a later mark replaces an earlier one',
        params: markParams,
        body: markBody,
        response: { 200: markSchema, 400: problemSchema, 404: problemSchema },
      },
    },
    async (request) => {
      const { scan_id, plan_key } = request.params;
      const { projectId, keyName } = callerOfRequest(request);
      const scan = await requireScan(store, projectId, bareId(scan_id), scan_id);
      return describeMark(await markTest({ store, clock }, scan.id, plan_key, { ...request.body, by: keyName }));
    },
  );
  app.delete(
    '/scans/:scan_id/marks/:plan_key',
    {
      config: { scope: 'scan' },
      schema: { summary: 'Take a mark back', params: markParams, response: { 204: z.null(), 404: problemSchema } },
    },
    async (request, reply) => {
      const { scan_id, plan_key } = request.params;
      const scan = await requireScan(store, callerOfRequest(request).projectId, bareId(scan_id), scan_id);
      await unmarkTest(store, scan.id, plan_key);
      return reply.status(204).send(null);
    },
  );
}

export const marks: Resource = { register };
