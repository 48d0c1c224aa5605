// API keys of the project: made (and shown once), listed, revoked.
import { z } from 'zod';
import { note } from '../access/audit.ts';
import {
  ADMIN_USER,
  addKey,
  type Caller,
  describeKey,
  describeKeys,
  revoke,
  type Scope,
  scopes,
} from '../access/keys.ts';
import { invalidField, RedoubtError } from '../core/errors.ts';
import { userById } from '../store/users.ts';
import { problemSchema } from './problem.ts';
import { type ApiScope, type ApiServices, callerOfRequest, type Resource } from './resource.ts';

const keySchema = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string().describe('How the key begins'),
  project_id: z.string(),
  scopes: z.array(z.enum(scopes)),
  rate_limit: z.number().int().nullable().describe('Requests a minute; null for no limit'),
  created_at: z.iso.datetime(),
  expires_at: z.iso.datetime().nullable(),
  last_used_at: z.iso.datetime().nullable().describe('Written every ten seconds'),
  revoked_at: z.iso.datetime().nullable(),
});

/** Strict: a limit under a name that is none of these must not give a key without it. */
const newKeySchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(z.enum(scopes)).min(1).default(['scan', 'guard', 'read']),
  expires_at: z.iso.datetime({ offset: true }).nullable().default(null),
  rate_limit: z.number().int().min(1).max(1_000_000).nullable().default(null),
});

/** A key can hand on what it may do itself, and no more; an admin who signed in may hand on all. */
function requireHeld(caller: Caller, wanted: readonly Scope[]): void {
  if (caller.session) return;
  const missing = wanted.find((scope) => !caller.scopes.includes(scope));
  if (missing !== undefined) throw new RedoubtError('MISSING_SCOPE', { value: missing });
}

function addMaking(app: ApiScope, { store, clock }: ApiServices): void {
  const schema = {
    summary: 'Make a key; it is shown in this answer alone',
    body: newKeySchema,
    response: { 201: keySchema.extend({ key: z.string() }), 400: problemSchema, 403: problemSchema },
  };
  app.post('/keys', { config: { scope: 'admin' }, schema }, async (request, reply) => {
    const caller = callerOfRequest(request);
    const { name, scopes: wanted, expires_at, rate_limit: rateLimit } = request.body;
    requireHeld(caller, wanted);
    const expiresAt = expires_at === null ? null : Date.parse(expires_at);
    if (expiresAt !== null && expiresAt <= clock.now()) throw invalidField('expires_at', 'must lie in the future.');
    const userId = (await userById(store, caller.userId))?.id ?? ADMIN_USER;
    const made = await addKey(store, clock, name, caller.projectId, { scopes: wanted, expiresAt, rateLimit, userId });
    await note({ store, clock }, caller, 'key.create', `${made.row.id} ${name}`);
    return reply.status(201).send({ ...describeKey(made.row), key: made.key });
  });
}

function register(app: ApiScope, services: ApiServices): void {
  const { store, clock, access } = services;
  app.get(
    '/keys',
    {
      config: { scope: 'admin' },
      schema: { summary: "The project's keys", response: { 200: z.object({ keys: z.array(keySchema) }) } },
    },
    async (request) => ({ keys: await describeKeys(store, callerOfRequest(request).projectId) }),
  );
  addMaking(app, services);
  app.delete(
    '/keys/:key_id',
    {
      config: { scope: 'admin' },
      schema: {
        summary: 'Revoke a key: at once on this server, within a second on others of the same database',
        params: z.object({ key_id: z.string().min(1) }),
        response: { 204: z.null(), 404: problemSchema },
      },
    },
    async (request, reply) => {
      const caller = callerOfRequest(request);
      const row = await revoke(store, clock, request.params.key_id, caller.projectId);
      access.keyring.forget();
      await note(services, caller, 'key.revoke', `${row.id} ${row.name}`);
      return reply.status(204).send(null);
    },
  );
}

export const keys: Resource = { register };

export type KeyAnswer = z.infer<typeof keySchema>;
