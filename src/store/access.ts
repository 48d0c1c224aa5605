// The first project and user, keys, and facts about the database itself, as rows.
import type { Insertable } from 'kysely';
import type { KeyRow, ProjectRow, UserRow } from './schema.ts';
import type { Store } from './store.ts';

/** Makes the project and the user unless they are there. */
export async function ensureProjectAndUser(
  store: Store,
  project: Insertable<ProjectRow>,
  user: Insertable<UserRow>,
): Promise<void> {
  await store.db
    .insertInto('projects')
    .values(project)
    .onConflict((c) => c.doNothing())
    .execute();
  await store.db
    .insertInto('users')
    .values(user)
    .onConflict((c) => c.doNothing())
    .execute();
}

export const projectByName = (store: Store, name: string): Promise<ProjectRow | undefined> =>
  store.db.selectFrom('projects').selectAll().where('name', '=', name).executeTakeFirst();

export async function insertProject(store: Store, row: Insertable<ProjectRow>): Promise<void> {
  await store.db.insertInto('projects').values(row).execute();
}

/** Stores a key; one with the same hash stays as it is. */
export async function insertKey(store: Store, row: Insertable<KeyRow>): Promise<void> {
  await store.db
    .insertInto('keys')
    .values(row)
    .onConflict((c) => c.column('hash').doNothing())
    .execute();
}

export const keyByHash = (store: Store, hash: string): Promise<KeyRow | undefined> =>
  store.db.selectFrom('keys').selectAll().where('hash', '=', hash).executeTakeFirst();

/** Keys in the order they were made: of one project, or all. */
export const listKeys = (store: Store, projectId?: string): Promise<KeyRow[]> =>
  store.db
    .selectFrom('keys')
    .selectAll()
    .$if(projectId !== undefined, (query) => query.where('project_id', '=', projectId ?? ''))
    .orderBy('created_at')
    .orderBy('id')
    .execute();

/** Revokes a key by its id, of one project or of any; gives its row as it was, or nothing where there is none. */
export async function revokeKey(
  store: Store,
  id: string,
  now: number,
  projectId?: string,
): Promise<KeyRow | undefined> {
  return store.db
    .updateTable('keys')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .$if(projectId !== undefined, (query) => query.where('project_id', '=', projectId ?? ''))
    .returningAll()
    .executeTakeFirst();
}

/** Notes when keys were last used, by their ids; a later time stays. */
export async function touchKeys(store: Store, used: ReadonlyMap<string, number>): Promise<void> {
  if (used.size === 0) return;
  await store.db.transaction().execute(async (trx) => {
    // In one order everywhere: servers that write at once would else wait for one another.
    for (const [id, at] of [...used].sort(([one], [other]) => (one < other ? -1 : 1)))
      await trx
        .updateTable('keys')
        .set({ last_used_at: at })
        .where('id', '=', id)
        .where((eb) => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<', at)]))
        .execute();
  });
}

/** A value of the table of facts about the database itself. */
export async function readMeta(store: Store, key: string): Promise<string | undefined> {
  const row = await store.db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst();
  return row?.value;
}

/** Writes the value unless there is one; gives the value that then holds. */
export async function ensureMeta(store: Store, key: string, value: string): Promise<string> {
  await store.db
    .insertInto('meta')
    .values({ key, value })
    .onConflict((c) => c.doNothing())
    .execute();
  return (await readMeta(store, key)) ?? value;
}

/** Writes the value over what is there; null takes it away. */
export async function writeMeta(store: Store, key: string, value: string | null): Promise<void> {
  if (value === null) await store.db.deleteFrom('meta').where('key', '=', key).execute();
  else
    await store.db
      .insertInto('meta')
      .values({ key, value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute();
}

/** When the project's scans finished, ascending, in milliseconds. */
export async function finishTimes(store: Store, projectId: string): Promise<number[]> {
  const rows = await store.db
    .selectFrom('usage')
    .select('finished_at')
    .where('project_id', '=', projectId)
    .orderBy('finished_at')
    .execute();
  return rows.map((row) => row.finished_at);
}
