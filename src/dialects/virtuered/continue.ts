// `continue_flag`: the name of one's own interrupted scan goes on with it instead of starting another.
import { invalidField } from '../../core/errors.ts';
import { statusesAllowing } from '../../core/scan-status.ts';
import type { ScanRequest } from '../../scan/request.ts';
import { specOf } from '../../scan/spec.ts';
import { findScanByName } from '../../store/scans.ts';
import type { DialectServices } from '../dialect.ts';

/**
 * The id of the scan that was resumed, or null where no scan has this name. Throws INVALID_FIELD where model or
 * datasets differ, ILLEGAL_TRANSITION where the scan is not interrupted.
 */
export async function continueScan({ scans, store }: DialectServices, request: ScanRequest): Promise<string | null> {
  const row = request.name === null ? undefined : await findScanByName(store, request.projectId, request.name);
  if (!row) return null;
  const earlier = specOf(row);
  const isSameModel = earlier.target.url === request.target.url && earlier.target.model === request.target.model;
  if (!isSameModel) throw invalidField('continue_flag', `the scan "${row.name}" was started with another model.`);
  if (statusesAllowing('retry').includes(row.status)) {
    const planned = await scans.plan(request);
    const slugs = (datasets: typeof earlier.datasets): string =>
      JSON.stringify(datasets.map((dataset) => dataset.slug).sort());
    if (slugs(planned.spec.datasets) !== slugs(earlier.datasets))
      throw invalidField('continue_flag', `the scan "${row.name}" was started with other datasets.`);
  }
  // A key that has expired is why many a scan failed: it goes on with the one that was sent now.
  await scans.retry(request.projectId, row.id, undefined, request.secrets);
  return row.id;
}
