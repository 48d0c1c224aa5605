// Policies of the guard: those in force, a policy with its versions, and saving a new one.
import { z } from 'zod';
import { RedoubtError } from '../core/errors.ts';
import { isoTime } from '../core/iso-time.ts';
import { ownWords } from '../guard/open-policy.ts';
import { policySchema, writtenPolicy } from '../guard/policy.ts';
import { currentPolicies, policyVersions } from '../store/guard.ts';
import { problemSchema } from './problem.ts';
import { type ApiScope, type ApiServices, callerOfRequest, type Resource } from './resource.ts';

/** As policy files have it; what reads it back checks every field. */
const writtenSchema = z.object({
  id: z.string(),
  version: z.number().int(),
  definition: z.string().nullable(),
  targets: z.array(z.string()),
  rules: z.array(
    z.object({
      detector: z.string(),
      action: z.string(),
      threshold: z.number().nullable(),
      reference: z.unknown().optional(),
    }),
  ),
  on_failure: z.enum(['closed', 'open']),
  time_limit_ms: z.number().int(),
  override_response: z.string().nullable(),
  by_default: z.boolean(),
});
export type WrittenPolicy = z.infer<typeof writtenSchema>;

const entrySchema = z.object({
  policy: writtenSchema,
  stored: z.boolean().describe('false: it lies in a file'),
});
export type PolicyEntry = z.infer<typeof entrySchema>;

const versionSchema = z.object({
  version: z.number().int(),
  created_at: z.iso.datetime(),
  created_by: z.string(),
  policy: writtenSchema,
});

export type PolicyVersion = z.infer<typeof versionSchema>;

const detailSchema = entrySchema.extend({ versions: z.array(versionSchema) });
export type PolicyDetail = z.infer<typeof detailSchema>;

const savedSchema = z.object({ policy: writtenSchema, remarks: z.array(z.string()) });

const idParams = z.object({ id: z.string().min(1) });

const written = (policy: Parameters<typeof writtenPolicy>[0]): WrittenPolicy =>
  writtenSchema.parse(writtenPolicy(policy));

function addReading(app: ApiScope, { guard, store }: ApiServices): void {
  const listed = {
    operationId: 'listPolicies',
    tags: ['guard'],
    summary: 'Policies in force: of files, and over them those that the project stored',
    response: { 200: z.object({ policies: z.array(entrySchema) }) },
  };
  app.get('/policies', { config: { scope: 'read' }, schema: listed }, async (request) => {
    const { projectId } = callerOfRequest(request);
    const stored = new Set((await currentPolicies(store, projectId)).map(({ id }) => id));
    const open = await guard.policies.all(projectId);
    return { policies: open.map(({ policy }) => ({ policy: written(policy), stored: stored.has(policy.id) })) };
  });
  const one = {
    operationId: 'getPolicy',
    tags: ['guard'],
    summary: 'A policy with its stored versions, newest first',
    params: idParams,
    response: { 200: detailSchema, 404: problemSchema },
  };
  app.get('/policies/:id', { config: { scope: 'read' }, schema: one }, async (request) => {
    const { projectId } = callerOfRequest(request);
    const { id } = request.params;
    const found = await guard.policies.find(projectId, id);
    if (!found) throw new RedoubtError('NOT_FOUND', { field: 'Policy', value: id });
    const rows = await policyVersions(store, projectId, id);
    const versions = rows.map((row) => ({
      version: row.version,
      created_at: isoTime(row.created_at),
      created_by: row.created_by,
      policy: written({ ...policySchema.parse(JSON.parse(row.body)), version: row.version }),
    }));
    return { policy: written(found.policy), stored: rows.length > 0, versions };
  });
}

function addSaving(app: ApiScope, { guard }: ApiServices): void {
  const schema = {
    operationId: 'savePolicy',
    tags: ['guard'],
    summary:
      'Store a new version of a policy; it holds within a second. One that says what is stored already keeps its version',
    params: idParams,
    body: policySchema,
    response: { 200: savedSchema, 400: problemSchema },
  };
  app.put('/policies/:id', { config: { scope: 'guard' }, schema }, async (request) => {
    const { projectId, keyName } = callerOfRequest(request);
    const draft = { ...request.body, id: request.params.id };
    const { policy, checks } = await guard.policies.saveChanged(projectId, draft, keyName, ownWords(''));
    const remarks = checks.flatMap(({ detector, open }) =>
      open.remark === undefined ? [] : [`${detector.id}: ${open.remark}`],
    );
    return { policy: written(policy), remarks };
  });
}

export const policies: Resource = {
  register(app, services) {
    addReading(app, services);
    addSaving(app, services);
  },
};
