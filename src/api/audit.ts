// The audit log of the project: who did what, the newest first.
import { z } from 'zod';
import { isoTime } from '../core/iso-time.ts';
import { auditPage } from '../store/audit.ts';
import { readIdCursor } from './cursor.ts';
import { problemSchema } from './problem.ts';
import { type ApiScope, type ApiServices, callerOfRequest, type Resource } from './resource.ts';

const entrySchema = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  actor: z.string().describe('Name of the user or key'),
  action: z.string(),
  subject: z.string(),
});

const query = z.object({
  before: z.string().optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

function register(app: ApiScope, { store }: ApiServices): void {
  app.get(
    '/audit',
    {
      config: { scope: 'admin' },
      schema: {
        summary: 'Who did what in the project, the newest first; what was done to users stands in the default project',
        querystring: query,
        response: {
          200: z.object({
            entries: z.array(entrySchema),
            next: z.string().nullable().describe('`before` of the next page; null on the last'),
          }),
          400: problemSchema,
        },
      },
    },
    async (request) => {
      const { before, limit } = request.query;
      const last = before === undefined ? undefined : readIdCursor(before, 'before');
      const rows = await auditPage(store, callerOfRequest(request).projectId, limit + 1, last);
      const shown = rows.slice(0, limit);
      return {
        entries: shown.map(({ id, created_at, actor, action, subject }) => ({
          id,
          at: isoTime(created_at),
          actor,
          action,
          subject,
        })),
        next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
      };
    },
  );
}

export const audit: Resource = { register };

export type AuditAnswer = z.infer<typeof entrySchema>;
