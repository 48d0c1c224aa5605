// Users: listed, added, given a new sign-in link, another role, an end. For admins who signed in.
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { note } from '../access/audit.ts';
import { DEFAULT_PROJECT } from '../access/keys.ts';
import { roles } from '../access/roles.ts';
import { linkTo, type NewToken } from '../access/tokens.ts';
import { addUser, changeUser, describeUser, requireUser, resetUser } from '../access/users.ts';
import { RedoubtError } from '../core/errors.ts';
import type { AuditAction } from '../store/audit.ts';
import { projectById } from '../store/projects.ts';
import { listUsers } from '../store/users.ts';
import { problemSchema } from './problem.ts';
import { type ApiScope, type ApiServices, callerOfRequest, type Resource } from './resource.ts';
import { originOf } from './session-cookie.ts';
import { userSchema } from './user-shape.ts';

const linkSchema = z.object({
  link: z.string().describe('Signs in once; shown this once'),
  expires_at: z.iso.datetime(),
});

const newUserSchema = z.object({
  name: z.string().trim().min(1).max(100),
  role: z.enum(roles).default('member'),
  email: z.email().nullable().default(null),
  projects: z.array(z.string()).max(100).default(['default']).describe('Ids of projects to be a member of'),
});

const changeSchema = z.object({ role: z.enum(roles).optional(), disabled: z.boolean().optional() });
const params = z.object({ user_id: z.string().min(1) });

const linkAnswer = (origin: string, { token, expiresAt }: NewToken): z.infer<typeof linkSchema> => ({
  link: linkTo(origin, token),
  expires_at: new Date(expiresAt).toISOString(),
});

/** Users belong to no project; what is done to them stands in the log of the default one. */
const noted = (services: ApiServices, request: FastifyRequest, action: AuditAction, subject: string): Promise<void> =>
  note(services, { keyName: callerOfRequest(request).keyName, projectId: DEFAULT_PROJECT }, action, subject);

function addMaking(app: ApiScope, services: ApiServices): void {
  app.post(
    '/users',
    {
      config: { scope: 'installation' },
      schema: {
        summary: 'Add a user; the answer holds the link with which they sign in',
        body: newUserSchema,
        response: {
          201: linkSchema.extend({ user: userSchema }),
          400: problemSchema,
          404: problemSchema,
          409: problemSchema,
        },
      },
    },
    async (request, reply) => {
      for (const id of request.body.projects)
        if (!(await projectById(services.store, id)))
          throw new RedoubtError('NOT_FOUND', { field: 'Project', value: id });
      const { user, link } = await addUser(services, request.body);
      await noted(services, request, 'user.add', user.name);
      return reply.status(201).send({ user: describeUser(user), ...linkAnswer(originOf(services, request), link) });
    },
  );
  app.post(
    '/users/:user_id/reset',
    {
      config: { scope: 'installation' },
      schema: {
        summary: 'For a lost sign-in: end the sessions of a user, take the password away, make a new link',
        params,
        response: { 200: linkSchema, 404: problemSchema },
      },
    },
    async (request) => {
      const user = await requireUser(services.store, request.params.user_id);
      const link = await resetUser(services, user);
      await noted(services, request, 'user.reset', user.name);
      return linkAnswer(originOf(services, request), link);
    },
  );
}

function register(app: ApiScope, services: ApiServices): void {
  app.get(
    '/users',
    {
      config: { scope: 'installation' },
      schema: { summary: 'All users', response: { 200: z.object({ users: z.array(userSchema) }) } },
    },
    async () => ({ users: (await listUsers(services.store)).map(describeUser) }),
  );
  addMaking(app, services);
  app.patch(
    '/users/:user_id',
    {
      config: { scope: 'installation' },
      schema: {
        summary: 'Give a user another role, or let them sign in no longer',
        params,
        body: changeSchema,
        response: { 200: userSchema, 400: problemSchema, 404: problemSchema, 409: problemSchema },
      },
    },
    async (request) => {
      const user = await requireUser(services.store, request.params.user_id);
      const changed = await changeUser(services, user, request.body);
      await noted(services, request, 'user.change', `${user.name} ${JSON.stringify(request.body)}`);
      return describeUser(changed);
    },
  );
}

export const users: Resource = { register };

export type LinkAnswer = z.infer<typeof linkSchema>;
