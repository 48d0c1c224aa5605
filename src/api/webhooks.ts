// A project's webhook: the address that hears of ended scans, the secret of its signatures, what was told.
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { RedoubtError } from '../core/errors.ts';
import { isoTime } from '../core/iso-time.ts';
import { scanStatuses } from '../core/scan-status.ts';
import { latestNotices, removeWebhook, setWebhook, webhookOf } from '../store/notices.ts';
import { placeOfWebhook } from '../store/vault.ts';
import { noteOnProject, projectParams, requireProject } from './own-project.ts';
import { problemSchema } from './problem.ts';
import { type ApiScope, type ApiServices, callerOfRequest, type Resource } from './resource.ts';

const SECRET_BYTES = 32;
const NOTICES_SHOWN = 20;
const PATH = '/projects/:project_id/webhook';

const noticeSchema = z.object({
  id: z.string(),
  scan_id: z.string(),
  status: z.enum(scanStatuses),
  created_at: z.iso.datetime(),
  sends: z.number().int(),
  result: z.string().nullable().describe('What came of the last send'),
  next_at: z.iso.datetime().nullable().describe('When it is sent again; null once taken or given up'),
});

const hookSchema = z.object({ url: z.string(), created_at: z.iso.datetime() });
function addShowing(app: ApiScope, services: ApiServices): void {
  const schema = {
    summary: 'The webhook of a project, without its secret, and what it was told last',
    params: projectParams,
    response: { 200: hookSchema.extend({ notices: z.array(noticeSchema) }), 404: problemSchema },
  };
  app.get(PATH, { config: { scope: 'admin' }, schema }, async (request) => {
    const project = await requireProject(services, callerOfRequest(request), request.params.project_id);
    const hook = await webhookOf(services.store, project.id);
    if (!hook) throw new RedoubtError('NOT_FOUND', { field: 'Webhook of project', value: project.id });
    const notices = await latestNotices(services.store, project.id, NOTICES_SHOWN);
    return {
      url: hook.url,
      created_at: isoTime(hook.created_at),
      notices: notices.map(({ id, scan_id, status, created_at, sends, result, next_at }) => ({
        ...{ id, scan_id, status, sends, result },
        created_at: isoTime(created_at),
        next_at: isoTime(next_at),
      })),
    };
  });
}

function register(app: ApiScope, services: ApiServices): void {
  const { store, vault, clock, access } = services;
  addShowing(app, services);
  const set = {
    summary: 'Have an address told when a scan of the project ends; the secret of the signatures is shown this once',
    params: projectParams,
    body: z.object({ url: z.url({ protocol: /^https?$/ }).max(2_000) }),
    response: { 200: hookSchema.extend({ secret: z.string() }), 400: problemSchema, 404: problemSchema },
  };
  app.put(PATH, { config: { scope: 'admin' }, schema: set }, async (request) => {
    const caller = callerOfRequest(request);
    const project = await requireProject(services, caller, request.params.project_id);
    const { url } = request.body;
    access.checkAddress(url, 'url');
    const secret = `whs_${randomBytes(SECRET_BYTES).toString('base64url')}`;
    const sealed = vault.seal(secret, placeOfWebhook(project.id));
    const created_at = clock.now();
    await setWebhook(store, { project_id: project.id, url, secret: sealed, created_at });
    await noteOnProject(services, caller, project, 'webhook.set', new URL(url).host);
    return { url, created_at: isoTime(created_at), secret };
  });
  const remove = {
    summary: 'Tell nobody any more',
    params: projectParams,
    response: { 204: z.null(), 404: problemSchema },
  };
  app.delete(PATH, { config: { scope: 'admin' }, schema: remove }, async (request, reply) => {
    const caller = callerOfRequest(request);
    const project = await requireProject(services, caller, request.params.project_id);
    if (!(await removeWebhook(store, project.id)))
      throw new RedoubtError('NOT_FOUND', { field: 'Webhook of project', value: project.id });
    await noteOnProject(services, caller, project, 'webhook.remove', project.name);
    return reply.status(204).send(null);
  });
}

export const webhooks: Resource = { register };
