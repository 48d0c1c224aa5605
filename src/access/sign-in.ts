// Signing in by link or by password, signing out, setting a password.
import { RedoubtError, rateLimited } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import type { UserRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { deleteTokensOf, takeToken, updateUser, userById, userByName } from '../store/users.ts';
import { note } from './audit.ts';
import { type Caller, DEFAULT_PROJECT, hashOf } from './keys.ts';
import type { Limiter } from './limiter.ts';
import { fitsPassword, hashPassword, requireGoodPassword } from './passwords.ts';
import { type NewToken, openSession } from './tokens.ts';

/** Tries of passwords a minute: for one name from anywhere, and from one address for any name. Links cannot be guessed. */
const TRIES_OF_NAME = 10;
const TRIES_OF_ADDRESS = 30;

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly limiter: Limiter;
}

export interface SignedIn {
  readonly user: UserRow;
  readonly session: NewToken;
}

async function requireTry({ limiter }: Parts, place: string, most: number): Promise<void> {
  const wait = await limiter.take(`sign-in:${place}`, most);
  if (wait !== null) throw rateLimited('to sign in', wait);
}

/** Opens a session for somebody who has shown who they are. */
export async function letIn(parts: Parts, user: UserRow, how: string): Promise<SignedIn> {
  const session = await openSession(parts.store, parts.clock, user.id);
  await note(parts, { keyName: user.name, projectId: DEFAULT_PROJECT }, 'sign-in', how);
  return { user, session };
}

/** Signs in with the word of a sign-in link, which is worth nothing afterwards. Throws WRONG_LINK. */
export async function signInByLink(parts: Parts, token: string): Promise<SignedIn> {
  const taken = await takeToken(parts.store, 'sign_in_links', hashOf(token), parts.clock.now());
  const user = taken && (await userById(parts.store, taken.user_id));
  if (!user || user.disabled_at !== null) throw new RedoubtError('WRONG_LINK');
  return letIn(parts, user, 'link');
}

/** Throws WRONG_SIGN_IN, which does not say whether the name exists; RATE_LIMITED after ten tries in a minute. */
export async function signInByPassword(
  parts: Parts,
  name: string,
  password: string,
  address: string,
): Promise<SignedIn> {
  await requireTry(parts, `address:${address}`, TRIES_OF_ADDRESS);
  await requireTry(parts, `name:${name}`, TRIES_OF_NAME);
  const user = await userByName(parts.store, name);
  const fits = await fitsPassword(user?.password_hash ?? null, password);
  if (!user || !fits || user.disabled_at !== null) {
    if (user) await note(parts, { keyName: user.name, projectId: DEFAULT_PROJECT }, 'sign-in.refused', 'password');
    throw new RedoubtError('WRONG_SIGN_IN');
  }
  return letIn(parts, user, 'password');
}

/** Sets the password of the user who is signed in and ends their other sessions. Throws WRONG_SIGN_IN, INVALID_FIELD. */
export async function setPassword(parts: Parts, caller: Caller, password: string, current?: string): Promise<void> {
  requireGoodPassword(password);
  const user = await userById(parts.store, caller.userId);
  if (!user || caller.session === undefined) throw new RedoubtError('NOT_SIGNED_IN');
  await requireTry(parts, `name:${user.name}`, TRIES_OF_NAME);
  if (user.password_hash !== null && !(await fitsPassword(user.password_hash, current ?? '')))
    throw new RedoubtError('WRONG_SIGN_IN');
  await updateUser(parts.store, user.id, { password_hash: await hashPassword(password) });
  await deleteTokensOf(parts.store, 'sessions', user.id, caller.session.id);
  await note(parts, { keyName: user.name, projectId: DEFAULT_PROJECT }, 'password.set', user.name);
}

export async function signOut(parts: Parts, caller: Caller, token: string): Promise<void> {
  await takeToken(parts.store, 'sessions', hashOf(token), parts.clock.now());
  await note(parts, { keyName: caller.keyName, projectId: DEFAULT_PROJECT }, 'sign-out', caller.keyName);
}
