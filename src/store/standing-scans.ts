// Whether scans are still there. What is written for a scan that was deleted meanwhile would stay for ever.
import { CompiledQuery } from 'kysely';
import type { Runner } from './bulk-insert.ts';
import type { StoreKind } from './store.ts';

/**
 * Those of the scans that are there. Until the transaction of `run` ends none of them is deleted: who deletes takes the
 * row of the scan first, and waits.
 */
export async function standingScans(
  kind: StoreKind,
  run: Runner,
  scanIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const ids = [...new Set(scanIds)];
  if (ids.length === 0) return new Set();
  const places = ids.map((_, index) => (kind === 'postgres' ? `$${index + 1}` : '?')).join(', ');
  // SQLite has one writer at a time.
  const lock = kind === 'postgres' ? ' for key share' : '';
  const query = CompiledQuery.raw(`select "id" from "scans" where "id" in (${places})${lock}`, ids);
  const { rows } = await run.executeQuery(query as CompiledQuery<{ id: string }>);
  return new Set(rows.map(({ id }) => id));
}
