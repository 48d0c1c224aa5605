// The life of a finding: what a scan changes of it, and in which state it is. Pure.
import type { FindingDecisionRow, FindingRow } from '../../store/finding-rows.ts';
import type { ScanRow } from '../../store/schema.ts';
import type { ReadScan, ShownFinding } from './reading.ts';

/**
 * new: first seen in the latest scan that shows it. known: seen before. regressed: was fixed and came back. fixed: asked
 * again and gone. accepted and false_positive: a person said so; an acceptance ends on its day.
 */
export const findingStates = ['new', 'known', 'regressed', 'fixed', 'accepted', 'false_positive'] as const;
export type FindingState = (typeof findingStates)[number];

/** What a person says of a finding, as far as it holds now; null where nothing does. */
export function decisionNow(decision: FindingDecisionRow | undefined, now: number): FindingDecisionRow['kind'] | null {
  if (decision === undefined || (decision.until !== null && Number(decision.until) <= now)) return null;
  return decision.kind;
}

export function stateOf(row: FindingRow, decision: FindingDecisionRow | undefined, now: number): FindingState {
  const decided = decisionNow(decision, now);
  if (decided !== null) return decided;
  if (row.fixed_scan !== null) return 'fixed';
  if (row.times_back > 0) return 'regressed';
  return row.first_scan === row.last_scan ? 'new' : 'known';
}

const at = (scan: ScanRow): number => Number(scan.ended_at ?? scan.created_at);

function newRow(scan: ScanRow, { fingerprint, behaviour, family, test }: ShownFinding): FindingRow {
  return {
    project_id: scan.project_id,
    fingerprint,
    dataset: test.dataset,
    case_id: test.case_id,
    subcategory: test.subcategory,
    attack_family: family,
    behaviour,
    severity: test.severity,
    target_key: scan.target_key,
    first_scan: scan.id,
    first_at: at(scan),
    last_scan: scan.id,
    last_at: at(scan),
    fixed_scan: null,
    fixed_at: null,
    times_back: 0,
  };
}

const seenAgain = (row: FindingRow, scan: ScanRow, { test }: ShownFinding): FindingRow => ({
  ...row,
  severity: test.severity,
  target_key: scan.target_key,
  last_scan: scan.id,
  last_at: at(scan),
  times_back: row.times_back + (row.fixed_scan === null ? 0 : 1),
  fixed_scan: null,
  fixed_at: null,
});

export const placeOfRow = ({ dataset, case_id, attack_family }: FindingRow): string =>
  [dataset, case_id, attack_family].join('\u001f');

/**
 * The findings that a scan adds or changes. One that it asked for again and does not show is fixed, where it asked the
 * same target, or one held against `baseline`'s.
 */
export function changedBy(
  scan: ScanRow,
  { shown, decided }: ReadScan,
  known: readonly FindingRow[],
  baseline: ScanRow | null,
): FindingRow[] {
  const before = new Map(known.map((row) => [row.fingerprint, row]));
  const seen = [...shown.values()].map((finding) => {
    const row = before.get(finding.fingerprint);
    return row === undefined ? newRow(scan, finding) : seenAgain(row, scan, finding);
  });
  const targets = [scan.target_key, ...(baseline === null ? [] : [baseline.target_key])];
  const gone = known.filter(
    (row) =>
      row.fixed_scan === null &&
      !shown.has(row.fingerprint) &&
      targets.includes(row.target_key) &&
      decided.has(placeOfRow(row)),
  );
  return [...seen, ...gone.map((row) => ({ ...row, fixed_scan: scan.id, fixed_at: at(scan) }))];
}
