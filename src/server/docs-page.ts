// `/openapi.json` and `/docs`: what can be asked of this server, for programs and for people. Both need no key.
import type { FastifyInstance } from 'fastify';
import { docsPage, docsPolicy, type ShownDocument } from './docs-view.ts';

/** Adds the pages; the document is made with the first request for it, once all routes are known. */
export function addDocsPages(app: FastifyInstance): void {
  let document: string | null = null;
  let page: string | null = null;
  app.get('/openapi.json', async (_request, reply) => {
    document ??= JSON.stringify(app.swagger());
    return reply.type('application/json; charset=utf-8').send(document);
  });
  app.get('/docs', async (_request, reply) => {
    page ??= docsPage(app.swagger() as unknown as ShownDocument);
    return reply
      .headers({
        'content-security-policy': docsPolicy,
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      })
      .type('text/html; charset=utf-8')
      .send(page);
  });
}
