// How fast a target answered the last time it was scanned.
import { sql } from 'kysely';
import type { Store } from './store.ts';

export interface TargetPace {
  readonly calls: number;
  readonly activeMs: number;
  readonly concurrency: number;
}

/** Of the project's latest finished scan that called the target; null where there is none. */
export async function latestPace(store: Store, projectId: string, targetKey: string): Promise<TargetPace | null> {
  const scan = await store.db
    .selectFrom('scans')
    .select(['id', 'active_ms', 'request'])
    .where('project_id', '=', projectId)
    .where('target_key', '=', targetKey)
    .where('status', '=', 'Finished')
    .where('active_ms', '>', 0)
    .where(({ exists, selectFrom }) =>
      exists(selectFrom('call_counters').select('n').whereRef('call_counters.scan_id', '=', 'scans.id')),
    )
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (scan === undefined) return null;
  const { calls } = await store.db
    .selectFrom('call_counters')
    .select(sql<number>`coalesce(sum(n), 0)`.as('calls'))
    .where('scan_id', '=', scan.id)
    .executeTakeFirstOrThrow();
  const { target } = JSON.parse(scan.request) as { target: { concurrency: number } };
  return Number(calls) === 0
    ? null
    : { calls: Number(calls), activeMs: scan.active_ms, concurrency: target.concurrency };
}
