// Remembers which scan still owes its files, so that a command that was killed after its scan had finished writes
// them the next time instead of asking everything again.
import { readMeta, writeMeta } from '../store/access.ts';
import { findScan } from '../store/scans.ts';
import type { ScanRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';

const keyOf = (requestHash: string): string => `files_owed:${requestHash}`;

export const noteFilesOwed = (store: Store, scan: ScanRow): Promise<void> =>
  writeMeta(store, keyOf(scan.request_hash), scan.id);

export const noteFilesWritten = (store: Store, scan: ScanRow): Promise<void> =>
  writeMeta(store, keyOf(scan.request_hash), null);

/** The finished scan of this request whose command ended before it had left its files. */
export async function scanOwingFiles(store: Store, requestHash: string): Promise<ScanRow | undefined> {
  const id = await readMeta(store, keyOf(requestHash));
  const row = id === undefined ? undefined : await findScan(store, id);
  return row?.status === 'Finished' ? row : undefined;
}
