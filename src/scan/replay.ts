// Runs a scan's plan again: the same tests against the same target, as a new scan.
import { RedoubtError } from '../core/errors.ts';
import { newId } from '../core/ids.ts';
import { isoTime } from '../core/iso-time.ts';
import type { Clock } from '../core/ports.ts';
import { insertScan } from '../store/scans.ts';
import type { ScanRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { placeOfTarget, type Vault } from '../store/vault.ts';
import { planHash } from './plan.ts';
import { notStarted } from './service.ts';
import { type GuardChoice, specOf } from './spec.ts';
import { secretsOf } from './worker.ts';

export interface ReplayContext {
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
}

/** The policies are asked for again, and are what they are then. */
const notHeld = ({ mode, policies }: GuardChoice): GuardChoice => ({ mode, policies });

/** Throws REPLAY_DIFFERS where this version of Redoubt would run other tests than the scan did. */
export async function replayScan({ store, vault, clock }: ReplayContext, row: ScanRow, by: string): Promise<ScanRow> {
  const spec = specOf(row);
  if (planHash(spec) !== row.plan_hash) throw new RedoubtError('REPLAY_DIFFERS', { value: row.id });
  const id = newId();
  const now = clock.now();
  const again: ScanRow = {
    ...row,
    ...notStarted,
    id,
    name: `${row.name.slice(0, 200)}, replayed ${isoTime(now)}`,
    request: spec.guard === undefined ? row.request : JSON.stringify({ ...spec, guard: notHeld(spec.guard) }),
    target_secrets: vault.seal(JSON.stringify(secretsOf(vault, row)), placeOfTarget(id)),
    created_by: by,
    created_at: now,
  };
  await insertScan(store, again);
  return again;
}
