// What a home page shows of each target: its latest figures, how they went, what is open.

import { findingsOf } from '../store/findings.ts';
import { finishedScans } from '../store/scan-pages.ts';
import type { ScanRow } from '../store/schema.ts';
import type { FindingContext } from './findings/findings.ts';
import { listFindings } from './findings/findings.ts';

/** Findings in these states are still to be dealt with. */
const openStates = ['new', 'known', 'regressed'] as const;

const MOST_SCANS = 500;
const MOST_TREND = 20;

export interface TargetHistory {
  readonly key: string;
  /** Its finished scans, the latest first; at most 20. */
  readonly scans: readonly ScanRow[];
  /** How many of its scans have finished, of the latest 500 of the project. */
  readonly finished: number;
  /** Findings of its latest scans that are open, by severity. */
  readonly open: Readonly<Record<string, number>>;
}

/** Targets of the project, the one that was scanned last first. */
export async function targetHistories(context: FindingContext, projectId: string): Promise<TargetHistory[]> {
  const open = await listFindings(context, projectId, { states: openStates });
  const states = new Map(open.map(({ fingerprint, severity }) => [fingerprint, severity]));
  const openOf = new Map<string, Record<string, number>>();
  for (const { fingerprint, target_key } of await findingsOf(context.store, projectId)) {
    const severity = states.get(fingerprint);
    if (severity === undefined) continue;
    const counts = openOf.get(target_key) ?? {};
    openOf.set(target_key, counts);
    counts[severity] = (counts[severity] ?? 0) + 1;
  }
  const byTarget = new Map<string, ScanRow[]>();
  for (const row of await finishedScans(context.store, projectId, MOST_SCANS))
    byTarget.set(row.target_key, [...(byTarget.get(row.target_key) ?? []), row]);
  return [...byTarget].map(([key, scans]) => ({
    key,
    scans: scans.slice(0, MOST_TREND),
    finished: scans.length,
    open: openOf.get(key) ?? {},
  }));
}
