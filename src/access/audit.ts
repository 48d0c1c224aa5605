// What the audit log is told: who did what to what. Never a key, a password or a text.
import type { Clock } from '../core/ports.ts';
import { noteInAudit } from '../store/audit.ts';
import type { Store } from '../store/store.ts';

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
  | 'policy.save';

/** Who did it, and in which project. */
export interface Actor {
  readonly keyName: string;
  readonly projectId: string;
}

/** Adds an entry; `subject` names what it was done to. */
export const note = (
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  { keyName, projectId }: Actor,
  action: AuditAction,
  subject: string,
): Promise<void> =>
  noteInAudit(store, { project_id: projectId, created_at: clock.now(), actor: keyName, action, subject });
