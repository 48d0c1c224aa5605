// Stored policies, keys and values of redaction tokens, and recorded decisions as rows.
import { bulkInsert } from './bulk-insert.ts';
import type { GuardDecisionRow, GuardPolicyRow, GuardSessionKeyRow, GuardTokenRow } from './schema.ts';
import type { Store } from './store.ts';

/** Every policy of the project in its highest version, in the order of ids. */
export async function currentPolicies(store: Store, projectId: string): Promise<GuardPolicyRow[]> {
  const rows = await store.db
    .selectFrom('guard_policies')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('id')
    .orderBy('version')
    .execute();
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

/** Every stored version of one policy, newest first. */
export const policyVersions = (store: Store, projectId: string, id: string): Promise<GuardPolicyRow[]> =>
  store.db
    .selectFrom('guard_policies')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .orderBy('version', 'desc')
    .execute();

/** Stores a version. False where it is taken: another request stored a policy with this id at the same time. */
export async function insertPolicy(store: Store, row: GuardPolicyRow): Promise<boolean> {
  const result = await store.db
    .insertInto('guard_policies')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** The session's key, if it still holds; `row` is stored where there is none. */
export async function ensureSessionKey(store: Store, row: GuardSessionKeyRow, now: number): Promise<Uint8Array> {
  const { project_id, session, secret, expires_at } = row;
  await store.db
    .insertInto('guard_session_keys')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['project_id', 'session'])
        .doUpdateSet({ secret, expires_at })
        .where('guard_session_keys.expires_at', '<=', now),
    )
    .execute();
  const held = await store.db
    .selectFrom('guard_session_keys')
    .select('secret')
    .where('project_id', '=', project_id)
    .where('session', '=', session)
    .executeTakeFirstOrThrow();
  return held.secret;
}

/** Stores what tokens stand for; a token that is there already keeps its value and lives as long as the new one. */
export async function insertTokens(store: Store, rows: readonly GuardTokenRow[]): Promise<void> {
  const columns = ['project_id', 'session', 'token', 'value', 'expires_at'] as const;
  const ending = 'on conflict (project_id, session, token) do update set expires_at = excluded.expires_at';
  await bulkInsert<GuardTokenRow>(store.kind, 'guard_tokens', columns, ending)(store.db, rows);
}

/** Takes the token out: whoever asks first gets its value, all others nothing. */
export async function takeToken(
  store: Store,
  projectId: string,
  session: string,
  token: string,
  now: number,
): Promise<Uint8Array | null> {
  const row = await store.db
    .deleteFrom('guard_tokens')
    .where('project_id', '=', projectId)
    .where('session', '=', session)
    .where('token', '=', token)
    .returning(['value', 'expires_at'])
    .executeTakeFirst();
  return row && Number(row.expires_at) > now ? row.value : null;
}

/** Those that are there already stay as they are: what broke off halfway may be written again. */
export async function insertDecisions(store: Store, rows: readonly GuardDecisionRow[]): Promise<void> {
  const columns = [
    'id',
    'project_id',
    'created_at',
    'session',
    'flagged',
    'denied',
    'redacted',
    'undecided',
    'findings',
    'messages',
    'ms',
  ] as const;
  const ending = 'on conflict (id) do nothing';
  await bulkInsert<GuardDecisionRow>(store.kind, 'guard_decisions', columns, ending)(store.db, rows);
}

/** The latest recorded decisions of the project, newest first. */
export const latestDecisions = (store: Store, projectId: string, most: number): Promise<GuardDecisionRow[]> =>
  store.db
    .selectFrom('guard_decisions')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute();

/** Deletes decisions older than `decidedBefore`, and all tokens and session keys whose time is over. */
export async function deleteExpired(store: Store, decidedBefore: number, now: number): Promise<void> {
  await store.db.deleteFrom('guard_decisions').where('created_at', '<', decidedBefore).execute();
  await store.db.deleteFrom('guard_tokens').where('expires_at', '<=', now).execute();
  await store.db.deleteFrom('guard_session_keys').where('expires_at', '<=', now).execute();
}

/** Deletes a project's decisions that were made before `before`, in milliseconds. */
export async function deleteDecisionsBefore(store: Store, before: number, projectId: string): Promise<void> {
  await store.db
    .deleteFrom('guard_decisions')
    .where('project_id', '=', projectId)
    .where('created_at', '<', before)
    .execute();
}
