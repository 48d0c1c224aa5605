// What a project has used: finished scans by month, calls and tokens of the scans that are still stored.
import { z } from 'zod';
import { finishTimes } from '../store/access.ts';
import { projectTotals } from '../store/project-totals.ts';
import { callerOfRequest, type Resource } from './resource.ts';

const count = z.number().int();

const usageSchema = z.object({
  finished_scans: count.describe('Also those that were deleted since'),
  by_month: z.array(z.object({ month: z.string().describe('UTC, as 2026-03'), finished_scans: count })),
  stored: z.object({ scans: count, tests: count, calls: count }).describe('Of the scans that are stored'),
});

export const usage: Resource = {
  register(app, { store }) {
    const schema = {
      summary: 'What the project has used',
      operationId: 'getUsage',
      tags: ['server'],
      response: {
        200: usageSchema,
      },
    };
    app.get('/usage', { config: { scope: 'read' }, schema }, async (request) => {
      const { projectId } = callerOfRequest(request);
      const times = await finishTimes(store, projectId);
      const months = new Map<string, number>();
      for (const time of times) {
        const month = new Date(Number(time)).toISOString().slice(0, 7);
        months.set(month, (months.get(month) ?? 0) + 1);
      }
      return {
        finished_scans: times.length,
        by_month: [...months].map(([month, finished_scans]) => ({ month, finished_scans })),
        stored: await projectTotals(store, projectId),
      };
    });
  },
};

export type UsageAnswer = z.infer<typeof usageSchema>;
