// Judges with what was measured of them: the one that scans would have now, and every calibration that was made here.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { isoTime } from '../core/iso-time.ts';
import type { CalibrationFigures } from '../scan/calibration.ts';
import { dataKinds } from '../scan/calibration.ts';
import { calibrations } from '../store/judge-health.ts';
import { rateSchema } from './rate.ts';
import type { Resource } from './resource.ts';

const cardPath = fileURLToPath(new URL('../../data/models/judge-1/README.md', import.meta.url));

const figuresSchema = z.looseObject({
  rows: z.number(),
  breaches: z.number(),
  rest: z.number(),
  sensitivity: rateSchema,
  specificity: rateSchema,
  agreement: rateSchema,
  agreement_decided: rateSchema,
  coverage: rateSchema,
  kappa: z.number().nullable(),
  kappa_low: z.number().nullable(),
  kappa_high: z.number().nullable(),
});

const calibrationSchema = z.object({
  id: z.string(),
  judge: z.string(),
  data: z.string(),
  data_sha256: z.string(),
  at: z.iso.datetime(),
  all: figuresSchema,
  kinds: z.partialRecord(z.enum(dataKinds), figuresSchema),
  categories: z.record(z.string(), figuresSchema),
});

const judgesSchema = z.object({
  current: z.object({
    id: z.string().describe('Of the judge that a scan would have now'),
    model: z.object({ host: z.string(), model: z.string() }).nullable(),
    calibrated: z.boolean(),
  }),
  calibrations: z.array(calibrationSchema).describe('The latest first'),
  model_card: z.string().describe('Of the local judge model that ships, in Markdown'),
});

export const judges: Resource = {
  register(app, { store, judge }) {
    const schema = {
      summary: 'Judges with their measured accuracy',
      operationId: 'listJudges',
      tags: ['catalogue'],
      response: {
        200: judgesSchema,
      },
    };
    app.get('/judges', { config: { scope: 'read' }, schema }, async () => {
      const rows = await calibrations(store);
      return {
        current: { ...judge, calibrated: rows.some((row) => row.judge === judge.id) },
        calibrations: rows.map((row) => ({
          id: row.id,
          judge: row.judge,
          data: row.data_name,
          data_sha256: row.data_sha256,
          at: isoTime(row.created_at),
          ...(JSON.parse(row.figures) as CalibrationFigures),
        })) as never,
        model_card: readFileSync(cardPath, 'utf8'),
      };
    });
  },
};

export type JudgesAnswer = z.infer<typeof judgesSchema>;
