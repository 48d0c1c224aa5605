// Scans: made, found, owned, moved from status to status. Every change of status goes through the table of core.
import { sql, type Transaction, type Updateable } from 'kysely';
import { RedoubtError } from '../core/errors.ts';
import { nextStatus, type ScanAction, type ScanStatus } from '../core/scan-status.ts';
import { takeKey } from './idempotency.ts';
import { noteEnd } from './notices.ts';
import { tablesOfScans } from './scan-rows.ts';
import type { Database, IdempotencyKeyRow, ScanRow } from './schema.ts';
import type { Store } from './store.ts';
import { dropSearchIndex } from './test-search.ts';

// SQLITE_CONSTRAINT_UNIQUE, which a taken primary key is not; PostgreSQL names the constraint, its sentences are translated.
const SQLITE_UNIQUE = 2067;

const isTakenName = (error: unknown): boolean => {
  const { errcode, constraint } = error as { errcode?: number; constraint?: string };
  return errcode === SQLITE_UNIQUE || constraint === 'scans_name';
};

/**
 * Stores a new scan, and with it the client's key that asks for it once. False, and nothing stored, where the key has
 * started a scan already. Throws DUPLICATE_NAME at `nameField` where the project has one of this name.
 */
export async function insertScan(
  store: Store,
  row: ScanRow,
  once: IdempotencyKeyRow | null = null,
  nameField = 'scan_name',
): Promise<boolean> {
  try {
    return await store.db.transaction().execute(async (trx) => {
      if (once !== null && !(await takeKey(trx, once))) return false;
      await trx.insertInto('scans').values(row).execute();
      return true;
    });
  } catch (cause) {
    if (isTakenName(cause)) throw new RedoubtError('DUPLICATE_NAME', { field: nameField, value: row.name }, cause);
    throw cause;
  }
}

/** Throws DUPLICATE_NAME where the project has another scan of this name. */
export async function renameScan(store: Store, id: string, name: string): Promise<void> {
  try {
    await store.db.updateTable('scans').set({ name }).where('id', '=', id).execute();
  } catch (cause) {
    if (isTakenName(cause)) throw new RedoubtError('DUPLICATE_NAME', { field: 'name', value: name }, cause);
    throw cause;
  }
}

export const findScan = (store: Store, id: string): Promise<ScanRow | undefined> =>
  store.db.selectFrom('scans').selectAll().where('id', '=', id).executeTakeFirst();

/** A project's scan, or SCAN_NOT_FOUND: another project's scan is answered like none. `asked` is the id as it came. */
export async function requireScan(store: Store, projectId: string, id: string, asked = id): Promise<ScanRow> {
  const row = await store.db
    .selectFrom('scans')
    .selectAll()
    .where('id', '=', id)
    .where('project_id', '=', projectId)
    .executeTakeFirst();
  if (!row) throw new RedoubtError('SCAN_NOT_FOUND', { value: asked });
  return row;
}

export const findScanByName = (store: Store, projectId: string, name: string): Promise<ScanRow | undefined> =>
  store.db
    .selectFrom('scans')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('name', '=', name)
    .executeTakeFirst();

/** The latest scan of the same request that has not finished. */
export const findUnfinished = (store: Store, projectId: string, requestHash: string): Promise<ScanRow | undefined> =>
  store.db
    .selectFrom('scans')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('request_hash', '=', requestHash)
    .where('status', '!=', 'Finished')
    .orderBy('created_at', 'desc')
    .executeTakeFirst();

/** A project's scans, oldest first; `since` in milliseconds leaves out what was created before it. */
export const listScans = (store: Store, projectId: string, since = 0): Promise<ScanRow[]> =>
  store.db
    .selectFrom('scans')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('created_at', '>=', since)
    .orderBy('created_at')
    .orderBy('id')
    .execute();

