// Ends of scans that are to be told to somebody, and where: noted with the change of status, so that no stop loses one.
import type { Transaction } from 'kysely';
import { newId } from '../core/ids.ts';
import type { ScanStatus } from '../core/scan-status.ts';
import type { Database, NoticeRow, WebhookRow } from './schema.ts';
import type { Store } from './store.ts';

const ended: ReadonlySet<ScanStatus> = new Set(['Finished', 'Failed', 'Error']);

/** Within a change of status: notes that the scan ended, where its project wants to hear of it. */
export async function noteEnd(
  trx: Transaction<Database>,
  scan: { readonly id: string; readonly project_id: string },
  status: ScanStatus,
  now: number,
): Promise<void> {
  if (!ended.has(status)) return;
  const hook = await trx
    .selectFrom('webhooks')
    .select('project_id')
    .where('project_id', '=', scan.project_id)
    .executeTakeFirst();
  if (!hook) return;
  const row = { id: newId(), project_id: scan.project_id, scan_id: scan.id, status, created_at: now, sends: 0 };
  await trx
    .insertInto('notices')
    .values({ ...row, next_at: now })
    .execute();
}

export const webhookOf = (store: Store, projectId: string): Promise<WebhookRow | undefined> =>
  store.db.selectFrom('webhooks').selectAll().where('project_id', '=', projectId).executeTakeFirst();

export async function setWebhook(store: Store, row: WebhookRow): Promise<void> {
  await store.db
    .insertInto('webhooks')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('project_id').doUpdateSet({ url: row.url, secret: row.secret, created_at: row.created_at }),
    )
    .execute();
}

/** False where there was none; what was still to be told is dropped. */
export async function removeWebhook(store: Store, projectId: string): Promise<boolean> {
  const result = await store.db.deleteFrom('webhooks').where('project_id', '=', projectId).executeTakeFirst();
  await store.db.updateTable('notices').set({ next_at: null }).where('project_id', '=', projectId).execute();
  return result.numDeletedRows > 0n;
}

/**
 * Takes a due notice for one send: of several servers one gets it. `retryAt`: when it is due again unless it is settled.
 * None of the projects in `except`.
 */
export async function takeDueNotice(
  store: Store,
  now: number,
  retryAt: number,
  except: ReadonlySet<string> = new Set(),
): Promise<NoticeRow | undefined> {
  for (;;) {
    const due = await store.db
      .selectFrom('notices')
      .selectAll()
      .where('next_at', '<=', now)
      .$if(except.size > 0, (query) => query.where('project_id', 'not in', [...except]))
      .orderBy('next_at')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst();
    if (!due) return undefined;
    const taken = await store.db
      .updateTable('notices')
      .set({ next_at: retryAt, sends: due.sends + 1 })
      .where('id', '=', due.id)
      .where('next_at', '=', due.next_at)
      .executeTakeFirst();
    if (taken.numUpdatedRows > 0n) return { ...due, sends: due.sends + 1 };
  }
}

/** Notes what came of a send; `nextAt` null: it was taken, or is given up. */
export async function settleNotice(store: Store, id: string, result: string, nextAt: number | null): Promise<void> {
  await store.db.updateTable('notices').set({ result, next_at: nextAt }).where('id', '=', id).execute();
}

/** The latest notices of a project, the newest first. */
export const latestNotices = (store: Store, projectId: string, most: number): Promise<NoticeRow[]> =>
  store.db
    .selectFrom('notices')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('id', 'desc')
    .limit(most)
    .execute();
