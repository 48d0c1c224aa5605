// What the audit log is told: who did what to what. Never a key, a password or a text.
import type { Clock } from '../core/ports.ts';
import { type AuditAction, noteInAudit } from '../store/audit.ts';
import type { Store } from '../store/store.ts';

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
