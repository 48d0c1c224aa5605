// Findings, the decisions on them, and which scans they were taken from.
import type { Transaction } from 'kysely';
import { bulkInsert } from './bulk-insert.ts';
import type { FindingDecisionRow, FindingRow } from './finding-rows.ts';
import type { Database, ScanRow } from './schema.ts';
import type { Store } from './store.ts';

export const findingsOf = (store: Store, projectId: string): Promise<FindingRow[]> =>
  store.db
    .selectFrom('findings')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('last_at', 'desc')
    .orderBy('fingerprint')
    .execute();

export const findFinding = (store: Store, projectId: string, fingerprint: string): Promise<FindingRow | undefined> =>
  store.db
    .selectFrom('findings')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('fingerprint', '=', fingerprint)
    .executeTakeFirst();

export const decisionsOf = (store: Store, projectId: string): Promise<FindingDecisionRow[]> =>
  store.db.selectFrom('finding_decisions').selectAll().where('project_id', '=', projectId).execute();

export async function storeFindingDecision(store: Store, row: FindingDecisionRow): Promise<void> {
  const { project_id, fingerprint, ...said } = row;
  await store.db
    .insertInto('finding_decisions')
    .values({ project_id, fingerprint, ...said })
    .onConflict((conflict) => conflict.columns(['project_id', 'fingerprint']).doUpdateSet(said))
    .execute();
}

/** False where there was none. */
export async function removeFindingDecision(store: Store, projectId: string, fingerprint: string): Promise<boolean> {
  const result = await store.db
    .deleteFrom('finding_decisions')
    .where('project_id', '=', projectId)
    .where('fingerprint', '=', fingerprint)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Finished scans of the project whose findings were not taken in yet, in the order in which they ended. */
export const unreadScans = (store: Store, projectId: string): Promise<ScanRow[]> =>
  store.db
    .selectFrom('scans')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('status', '=', 'Finished')
    .where('kind', '=', 'scan')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('finding_scans')
            .select('finding_scans.scan_id')
            .whereRef('finding_scans.scan_id', '=', 'scans.id')
            .whereRef('finding_scans.project_id', '=', 'scans.project_id'),
        ),
      ),
    )
    .orderBy('ended_at')
    .orderBy('id')
    .execute();

const columns = [
  'project_id',
  'fingerprint',
  'dataset',
  'case_id',
  'subcategory',
  'attack_family',
  'behaviour',
  'severity',
  'target_key',
  'first_scan',
  'first_at',
  'last_scan',
  'last_at',
  'fixed_scan',
  'fixed_at',
  'times_back',
] as const satisfies readonly (keyof FindingRow)[];

const overwritten = columns.slice(4).map((name) => `"${name}" = excluded."${name}"`);

async function markRead(trx: Transaction<Database>, scan: ScanRow, now: number): Promise<boolean> {
  const result = await trx
    .insertInto('finding_scans')
    .values({ project_id: scan.project_id, scan_id: scan.id, read_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Stores what a scan changed of the project's findings: once, however many ask at the same time. */
export async function takeIn(store: Store, scan: ScanRow, rows: readonly FindingRow[], now: number): Promise<void> {
  const ending = `on conflict ("project_id", "fingerprint") do update set ${overwritten.join(', ')}`;
  const insert = bulkInsert<FindingRow>(store.kind, 'findings', columns, ending);
  await store.db.transaction().execute(async (trx) => {
    if (await markRead(trx, scan, now)) await insert(trx, rows);
  });
}
