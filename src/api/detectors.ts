// Detectors: what the guard can look for, as the program knows it.
import { z } from 'zod';
import { detectors as catalogue } from '../guard/detectors/index.ts';
import type { Resource } from './resource.ts';

const detectorSchema = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  version: z.number().int(),
  cost: z.string().describe('Class of cost, cheapest first: rules, linear, encoder, remote'),
  experimental: z.boolean().describe('No accuracy was measured: off unless a policy names it'),
  threshold: z.number().describe('Holds where a policy names none'),
  asks: z.enum(['message', 'conversation']),
  reference: z.string().nullable().describe('What its reference must hold; null where it takes none'),
  needs_reference: z.boolean(),
});
export type DetectorEntry = z.infer<typeof detectorSchema>;

const entryOf = (detector: (typeof catalogue)[number]): DetectorEntry => ({
  id: detector.id,
  title: detector.title,
  summary: detector.summary,
  version: detector.version,
  cost: detector.cost,
  experimental: detector.experimental,
  threshold: detector.threshold,
  asks: detector.asks,
  reference: detector.reference?.description ?? null,
  needs_reference: detector.reference !== null && !detector.reference.safeParse(null).success,
});

export const detectors: Resource = {
  register(app) {
    app.get(
      '/detectors',
      {
        config: { scope: 'read' },
        schema: {
          summary: 'All detectors',
          operationId: 'listDetectors',
          tags: ['catalogue'],
          response: { 200: z.object({ detectors: z.array(detectorSchema) }) },
        },
      },
      async () => ({ detectors: catalogue.map(entryOf) }),
    );
  },
};
