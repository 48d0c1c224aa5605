// Pages of a project's scans, newest first, for lists that can be long.
import { sql } from 'kysely';
import type { ScanStatus } from '../core/scan-status.ts';
import { likeText } from './like.ts';
import type { ScanRow } from './schema.ts';
import type { Store } from './store.ts';

export interface ScanFilter {
  readonly statuses?: readonly ScanStatus[];
  readonly kind?: ScanRow['kind'];
  readonly targetKey?: string;
  /** Occurs in the name, letter case aside (of ASCII letters, as SQLite compares). */
  readonly nameHolds?: string;
}

/** Where a page ends: the last scan on it. */
export interface ScanPlace {
  readonly createdAt: number;
  readonly id: string;
}

/** At most `limit` scans after the place, newest first. */
export function scansPage(
  store: Store,
  projectId: string,
  { statuses, kind, targetKey, nameHolds }: ScanFilter,
  after: ScanPlace | null,
  limit: number,
): Promise<ScanRow[]> {
  let query = store.db.selectFrom('scans').selectAll().where('project_id', '=', projectId);
  if (statuses !== undefined && statuses.length > 0) query = query.where('status', 'in', statuses);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (targetKey !== undefined) query = query.where('target_key', '=', targetKey);
  if (nameHolds !== undefined)
    query = query.where(sql<boolean>`lower(name) like ${`%${likeText(nameHolds.toLowerCase())}%`} escape '\\'`);
  if (after !== null)
    query = query.where((eb) =>
      eb.or([
        eb('created_at', '<', after.createdAt),
        eb.and([eb('created_at', '=', after.createdAt), eb('id', '<', after.id)]),
      ]),
    );
  return query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

/** A project's finished scans (not those of the sandbox), the latest first. */
export const finishedScans = (store: Store, projectId: string, limit: number): Promise<ScanRow[]> =>
  store.db
    .selectFrom('scans')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('status', '=', 'Finished')
    .where('kind', '=', 'scan')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
