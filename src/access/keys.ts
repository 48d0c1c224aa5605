// API keys: random, shown once, stored as hashes only; what a key may do and for whom.
import { hash, randomBytes } from 'node:crypto';
import { RedoubtError } from '../core/errors.ts';
import { newId } from '../core/ids.ts';
import { isoTime } from '../core/iso-time.ts';
import type { Clock } from '../core/ports.ts';
import { insertKey, insertProject, listKeys, projectByName, revokeKey } from '../store/access.ts';
import type { KeyRow, Role } from '../store/schema.ts';
import type { Store } from '../store/store.ts';

export const scopes = ['scan', 'guard', 'detokenize', 'read', 'admin'] as const;
export type Scope = (typeof scopes)[number];

export const DEFAULT_PROJECT = 'default';
export const ADMIN_USER = 'admin';

/** Who calls, and what for. */
export interface Caller {
  /** Empty where somebody signed in. */
  readonly keyId: string;
  /** The key's name, or that of the user who signed in: what is noted of who did something. */
  readonly keyName: string;
  readonly projectId: string;
  readonly userId: string;
  readonly scopes: readonly Scope[];
  /** Of somebody who signed in, in a browser. */
  readonly session?: { readonly id: string; readonly role: Role };
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
  readonly scopes: Scope[];
  /** Requests a minute. */
  readonly rate_limit: number | null;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly last_used_at: string | null;
  readonly revoked_at: string | null;
}

const PREFIX = 'rdb_';
const PREFIX_SHOWN = 12;
const RANDOM_BYTES = 32;

export const hashOf = (key: string): string => hash('sha256', key, 'hex');

/** What may be said about a new key. */
export interface KeyOptions {
  /** Default: all. */
  readonly scopes?: readonly Scope[];
  /** Milliseconds since 1970; null: never. */
  readonly expiresAt?: number | null;
  /** Requests a minute; null for no limit. */
  readonly rateLimit?: number | null;
  /** Whose key it is; default: the first admin. */
  readonly userId?: string;
}

function rowOf(name: string, key: string, projectId: string, now: number, options: KeyOptions = {}): KeyRow {
  return {
    id: newId(),
    project_id: projectId,
    user_id: options.userId ?? ADMIN_USER,
    name,
    prefix: key.slice(0, PREFIX_SHOWN),
    hash: hashOf(key),
    scopes: JSON.stringify(options.scopes ?? scopes),
    created_at: now,
    expires_at: options.expiresAt ?? null,
    last_used_at: null,
    revoked_at: null,
    rate_limit: options.rateLimit ?? null,
  };
}

async function requireProject(store: Store, name: string, now: number): Promise<string> {
  const known = await projectByName(store, name);
  if (known) return known.id;
  const row = { id: newId(), name, created_at: now };
  await insertProject(store, row);
  return row.id;
}

/** Makes a key in the project with this id. */
export async function addKey(
  store: Store,
  clock: Clock,
  name: string,
  projectId: string,
  options: KeyOptions = {},
): Promise<{ readonly key: string; readonly row: KeyRow }> {
  const key = PREFIX + randomBytes(RANDOM_BYTES).toString('base64url');
  const row = rowOf(name, key, projectId, clock.now(), options);
  await insertKey(store, row);
  return { key, row };
}

/** Makes a key in the project of this name, which is made too where it is new. */
export async function createKey(
  store: Store,
  clock: Clock,
  name: string,
  project = DEFAULT_PROJECT,
  options: KeyOptions = {},
): Promise<NewKey> {
  const { key, row } = await addKey(store, clock, name, await requireProject(store, project, clock.now()), options);
  return { id: row.id, name, key, project };
}

/** The name that the key of REDOUBT_API_KEY goes by. */
const FROM_ENVIRONMENT = 'REDOUBT_API_KEY';

/** Makes REDOUBT_API_KEY valid in the default project, and the one of an earlier start invalid. */
export async function acceptEnvironmentKey(
  store: Store,
  clock: Clock,
  key: string | null,
  rateLimit: number | null,
): Promise<void> {
  const hash = key === null ? null : hashOf(key);
  const earlier = (await listKeys(store)).filter((row) => row.name === FROM_ENVIRONMENT && row.revoked_at === null);
  for (const row of earlier) if (row.hash !== hash) await revokeKey(store, row.id, clock.now());
  if (key === null || hash === null) return;
  await insertKey(store, { ...rowOf(FROM_ENVIRONMENT, key, DEFAULT_PROJECT, clock.now()), prefix: '(environment)' });
  await store.db
    .updateTable('keys')
    .set({ revoked_at: null, rate_limit: rateLimit })
    .where('hash', '=', hash)
    .where('name', '=', FROM_ENVIRONMENT)
    .execute();
}

export const hasAnyKey = async (store: Store): Promise<boolean> =>
  (await listKeys(store)).some((row) => row.revoked_at === null);

/** Whether a key is known, not revoked and not expired. */
export const isValid = (row: KeyRow | undefined, now: number): row is KeyRow =>
  row !== undefined && row.revoked_at === null && (row.expires_at === null || row.expires_at > now);

export const callerOfRow = (row: KeyRow): Caller => ({
  keyId: row.id,
  keyName: row.name,
  projectId: row.project_id,
  userId: row.user_id,
  scopes: JSON.parse(row.scopes) as Scope[],
});

/** Throws MISSING_SCOPE unless the caller has the scope or is an admin. */
export function requireScope(caller: Caller, scope: Scope): void {
  if (!caller.scopes.includes(scope) && !caller.scopes.includes('admin'))
    throw new RedoubtError('MISSING_SCOPE', { value: scope });
}

/** Throws MISSING_SCOPE unless the key itself has the scope: being an admin is not enough to see what was hidden. */
export function requireOwnScope(caller: Caller, scope: Scope): void {
  if (!caller.scopes.includes(scope)) throw new RedoubtError('MISSING_SCOPE', { value: scope });
}

export const describeKey = (row: KeyRow): KeyDescription => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  project_id: row.project_id,
  scopes: JSON.parse(row.scopes) as Scope[],
  rate_limit: row.rate_limit,
  created_at: isoTime(row.created_at),
  expires_at: isoTime(row.expires_at),
  last_used_at: isoTime(row.last_used_at),
  revoked_at: isoTime(row.revoked_at),
});

/** All keys, of one project or of every one, in the order they were made. */
export const describeKeys = async (store: Store, projectId?: string): Promise<KeyDescription[]> =>
  (await listKeys(store, projectId)).map(describeKey);

/** Revokes the key with this id, from now on; with `projectId` only one of that project. Throws NOT_FOUND. */
export async function revoke(store: Store, clock: Clock, id: string, projectId?: string): Promise<KeyRow> {
  const row = await revokeKey(store, id, clock.now(), projectId);
  if (!row) throw new RedoubtError('NOT_FOUND', { field: 'API key', value: id });
  return row;
}
