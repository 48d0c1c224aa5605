// What is known of the judges themselves: the sentinels of a scan, and calibrations, which outlive the scans.
import type { CalibrationRow, SentinelRow } from './schema.ts';
import { standingScans } from './standing-scans.ts';
import type { Store } from './store.ts';

/** Stores what the judge of a scan made of the sentinels; once a scan, and nothing where it was deleted. */
export async function storeSentinels(store: Store, scanId: string, rows: readonly SentinelRow[]): Promise<void> {
  if (rows.length === 0) return;
  await store.db.transaction().execute(async (trx) => {
    if ((await standingScans(store.kind, trx, [scanId])).size === 0) return;
    await trx
      .insertInto('sentinels')
      .values([...rows])
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}

/** Another judge has judged the scan: what is known of the one before goes, and this one's sentinels take its place. */
export const replaceJudgeHealth = (store: Store, scanId: string, rows: readonly SentinelRow[]): Promise<void> =>
  store.db.transaction().execute(async (trx) => {
    if ((await standingScans(store.kind, trx, [scanId])).size === 0) return;
    for (const table of ['sentinels', 'opinions'] as const)
      await trx.deleteFrom(table).where('scan_id', '=', scanId).execute();
    if (rows.length > 0)
      await trx
        .insertInto('sentinels')
        .values([...rows])
        .execute();
  });

export const sentinelsOf = (store: Store, scanId: string): Promise<SentinelRow[]> =>
  store.db.selectFrom('sentinels').selectAll().where('scan_id', '=', scanId).orderBy('item').execute();

export async function storeCalibration(store: Store, row: CalibrationRow): Promise<void> {
  await store.db.insertInto('calibrations').values(row).execute();
}

/** The latest calibration of a judge, by the whole of its id. */
export const latestCalibration = (store: Store, judge: string): Promise<CalibrationRow | undefined> =>
  store.db
    .selectFrom('calibrations')
    .selectAll()
    .where('judge', '=', judge)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();

/** All calibrations, the latest first. */
export const calibrations = (store: Store): Promise<CalibrationRow[]> =>
  store.db.selectFrom('calibrations').selectAll().orderBy('created_at', 'desc').orderBy('id', 'desc').execute();
