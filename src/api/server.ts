// The server itself: its version and the settings in force, without anything secret.
import { z } from 'zod';
import type { Resource } from './resource.ts';
import { type ServerFacts, serverFactsSchema } from './server-facts.ts';

const serverSchema = z.object({
  version: z.string(),
  commit: z.string().nullable(),
  settings: serverFactsSchema,
});

export const serverResource: Resource = {
  register(app, { software, facts }) {
    const schema = {
      summary: 'Version and settings of the server',
      operationId: 'getServer',
      tags: ['server'],
      response: {
        200: serverSchema,
      },
    };
    app.get('/server', { config: { scope: 'read' }, schema }, async () => ({
      ...software,
      settings: facts satisfies ServerFacts,
    }));
  },
};

export type ServerAnswer = z.infer<typeof serverSchema>;
