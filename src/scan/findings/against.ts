// The findings of one scan, held against those of a baseline: what is new, what is known, what is gone.
import { decisionsOf, findingsOf } from '../../store/findings.ts';
import type { ScanRow } from '../../store/schema.ts';
import { type FindingContext, takeInScans } from './findings.ts';
import { decisionNow, type FindingState } from './life.ts';
import { type ReadScan, readFindings, type ShownFinding } from './reading.ts';

/** A finding of a scan with its state against the baseline; without one against all scans before. */
export interface StandingFinding extends ShownFinding {
  readonly state: FindingState;
}

export interface FindingsAgainst {
  /** Those that the scan shows, in the order of its tests. */
  readonly shown: readonly StandingFinding[];
  /** Those of the baseline that were asked again and are gone. */
  readonly fixed: readonly ShownFinding[];
  /** Those of the baseline that the scan did not ask for again, or could not decide. */
  readonly undecided: readonly ShownFinding[];
}

const nothing: ReadScan = { shown: new Map(), decided: new Set() };

/** `baseline` null: a finding is new where no earlier scan of the project showed it. */
export async function findingsAgainst(
  context: FindingContext,
  scan: ScanRow,
  baseline: ScanRow | null,
): Promise<FindingsAgainst> {
  const { store, clock } = context;
  await takeInScans(context, scan.project_id, ({ id }) => (id === scan.id ? baseline : null));
  const before = baseline === null ? nothing : await readFindings(store, baseline.id, new Set());
  const places = new Set([...before.shown.values()].map(({ place }) => place));
  const now = await readFindings(store, scan.id, places);
  const rows = new Map((await findingsOf(store, scan.project_id)).map((row) => [row.fingerprint, row]));
  const decisions = new Map((await decisionsOf(store, scan.project_id)).map((row) => [row.fingerprint, row]));
  const stateIn = ({ fingerprint }: ShownFinding): FindingState => {
    const decided = decisionNow(decisions.get(fingerprint), clock.now());
    if (decided !== null) return decided;
    if (baseline !== null && before.shown.has(fingerprint)) return 'known';
    const row = rows.get(fingerprint);
    if (row === undefined) return 'new';
    if (row.times_back > 0) return 'regressed';
    return baseline === null && row.first_scan !== scan.id ? 'known' : 'new';
  };
  const gone = [...before.shown.values()].filter(({ fingerprint }) => !now.shown.has(fingerprint));
  return {
    shown: [...now.shown.values()].map((finding) => ({ ...finding, state: stateIn(finding) })),
    fixed: gone.filter(({ place }) => now.decided.has(place)),
    undecided: gone.filter(({ place }) => !now.decided.has(place)),
  };
}
