// API keys: random, shown once, stored as hashes only; what a key may do and for whom.
import { createHash, randomBytes } from 'node:crypto';
import { RedoubtError } from '../core/errors.ts';
import { newId } from '../core/ids.ts';
import type { Clock } from '../core/ports.ts';
import { insertKey, insertProject, keyByHash, listKeys, projectByName, revokeKey, touchKey } from '../store/access.ts';
import type { KeyRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';

export const scopes = ['scan', 'guard', 'detokenize', 'read', 'admin'] as const;
export type Scope = (typeof scopes)[number];

export const DEFAULT_PROJECT = 'default';
export const ADMIN_USER = 'admin';

/** Who calls, and what for. */
export interface Caller {
  readonly keyId: string;
  readonly keyName: string;
  readonly projectId: string;
  readonly userId: string;
  readonly scopes: readonly Scope[];
}

export interface NewKey {
  readonly id: string;
  readonly name: string;
  /** The key itself: never to be seen again. */
  readonly key: string;
  readonly project: string;
}

/** A key without anything that could stand in for it. */
export interface KeyDescription {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly project_id: string;
  readonly scopes: readonly string[];
  readonly created_at: string;
  readonly last_used_at: string | null;
  readonly revoked_at: string | null;
}

const PREFIX = 'rdb_';
const PREFIX_SHOWN = 12;
const RANDOM_BYTES = 32;
const TOUCH_EVERY_MS = 60_000;

const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');

const isoTime = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

function rowOf(name: string, key: string, projectId: string, now: number): KeyRow {
  return {
    id: newId(),
    project_id: projectId,
    user_id: ADMIN_USER,
    name,
    prefix: key.slice(0, PREFIX_SHOWN),
    hash: hashOf(key),
    scopes: JSON.stringify(scopes),
    created_at: now,
    expires_at: null,
    last_used_at: null,
    revoked_at: null,
  };
}

async function requireProject(store: Store, name: string, now: number): Promise<string> {
  const known = await projectByName(store, name);
  if (known) return known.id;
  const row = { id: newId(), name, created_at: now };
  await insertProject(store, row);
  return row.id;
}

/** Makes a key in the project, which is made too where it is new. The key has all scopes. */
export async function createKey(store: Store, clock: Clock, name: string, project = DEFAULT_PROJECT): Promise<NewKey> {
  const key = PREFIX + randomBytes(RANDOM_BYTES).toString('base64url');
  const row = rowOf(name, key, await requireProject(store, project, clock.now()), clock.now());
  await insertKey(store, row);
  return { id: row.id, name, key, project };
}

/** The name that the key of REDOUBT_API_KEY goes by. */
const FROM_ENVIRONMENT = 'REDOUBT_API_KEY';

/** Makes REDOUBT_API_KEY valid in the default project, and the one of an earlier start invalid. */
export async function acceptEnvironmentKey(store: Store, clock: Clock, key: string | null): Promise<void> {
  const hash = key === null ? null : hashOf(key);
  const earlier = (await listKeys(store)).filter((row) => row.name === FROM_ENVIRONMENT && row.revoked_at === null);
  for (const row of earlier) if (row.hash !== hash) await revokeKey(store, row.id, clock.now());
  if (key === null || hash === null) return;
  await insertKey(store, { ...rowOf(FROM_ENVIRONMENT, key, DEFAULT_PROJECT, clock.now()), prefix: '(environment)' });
  await store.db
    .updateTable('keys')
    .set({ revoked_at: null })
    .where('hash', '=', hash)
    .where('name', '=', FROM_ENVIRONMENT)
    .execute();
}

export const hasAnyKey = async (store: Store): Promise<boolean> =>
  (await listKeys(store)).some((row) => row.revoked_at === null);

const isValid = (row: KeyRow | undefined, now: number): row is KeyRow =>
  row !== undefined && row.revoked_at === null && (row.expires_at === null || row.expires_at > now);

/** Who a key belongs to. Throws WRONG_KEY for an unknown, revoked or expired one. */
export async function callerOf(store: Store, clock: Clock, key: string): Promise<Caller> {
  const now = clock.now();
  const row = await keyByHash(store, hashOf(key));
  if (!isValid(row, now)) throw new RedoubtError('WRONG_KEY');
  if (row.last_used_at === null || now - row.last_used_at > TOUCH_EVERY_MS) await touchKey(store, row.id, now);
  return {
    keyId: row.id,
    keyName: row.name,
    projectId: row.project_id,
    userId: row.user_id,
    scopes: JSON.parse(row.scopes) as Scope[],
  };
}

/** Throws MISSING_SCOPE unless the caller has the scope or is an admin. */
export function requireScope(caller: Caller, scope: Scope): void {
  if (!caller.scopes.includes(scope) && !caller.scopes.includes('admin'))
    throw new RedoubtError('MISSING_SCOPE', { value: scope });
}

/** Throws MISSING_SCOPE unless the key itself has the scope: being an admin is not enough to see what was hidden. */
export function requireOwnScope(caller: Caller, scope: Scope): void {
  if (!caller.scopes.includes(scope)) throw new RedoubtError('MISSING_SCOPE', { value: scope });
}

export async function describeKeys(store: Store): Promise<KeyDescription[]> {
  return (await listKeys(store)).map((row) => ({
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    project_id: row.project_id,
    scopes: JSON.parse(row.scopes) as string[],
    created_at: new Date(row.created_at).toISOString(),
    last_used_at: isoTime(row.last_used_at),
    revoked_at: isoTime(row.revoked_at),
  }));
}

/** Revokes the key with this id, from now on. Throws NOT_FOUND. */
export async function revoke(store: Store, clock: Clock, id: string): Promise<void> {
  if (!(await revokeKey(store, id, clock.now()))) throw new RedoubtError('NOT_FOUND', { field: 'API key', value: id });
}
