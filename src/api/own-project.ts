// The projects that a caller may act in, and one of them by its id.
import { z } from 'zod';
import { note } from '../access/audit.ts';
import type { Caller } from '../access/keys.ts';
import { projectsFor } from '../access/roles.ts';
import { RedoubtError } from '../core/errors.ts';
import type { AuditAction } from '../store/audit.ts';
import { projectById } from '../store/projects.ts';
import type { ProjectRow } from '../store/schema.ts';
import type { ApiServices } from './resource.ts';

export const projectParams = z.object({ project_id: z.string().min(1) });

/** Of a key its own alone. */
export async function projectsOfCaller({ store }: Pick<ApiServices, 'store'>, caller: Caller): Promise<ProjectRow[]> {
  if (caller.session) return projectsFor(store, { id: caller.userId, role: caller.session.role });
  const own = await projectById(store, caller.projectId);
  return own ? [own] : [];
}

/** Throws NOT_FOUND for another project, as for one that does not exist. */
export async function requireProject(
  services: Pick<ApiServices, 'store'>,
  caller: Caller,
  id: string,
): Promise<ProjectRow> {
  const found = (await projectsOfCaller(services, caller)).find((project) => project.id === id);
  if (!found) throw new RedoubtError('NOT_FOUND', { field: 'Project', value: id });
  return found;
}

/** Tells the project's audit log, whichever project the caller acts in. */
export const noteOnProject = (
  services: Pick<ApiServices, 'store' | 'clock'>,
  caller: Caller,
  project: Pick<ProjectRow, 'id'>,
  action: AuditAction,
  subject: string,
): Promise<void> => note(services, { ...caller, projectId: project.id }, action, subject);
