// Projects: listed, made, changed, their members, and the deletion of all that one holds.
import { z } from 'zod';
import { describeUser, requireUser } from '../access/users.ts';
import { RedoubtError } from '../core/errors.ts';
import { newId } from '../core/ids.ts';
import { isoTime } from '../core/iso-time.ts';
import { emptyProject, insertNewProject, updateProject } from '../store/projects.ts';
import type { ProjectRow } from '../store/schema.ts';
import { addMember, membersOf, removeMember } from '../store/users.ts';
import { noteOnProject, projectParams, projectsOfCaller, requireProject } from './own-project.ts';
import { problemSchema } from './problem.ts';
import { type ApiScope, type ApiServices, callerOfRequest, type Resource } from './resource.ts';
import { userSchema } from './user-shape.ts';

const projectSchema = z.object({
  id: z.string(),
  name: z.string(),
  created_at: z.iso.datetime(),
  retention_days: z
    .number()
    .int()
    .nullable()
    .describe('Days after which ended scans and recorded decisions are deleted; null: as redoubt.yaml says'),
});

const name = z.string().trim().min(1).max(100);
const retentionDays = z.number().int().min(1).max(36_500).nullable();
const memberParams = projectParams.extend({ user_id: z.string().min(1) });

const projectAnswer = (row: ProjectRow): z.infer<typeof projectSchema> => ({
  id: row.id,
  name: row.name,
  created_at: isoTime(row.created_at),
  retention_days: row.retention_days,
});

function addProjects(app: ApiScope, services: ApiServices): void {
  const { store, clock } = services;
  app.get(
    '/projects',
    {
      config: { scope: 'read' },
      schema: { summary: 'Your projects', response: { 200: z.object({ projects: z.array(projectSchema) }) } },
    },
    async (request) => ({
      projects: (await projectsOfCaller(services, callerOfRequest(request))).map(projectAnswer),
    }),
  );
  app.post(
    '/projects',
    {
      config: { scope: 'installation' },
      schema: {
        summary: 'Make a project',
        body: z.object({ name, retention_days: retentionDays.default(null) }),
        response: { 201: projectSchema, 400: problemSchema, 409: problemSchema },
      },
    },
    async (request, reply) => {
      const row = { id: newId(), created_at: clock.now(), ...request.body };
      await insertNewProject(store, row);
      await noteOnProject(services, callerOfRequest(request), row, 'project.add', row.name);
      return reply.status(201).send(projectAnswer(row));
    },
  );
}

function addProject(app: ApiScope, services: ApiServices): void {
  const { store } = services;
  app.get(
    '/projects/:project_id',
    {
      config: { scope: 'read' },
      schema: { summary: 'A project', params: projectParams, response: { 200: projectSchema, 404: problemSchema } },
    },
    async (request) =>
      projectAnswer(await requireProject(services, callerOfRequest(request), request.params.project_id)),
  );
  app.patch(
    '/projects/:project_id',
    {
      config: { scope: 'admin' },
      schema: {
        summary: 'Say for how long a project keeps its scans',
        params: projectParams,
        body: z.object({ retention_days: retentionDays }),
        response: { 200: projectSchema, 400: problemSchema, 404: problemSchema },
      },
    },
    async (request) => {
      const caller = callerOfRequest(request);
      const project = await requireProject(services, caller, request.params.project_id);
      const { retention_days } = request.body;
      await updateProject(store, project.id, { retention_days });
      await noteOnProject(services, caller, project, 'project.change', `retention_days ${retention_days}`);
      return projectAnswer({ ...project, retention_days });
    },
  );
  app.delete(
    '/projects/:project_id/data',
    {
      config: { scope: 'admin' },
      schema: {
        summary: 'Delete the scans, datasets, policies and recorded decisions of a project; keys and members stay',
        params: projectParams,
        response: {
          200: z.object({ scans: z.number(), datasets: z.number(), policies: z.number(), decisions: z.number() }),
          404: problemSchema,
          409: problemSchema,
        },
      },
    },
    async (request) => {
      const caller = callerOfRequest(request);
      const project = await requireProject(services, caller, request.params.project_id);
      const emptied = await emptyProject(store, project.id);
      await noteOnProject(services, caller, project, 'project.empty', project.name);
      return { ...emptied };
    },
  );
}

function addMembers(app: ApiScope, services: ApiServices): void {
  const { store, clock } = services;
  app.get(
    '/projects/:project_id/members',
    {
      config: { scope: 'admin' },
      schema: {
        summary: 'Members of a project; admins are at home in all and need not be one',
        params: projectParams,
        response: { 200: z.object({ members: z.array(userSchema) }), 404: problemSchema },
      },
    },
    async (request) => {
      const project = await requireProject(services, callerOfRequest(request), request.params.project_id);
      return { members: (await membersOf(store, project.id)).map(describeUser) };
    },
  );
  const schema = { params: memberParams, response: { 204: z.null(), 404: problemSchema } };
  app.put(
    '/projects/:project_id/members/:user_id',
    { config: { scope: 'installation' }, schema: { summary: 'Make a user a member', ...schema } },
    async (request, reply) => {
      const caller = callerOfRequest(request);
      const project = await requireProject(services, caller, request.params.project_id);
      const user = await requireUser(store, request.params.user_id);
      await addMember(store, project.id, user.id, clock.now());
      await noteOnProject(services, caller, project, 'member.add', user.name);
      return reply.status(204).send(null);
    },
  );
  app.delete(
    '/projects/:project_id/members/:user_id',
    { config: { scope: 'installation' }, schema: { summary: 'Let a user be a member no longer', ...schema } },
    async (request, reply) => {
      const caller = callerOfRequest(request);
      const project = await requireProject(services, caller, request.params.project_id);
      const user = await requireUser(store, request.params.user_id);
      if (!(await removeMember(store, project.id, user.id)))
        throw new RedoubtError('NOT_FOUND', { field: 'Member', value: request.params.user_id });
      await noteOnProject(services, caller, project, 'member.remove', user.name);
      return reply.status(204).send(null);
    },
  );
}

export const projects: Resource = {
  register(app, services) {
    addProjects(app, services);
    addProject(app, services);
    addMembers(app, services);
  },
};

export type ProjectAnswer = z.infer<typeof projectSchema>;
