// Attacks and suites: what a scan can run, as the program knows it.
import { z } from 'zod';
import { attacks as catalogue } from '../scan/attacks/index.ts';
import { attackEntrySchema, entryOf } from '../scan/attacks/listing.ts';
import { suites } from '../scan/suites/catalogue.ts';
import { casesOfSuite } from '../scan/suites/store-suite.ts';
import type { ApiScope, Resource } from './resource.ts';

const suiteSchema = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  also: z.array(z.string()).describe('Names by which other tools call it'),
  cases: z.number().int(),
  attacks: z.array(z.string()),
});

function register(app: ApiScope): void {
  app.get(
    '/attacks',
    {
      config: { scope: 'read' },
      schema: { summary: 'All attacks', response: { 200: z.object({ attacks: z.array(attackEntrySchema) }) } },
    },
    async () => ({ attacks: catalogue.map(entryOf) }),
  );
  app.get(
    '/suites',
    {
      config: { scope: 'read' },
      schema: {
        summary: 'All suites: slices of datasets with the attacks that belong to them',
        response: { 200: z.object({ suites: z.array(suiteSchema) }) },
      },
    },
    async () => ({
      suites: suites().map((suite) => {
        const { id, title, summary, also, attacks } = suite;
        return { id, title, summary, also, cases: casesOfSuite(suite).length, attacks };
      }),
    }),
  );
}

export const attacks: Resource = { register };
