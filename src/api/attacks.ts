// Attacks and suites: what a scan can run, as the program knows it.
import { z } from 'zod';
import { attacks as catalogue } from '../scan/attacks/index.ts';
import { attackEntrySchema, entryOf } from '../scan/attacks/listing.ts';
import { previewAttack } from '../scan/attacks/preview.ts';
import { suites } from '../scan/suites/catalogue.ts';
import { casesOfSuite } from '../scan/suites/store-suite.ts';
import { problemSchema } from './problem.ts';
import type { ApiScope, Resource } from './resource.ts';

const suiteSchema = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  also: z.array(z.string()).describe('Names by which other tools call it'),
  cases: z.number().int(),
  attacks: z.array(z.string()),
});

export type AttackEntry = z.infer<typeof attackEntrySchema>;
export type SuiteEntry = z.infer<typeof suiteSchema>;

const previewBody = z.object({
  text: z.string().min(1).max(10_000).describe('The request, in plain words'),
  parameters: z
    .record(z.string(), z.string())
    .default({})
    .describe('Parameters of the attack, as the command line takes them'),
  seed: z.number().int().min(0).default(1),
});

const previewSchema = z.object({
  payload: z.string().describe('The transformed request alone'),
  conversations: z
    .array(z.array(z.object({ role: z.string(), content: z.unknown() })))
    .describe('What would be sent; several where the attack tries several'),
});
export type AttackPreview = z.infer<typeof previewSchema>;

const MOST_SHOWN = 20;

function addPreview(app: ApiScope): void {
  app.post(
    '/attacks/:id/preview',
    {
      config: { scope: 'read' },
      schema: {
        summary: 'What an attack makes of a text; no target is asked',
        operationId: 'previewAttack',
        tags: ['catalogue'],
        params: z.object({ id: z.string().min(1) }),
        body: previewBody,
        response: { 200: previewSchema, 400: problemSchema },
      },
    },
    async (request) => {
      const { text, parameters, seed } = request.body;
      const { payload, conversations } = await previewAttack(request.params.id, 'id', text, parameters, seed);
      return {
        payload,
        conversations: conversations
          .slice(0, MOST_SHOWN)
          .map((messages) => messages.map(({ role, content }) => ({ role, content }))),
      };
    },
  );
}

function register(app: ApiScope): void {
  addPreview(app);
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
