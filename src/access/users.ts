// Users: made, listed, given a new link, another role, an end.
import { RedoubtError } from '../core/errors.ts';
import { newId } from '../core/ids.ts';
import { isoTime } from '../core/iso-time.ts';
import type { Clock } from '../core/ports.ts';
import type { Role, UserRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { addMember, deleteTokensOf, insertUser, listUsers, updateUser, userById, userByName } from '../store/users.ts';
import { makeLink, type NewToken } from './tokens.ts';

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
}

/** A user without what could stand in for them. */
export interface UserDescription {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly email: string | null;
  readonly has_password: boolean;
  readonly disabled: boolean;
  readonly created_at: string;
}

export const describeUser = (row: UserRow): UserDescription => ({
  id: row.id,
  name: row.name,
  role: row.role,
  email: row.email,
  has_password: row.password_hash !== null,
  disabled: row.disabled_at !== null,
  created_at: isoTime(row.created_at),
});

export interface NewUser {
  readonly name: string;
  readonly role: Role;
  readonly email?: string | null;
  /** Ids of projects to be a member of. */
  readonly projects?: readonly string[];
}

/** Stores a user who cannot sign in yet. Throws NAME_TAKEN. */
export async function storeUser({ store, clock }: Parts, { name, role, email, projects }: NewUser): Promise<UserRow> {
  const row: UserRow = {
    id: newId(),
    name,
    role,
    created_at: clock.now(),
    email: email?.toLowerCase() ?? null,
    password_hash: null,
    disabled_at: null,
  };
  await insertUser(store, row);
  for (const project of projects ?? []) await addMember(store, project, row.id, clock.now());
  return row;
}

/** Makes a user and the link with which they sign in the first time. Throws NAME_TAKEN. */
export async function addUser(
  parts: Parts,
  user: NewUser,
): Promise<{ readonly user: UserRow; readonly link: NewToken }> {
  const row = await storeUser(parts, user);
  return { user: row, link: await makeLink(parts.store, parts.clock, row.id) };
}

/** The user with this id or name. Throws NOT_FOUND. */
export async function requireUser(store: Store, asked: string): Promise<UserRow> {
  const row = (await userById(store, asked)) ?? (await userByName(store, asked));
  if (!row) throw new RedoubtError('NOT_FOUND', { field: 'User', value: asked });
  return row;
}

/** Ends the user's sessions, takes the password away and makes a new link. */
export async function resetUser({ store, clock }: Parts, user: UserRow): Promise<NewToken> {
  await updateUser(store, user.id, { password_hash: null, disabled_at: null });
  await deleteTokensOf(store, 'sessions', user.id);
  return makeLink(store, clock, user.id);
}

/** Gives a user another role, or lets them sign in no longer. Throws LAST_ADMIN. */
export async function changeUser(
  { store, clock }: Parts,
  user: UserRow,
  { role = user.role, disabled = user.disabled_at !== null }: { readonly role?: Role; readonly disabled?: boolean },
): Promise<UserRow> {
  const isAdmin = (row: UserRow): boolean => row.role === 'admin' && row.disabled_at === null;
  const staysAdmin = role === 'admin' && !disabled;
  if (isAdmin(user) && !staysAdmin) {
    const others = (await listUsers(store)).filter((row) => row.id !== user.id && isAdmin(row));
    if (others.length === 0) throw new RedoubtError('LAST_ADMIN');
  }
  const changes = { role, disabled_at: disabled ? (user.disabled_at ?? clock.now()) : null };
  await updateUser(store, user.id, changes);
  if (disabled) for (const table of ['sessions', 'sign_in_links'] as const) await deleteTokensOf(store, table, user.id);
  return { ...user, ...changes };
}
