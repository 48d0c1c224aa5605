// The baseline of `redoubt scan --baseline NAME|ID`: found, or set by the first scan that names it.
import { DEFAULT_PROJECT } from '../access/keys.ts';
import { RedoubtError } from '../core/errors.ts';
import { bareId } from '../core/ids.ts';
import { findScan, findScanByName } from '../store/scans.ts';
import type { ScanRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';

const looksLikeId = (text: string): boolean => /^(scan-)?[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(text);

/** `row` null: no scan has this name yet, so the scan that is to run becomes it. */
export interface Baseline {
  readonly name: string;
  readonly row: ScanRow | null;
}

/** Throws SCAN_NOT_FOUND for an id that there is not, SCAN_NOT_FINISHED for a scan that did not finish. */
export async function findBaseline(store: Store, asked: string): Promise<Baseline> {
  const byId = looksLikeId(asked) ? await findScan(store, bareId(asked)) : undefined;
  const row = byId ?? (await findScanByName(store, DEFAULT_PROJECT, asked)) ?? null;
  if (row === null && looksLikeId(asked)) throw new RedoubtError('SCAN_NOT_FOUND', { value: asked });
  // A first run that was interrupted goes on under its name.
  if (row !== null && row.status !== 'Finished') {
    if (looksLikeId(asked)) throw new RedoubtError('SCAN_NOT_FINISHED', { value: row.status, reason: 'baseline' });
    return { name: asked, row: null };
  }
  return { name: asked, row };
}
