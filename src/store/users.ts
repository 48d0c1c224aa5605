// Users, who they are at a provider, their sessions and sign-in links, and the projects they belong to, as rows.
import type { Insertable, Updateable } from 'kysely';
import { RedoubtError } from '../core/errors.ts';
import { isTaken } from './failure.ts';
import type { IdentityRow, ProjectRow, TokenRow, UserRow } from './schema.ts';
import type { Store } from './store.ts';

/** Stores a new user. Throws NAME_TAKEN. */
export async function insertUser(store: Store, row: Insertable<UserRow>): Promise<void> {
  try {
    await store.db.insertInto('users').values(row).execute();
  } catch (cause) {
    if (isTaken(cause)) throw new RedoubtError('NAME_TAKEN', { field: 'user', value: row.name }, cause);
    throw cause;
  }
}

export const listUsers = (store: Store): Promise<UserRow[]> =>
  store.db.selectFrom('users').selectAll().orderBy('name').execute();

export const userById = (store: Store, id: string): Promise<UserRow | undefined> =>
  store.db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();

export const userByName = (store: Store, name: string): Promise<UserRow | undefined> =>
  store.db.selectFrom('users').selectAll().where('name', '=', name).executeTakeFirst();

export const usersByEmail = (store: Store, email: string): Promise<UserRow[]> =>
  store.db.selectFrom('users').selectAll().where('email', '=', email).execute();

export const userOfIdentity = (store: Store, issuer: string, subject: string): Promise<UserRow | undefined> =>
  store.db
    .selectFrom('identities')
    .innerJoin('users', 'users.id', 'identities.user_id')
    .selectAll('users')
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst();

export async function insertIdentity(store: Store, row: IdentityRow): Promise<void> {
  await store.db.insertInto('identities').values(row).execute();
}

export async function updateUser(store: Store, id: string, changes: Updateable<UserRow>): Promise<void> {
  await store.db.updateTable('users').set(changes).where('id', '=', id).execute();
}

type TokenTable = 'sessions' | 'sign_in_links';

export async function insertToken(store: Store, table: TokenTable, row: TokenRow): Promise<void> {
  await store.db.insertInto(table).values(row).execute();
}

/** The user of a session that has not ended; nothing where either is gone or the user is disabled. */
export const userOfSession = (
  store: Store,
  hash: string,
  now: number,
): Promise<(UserRow & { session_id: string }) | undefined> =>
  store.db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .selectAll('users')
    .select('sessions.id as session_id')
    .where('hash', '=', hash)
    .where('expires_at', '>', now)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();

/** Takes the token away: of several at once one gets it. Nothing where it is not there or too old. */
export const takeToken = (store: Store, table: TokenTable, hash: string, now: number): Promise<TokenRow | undefined> =>
  store.db.deleteFrom(table).where('hash', '=', hash).where('expires_at', '>', now).returningAll().executeTakeFirst();

/** Deletes a user's tokens of a kind, but the one with the id `except`. */
export async function deleteTokensOf(store: Store, table: TokenTable, userId: string, except = ''): Promise<void> {
  await store.db.deleteFrom(table).where('user_id', '=', userId).where('id', '!=', except).execute();
}

export async function deleteTokensBefore(store: Store, now: number): Promise<void> {
  for (const table of ['sessions', 'sign_in_links'] as const)
    await store.db.deleteFrom(table).where('expires_at', '<=', now).execute();
}

/** Whether anybody has ever been given a way to sign in. */
export async function hasAnySignIn(store: Store): Promise<boolean> {
  const user = await store.db
    .selectFrom('users')
    .select('id')
    .where('password_hash', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  if (user) return true;
  for (const table of ['identities', 'sessions', 'sign_in_links'] as const)
    if (await store.db.selectFrom(table).select('user_id').limit(1).executeTakeFirst()) return true;
  return false;
}

/** A project's members, by name. */
export const membersOf = (store: Store, projectId: string): Promise<UserRow[]> =>
  store.db
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.user_id')
    .selectAll('users')
    .where('project_id', '=', projectId)
    .orderBy('name')
    .execute();

/** Projects that the user is a member of, by name. */
export const projectsOf = (store: Store, userId: string): Promise<ProjectRow[]> =>
  store.db
    .selectFrom('members')
    .innerJoin('projects', 'projects.id', 'members.project_id')
    .selectAll('projects')
    .where('user_id', '=', userId)
    .orderBy('name')
    .execute();

export async function addMember(store: Store, projectId: string, userId: string, now: number): Promise<void> {
  await store.db
    .insertInto('members')
    .values({ project_id: projectId, user_id: userId, created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** False where the user was no member. */
export async function removeMember(store: Store, projectId: string, userId: string): Promise<boolean> {
  const result = await store.db
    .deleteFrom('members')
    .where('project_id', '=', projectId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}