/** A project's latest scans of a kind, newest first. */
export const latestScans = (
  store: Store,
  projectId: string,
  kind: ScanRow['kind'],
  limit: number,
): Promise<ScanRow[]> =>
  store.db
    .selectFrom('scans')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('kind', '=', kind)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();

/** How many scans of a kind are waiting or being worked on, over all projects. */
export async function countActive(store: Store, kind: ScanRow['kind']): Promise<number> {
  const { n } = await store.db
    .selectFrom('scans')
    .select(sql<number>`count(*)`.as('n'))
    .where('kind', '=', kind)
    .where('status', 'in', ['Initializing', 'Scanning'])
    .executeTakeFirstOrThrow();
  return Number(n);
}

/** The latest finished scan of each target of the project. */
export async function latestFinishedScans(store: Store, projectId: string): Promise<ScanRow[]> {
  const rows = (await listScans(store, projectId)).filter(
    ({ status, kind }) => status === 'Finished' && kind === 'scan',
  );
  return [...new Map(rows.map((row) => [row.target_key, row])).values()];
}

/** What else belongs to a change of status, in the same transaction; `from` is the status that was left. */
export type WithMove = (trx: Transaction<Database>, from: ScanStatus) => Promise<void>;

/**
 * Moves a scan along the table of transitions, as one comparing update: of two callers one wins, the other gets
 * ILLEGAL_TRANSITION for the status that then holds.
 */
export async function moveScan(
  store: Store,
  id: string,
  action: ScanAction,
  changes: Updateable<ScanRow> = {},
  withMove: WithMove = () => Promise.resolve(),
): Promise<ScanStatus> {
  for (;;) {
    const moved = await store.db.transaction().execute(async (trx) => {
      const row = await trx
        .selectFrom('scans')
        .select(['id', 'project_id', 'status'])
        .where('id', '=', id)
        .executeTakeFirst();
      if (!row) throw new RedoubtError('SCAN_NOT_FOUND', { value: id });
      const status = nextStatus(row.status, action);
      const result = await trx
        .updateTable('scans')
        .set({ ...changes, status })
        .where('id', '=', id)
        .where('status', '=', row.status)
        .executeTakeFirst();
      if (result.numUpdatedRows === 0n) return null;
      await withMove(trx, row.status);
      await noteEnd(trx, row, status, changes.ended_at ?? 0);
      return status;
    });
    if (moved !== null) return moved;
  }
}

