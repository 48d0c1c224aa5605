// The audit log: who did what that somebody may ask about later. Rows are only ever added.
import { newId } from '../core/ids.ts';
import type { AuditRow } from './schema.ts';
import type { Store } from './store.ts';

/** What accounts and keys are noted for, and scans, datasets and policies. The subject never is a key, a password or a text. */
export type AuditAction =
  | 'key.create'
  | 'key.revoke'
  | 'user.add'
  | 'user.change'
  | 'user.reset'
  | 'project.add'
  | 'project.change'
  | 'project.empty'
  | 'member.add'
  | 'member.remove'
  | 'webhook.set'
  | 'webhook.remove'
  | 'sign-in'
  | 'sign-in.refused'
  | 'sign-out'
  | 'password.set'
  | 'scan.start'
  | 'scan.delete'
  | 'dataset.add'
  | 'dataset.delete'
  | 'policy.save'
  | 'detokenize'
  | 'detokenize, nothing to reveal';

export async function noteInAudit(store: Store, entry: Omit<AuditRow, 'id'>): Promise<void> {
  await store.db
    .insertInto('audit')
    .values({ id: newId(), ...entry })
    .execute();
}

/** The project's entries, the oldest first. */
export const auditOf = (store: Store, projectId: string): Promise<AuditRow[]> =>
  store.db.selectFrom('audit').selectAll().where('project_id', '=', projectId).orderBy('id').execute();

/** The project's entries, the newest first; `before` is the id of the last entry seen. */
export const auditPage = (store: Store, projectId: string, limit: number, before?: string): Promise<AuditRow[]> =>
  store.db
    .selectFrom('audit')
    .selectAll()
    .where('project_id', '=', projectId)
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
