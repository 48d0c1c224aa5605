// The files of a finished scan, as streams.
import { z } from 'zod';
import { bareId } from '../core/ids.ts';
import { signedInPassing } from '../scan/evidence/files.ts';
import { exportOf } from '../scan/export-formats.ts';
import { exportFormats, formatIds } from '../scan/formats.ts';
import { problemSchema } from './problem.ts';
import { callerOfRequest, type Resource } from './resource.ts';
import { scanParams } from './scan-answer.ts';

/** Files of other types than JSON, as the document describes them. */
const fileSchema = z.any().describe('The file');

export const scanExports: Resource = {
  register(app, { scans, store, vault, clock }) {
    const schema = {
      summary: 'A file of a finished scan',
      description: Object.entries(exportFormats)
        .map(([format, { fileName, type }]) => `\`${format}\`: ${fileName} (${type})`)
        .join('; '),
      operationId: 'exportScan',
      tags: ['scans'],
      params: scanParams.extend({ format: z.enum(formatIds) }),
      querystring: z.object({
        full_answers: z
          .stringbool({ truthy: ['true'], falsy: ['false'] })
          .default(false)
          .describe('Answers judged breached or partial are not shortened in pdf, html and csv'),
      }),
      response: {
        200: {
          description: 'The file',
          content: Object.fromEntries(
            Object.values(exportFormats).map(({ type }) => [type.split(';')[0], { schema: fileSchema }]),
          ),
        },
        400: problemSchema,
        404: problemSchema,
        503: problemSchema,
      },
    };
    app.get('/scans/:scan_id/exports/:format', { config: { scope: 'read' }, schema }, async (request, reply) => {
      const { scan_id, format } = request.params;
      const { projectId } = callerOfRequest(request);
      const summary = await scans.summary(projectId, bareId(scan_id), 'export', scan_id);
      const row = await scans.get(projectId, bareId(scan_id), scan_id);
      const context = { store, vault, clock };
      const stream = await exportOf({ context, row, summary, fullAnswers: request.query.full_answers }, format);
      const { fileName, type } = exportFormats[format];
      return reply
        .type(type)
        .header('content-disposition', `attachment; filename="${fileName}"`)
        .header('x-content-type-options', 'nosniff')
        .send(signedInPassing(context, { row, summary }, fileName, stream) as never);
    });
  },
};
