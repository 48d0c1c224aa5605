// Projects as rows: listed, changed, emptied of what they hold.
import type { Updateable } from 'kysely';
import { RedoubtError } from '../core/errors.ts';
import { insertProject } from './access.ts';
import { isTaken } from './failure.ts';
import { deleteScan } from './scans.ts';
import type { ProjectRow } from './schema.ts';
import type { Store } from './store.ts';

/** Stores a new project. Throws NAME_TAKEN. */
export async function insertNewProject(store: Store, row: ProjectRow): Promise<void> {
  try {
    await insertProject(store, row);
  } catch (cause) {
    if (isTaken(cause)) throw new RedoubtError('NAME_TAKEN', { field: 'project', value: row.name }, cause);
    throw cause;
  }
}

export const listProjects = (store: Store): Promise<ProjectRow[]> =>
  store.db.selectFrom('projects').selectAll().orderBy('name').execute();

export const projectById = (store: Store, id: string): Promise<ProjectRow | undefined> =>
  store.db.selectFrom('projects').selectAll().where('id', '=', id).executeTakeFirst();

export async function updateProject(store: Store, id: string, changes: Updateable<ProjectRow>): Promise<void> {
  await store.db.updateTable('projects').set(changes).where('id', '=', id).execute();
}

/** Rows of these tables belong to a project and hold what it was given or what came of it. */
const held = [
  'guard_decisions',
  'guard_tokens',
  'guard_session_keys',
  'guard_policies',
  'findings',
  'finding_decisions',
  'finding_scans',
  'hardenings',
  'idempotency_keys',
  'notices',
  'usage',
] as const;

/** What was deleted of a project, by kind. */
export interface Emptied {
  readonly scans: number;
  readonly datasets: number;
  readonly policies: number;
  readonly decisions: number;
}

async function deleteDatasets(store: Store, projectId: string): Promise<number> {
  return store.db.transaction().execute(async (trx) => {
    const own = trx.selectFrom('datasets').select('id').where('project_id', '=', projectId);
    await trx.deleteFrom('dataset_cases').where('dataset_id', 'in', own).execute();
    const result = await trx.deleteFrom('datasets').where('project_id', '=', projectId).executeTakeFirst();
    return Number(result.numDeletedRows);
  });
}

/**
 * Deletes a project's scans, datasets, policies and records of the guard; its keys, members and audit log stay.
 * Throws SCAN_BUSY, before anything is deleted, while a scan of it is being worked on.
 */
export async function emptyProject(store: Store, projectId: string): Promise<Emptied> {
  const scans = await store.db
    .selectFrom('scans')
    .select(['id', 'status'])
    .where('project_id', '=', projectId)
    .execute();
  if (scans.some(({ status }) => status === 'Initializing' || status === 'Scanning'))
    throw new RedoubtError('SCAN_BUSY');
  for (const { id } of scans) await deleteScan(store, id);
  const datasets = await deleteDatasets(store, projectId);
  const counts: Record<string, number> = {};
  for (const table of held) {
    const result = await store.db.deleteFrom(table).where('project_id', '=', projectId).executeTakeFirst();
    counts[table] = Number(result.numDeletedRows);
  }
  return {
    scans: scans.length,
    datasets,
    policies: counts.guard_policies ?? 0,
    decisions: counts.guard_decisions ?? 0,
  };
}
