// Sessions and sign-in links: random words of which only a hash is kept; a link signs in once.
import { randomBytes } from 'node:crypto';
import { newId } from '../core/ids.ts';
import type { Clock } from '../core/ports.ts';
import type { Store } from '../store/store.ts';
import { deleteTokensOf, insertToken } from '../store/users.ts';
import { hashOf } from './keys.ts';

const RANDOM_BYTES = 32;
const HOUR_MS = 60 * 60 * 1000;
const SESSION_MS = 7 * 24 * HOUR_MS;
const LINK_MS = 24 * HOUR_MS;

/** What a browser or a person holds; never to be seen again. */
export interface NewToken {
  readonly token: string;
  readonly expiresAt: number;
}

async function make(
  store: Store,
  clock: Clock,
  table: 'sessions' | 'sign_in_links',
  userId: string,
  lifetime: number,
): Promise<NewToken> {
  const token = randomBytes(RANDOM_BYTES).toString('base64url');
  const now = clock.now();
  const row = { id: newId(), user_id: userId, hash: hashOf(token), created_at: now, expires_at: now + lifetime };
  await insertToken(store, table, row);
  return { token, expiresAt: row.expires_at };
}

/** Opens a session of seven days. */
export const openSession = (store: Store, clock: Clock, userId: string): Promise<NewToken> =>
  make(store, clock, 'sessions', userId, SESSION_MS);

/** Makes a sign-in link of one day beside earlier ones: servers that start at once print one each, and each must work. */
export const addLink = (store: Store, clock: Clock, userId: string): Promise<NewToken> =>
  make(store, clock, 'sign_in_links', userId, LINK_MS);

/** Makes a sign-in link of one day, in place of an earlier one. */
export async function makeLink(store: Store, clock: Clock, userId: string): Promise<NewToken> {
  await deleteTokensOf(store, 'sign_in_links', userId);
  return addLink(store, clock, userId);
}

/** Where the link leads; what it holds stands behind the #, which no browser sends and no log sees. */
export const linkTo = (origin: string, token: string): string => `${origin.replace(/\/+$/, '')}/sign-in#${token}`;
