// Which scopes a role has, and which projects a user may act in.
import { RedoubtError } from '../core/errors.ts';
import { listProjects } from '../store/projects.ts';
import type { ProjectRow, Role, UserRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { projectsOf } from '../store/users.ts';
import { type Caller, DEFAULT_PROJECT, type Scope } from './keys.ts';

export const roles = ['admin', 'member', 'viewer'] as const satisfies readonly Role[];

/** To see what was hidden takes a key with the scope `detokenize`: no role has it. */
export const scopesOfRole: Readonly<Record<Role, readonly Scope[]>> = {
  admin: ['scan', 'guard', 'read', 'admin'],
  member: ['scan', 'guard', 'read'],
  viewer: ['read'],
};

/** All projects for an admin, else those of which the user is a member; by name. */
export const projectsFor = (store: Store, user: Pick<UserRow, 'id' | 'role'>): Promise<ProjectRow[]> =>
  user.role === 'admin' ? listProjects(store) : projectsOf(store, user.id);

/**
 * The project that somebody who signed in acts in: the one asked for by id or name, else `default`, else the first.
 * Throws NOT_FOUND for one of which the user is no member, as for none.
 */
export function chooseProject(projects: readonly ProjectRow[], asked: string | null): string {
  if (asked === null) return (projects.find(({ id }) => id === DEFAULT_PROJECT) ?? projects[0])?.id ?? '';
  const found = projects.find(({ id, name }) => id === asked || name === asked);
  if (!found) throw new RedoubtError('NOT_FOUND', { field: 'Project', value: asked });
  return found.id;
}

/** Throws ROLE_MISSING unless the caller is an admin who signed in: a key is at home in one project alone. */
export function requireAdmin(caller: Caller): void {
  if (caller.session?.role !== 'admin') throw new RedoubtError('ROLE_MISSING', { value: 'admin' });
}
