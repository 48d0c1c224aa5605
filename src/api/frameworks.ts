// A scan under the frameworks: which controls its tests touched, which failed, which were not tested. No statement of compliance.
import { z } from 'zod';
import { bareId } from '../core/ids.ts';
import { isDecided, scoreOf } from '../core/outcome.ts';
import { controlViews, frameworks as known, type ReferringTest } from '../scan/frameworks.ts';
import { referenceCounts } from '../store/reference-counts.ts';
import { problemSchema } from './problem.ts';
import { callerOfRequest, type Resource } from './resource.ts';
import { scanParams } from './scan-answer.ts';

const controlSchema = z.object({
  id: z.string(),
  title: z.string().nullable(),
  status: z.enum(['failed', 'no failure found', 'not tested', 'not testable by prompting']),
  tests: z.number().int().describe('Decided tests whose case refers to it'),
  failures: z.number().int().describe('Breached or partial among them'),
  upper_bound: z.number().nullable().describe('Share of failures that is still possible, 95 %; null without a test'),
});

const frameworksSchema = z
  .object({
    note: z.string(),
    frameworks: z.array(z.object({ id: z.string(), title: z.string(), controls: z.array(controlSchema) })),
  })
  .meta({ id: 'Frameworks' });
export type FrameworksAnswer = z.infer<typeof frameworksSchema>;

const NOTE = 'Counted from the decided tests of one scan. "No failure found" is no statement of compliance.';

export const frameworks: Resource = {
  register(app, { store, scans }) {
    const schema = {
      summary: 'A scan under the frameworks: controls that failed, held, or were not tested',
      operationId: 'getScanFrameworks',
      tags: ['scans'],
      params: scanParams,
      response: { 200: frameworksSchema, 404: problemSchema },
    };
    app.get('/scans/:scan_id/frameworks', { config: { scope: 'read' }, schema }, async (request) => {
      const { scan_id } = request.params;
      const scan = await scans.get(callerOfRequest(request).projectId, bareId(scan_id), scan_id);
      const tests = (await referenceCounts(store, scan.id))
        .filter(({ outcome }) => isDecided(outcome))
        .map(({ references, outcome, n }): ReferringTest => ({ references, isFailure: scoreOf(outcome) !== 100, n }));
      return {
        note: NOTE,
        frameworks: known().map((framework) => ({
          id: framework.id,
          title: framework.title,
          controls: controlViews(framework, tests).map(({ upperBound, ...control }) => ({
            ...control,
            upper_bound: upperBound,
          })),
        })),
      };
    });
  },
};