/** Voids the chunks that were handed out before a scan was resumed. */
export async function countResume(trx: Transaction<Database>, id: string): Promise<void> {
  await trx
    .updateTable('scans')
    .set((eb) => ({ resumes: eb('resumes', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

/** Adds what a worker had to adapt to what others had. */
export async function addAdaptations(store: Store, id: string, found: readonly string[]): Promise<void> {
  if (found.length === 0) return;
  await store.db.transaction().execute(async (trx) => {
    const query = trx.selectFrom('scans').select('adaptations').where('id', '=', id);
    const row = await (store.kind === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
    const known = JSON.parse(row?.adaptations ?? '[]') as string[];
    const all = [...new Set([...known, ...found])];
    if (all.length === known.length) return;
    await trx
      .updateTable('scans')
      .set({ adaptations: JSON.stringify(all) })
      .where('id', '=', id)
      .execute();
  });
}

export async function updateScan(store: Store, id: string, changes: Updateable<ScanRow>): Promise<void> {
  await store.db.updateTable('scans').set(changes).where('id', '=', id).execute();
}

/** Scans that want a worker, with who holds them. */
export const activeScans = (
  store: Store,
): Promise<Pick<ScanRow, 'id' | 'kind' | 'project_id' | 'status' | 'resumes' | 'owner' | 'heartbeat_at'>[]> =>
  store.db
    .selectFrom('scans')
    .select(['id', 'kind', 'project_id', 'status', 'resumes', 'owner', 'heartbeat_at'])
    .where('status', 'in', ['Initializing', 'Scanning'])
    .orderBy('created_at')
    .execute();

/** Those of the scans that may still be worked on, now or once somebody resumes them. */
export async function notFinished(store: Store, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await store.db
    .selectFrom('scans')
    .select('id')
    .where('id', 'in', ids)
    .where('status', '!=', 'Finished')
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Takes a scan over from `expectedOwner` (null: nobody). False where somebody was faster. */
export async function claimScan(
  store: Store,
  id: string,
  expectedOwner: string | null,
  owner: string,
  now: number,
): Promise<boolean> {
  const result = await store.db
    .updateTable('scans')
    .set({ owner, heartbeat_at: now })
    .where('id', '=', id)
    .where('status', 'in', ['Initializing', 'Scanning'])
    .where(sql<boolean>`coalesce(owner, '') = ${expectedOwner ?? ''}`)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Says that the owner is alive; gives the ids it still holds with their status. */
export async function heartbeat(store: Store, owner: string, now: number): Promise<Pick<ScanRow, 'id' | 'status'>[]> {
  await store.db.updateTable('scans').set({ heartbeat_at: now }).where('owner', '=', owner).execute();
  return ownedScans(store, owner);
}

export const ownedScans = (store: Store, owner: string): Promise<Pick<ScanRow, 'id' | 'status'>[]> =>
  store.db.selectFrom('scans').select(['id', 'status']).where('owner', '=', owner).execute();

/** Adds time for which a scan was worked on, in milliseconds. */
export async function addActiveTime(store: Store, id: string, owner: string, ms: number): Promise<void> {
  await store.db
    .updateTable('scans')
    .set((eb) => ({ active_ms: eb('active_ms', '+', Math.round(ms)) }))
    .where('id', '=', id)
    .where('owner', '=', owner)
    .execute();
}

/** Lets a scan go, adding the time it was worked on. */
export async function releaseScan(store: Store, id: string, owner: string, activeMs: number): Promise<void> {
  await store.db
    .updateTable('scans')
    .set((eb) => ({ owner: null, heartbeat_at: null, active_ms: eb('active_ms', '+', Math.round(activeMs)) }))
    .where('id', '=', id)
    .where('owner', '=', owner)
    .execute();
}

/** Deletes a scan with all its rows; its line in `usage` stays. */
export async function deleteScan(store: Store, id: string): Promise<void> {
  await store.db.transaction().execute(async (trx) => {
    // First: it waits for whoever writes results of the scan, and their rows are seen below.
    await trx.deleteFrom('scans').where('id', '=', id).execute();
    for (const table of tablesOfScans) await trx.deleteFrom(table).where('scan_id', '=', id).execute();
    await dropSearchIndex(store, trx, id);
  });
}

/** Notes that a scan finished: once, however often it is said. */
export async function recordUsage(store: Store, scan: ScanRow, finishedAt: number): Promise<void> {
  await store.db
    .insertInto('usage')
    .values({
      scan_id: scan.id,
      project_id: scan.project_id,
      created_by: scan.created_by,
      created_at: scan.created_at,
      finished_at: finishedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Ids of a project's scans that are not being worked on and were last touched before `before` (milliseconds). */
export async function endedBefore(store: Store, projectId: string, before: number): Promise<string[]> {
  const rows = await store.db
    .selectFrom('scans')
    .select('id')
    .where('project_id', '=', projectId)
    .where('status', 'not in', ['Initializing', 'Scanning'])
    .where(sql<boolean>`coalesce(ended_at, resumed_at, created_at) < ${before}`)
    // One that ran for long before it was paused was touched by its last answer.
    .where(({ or, eb, not, exists, selectFrom }) =>
      or([
        eb('ended_at', 'is not', null),
        not(
          exists(
            selectFrom('tries')
              .select('tries.try_no')
              .whereRef('tries.scan_id', '=', 'scans.id')
              .where('tries.ended_at', '>=', before),
          ),
        ),
      ]),
    )
    .execute();
  return rows.map((row) => row.id);
}
