// The findings of a project: taken in from finished scans, shown with their state, decided on by people.
import { invalidField, RedoubtError } from '../../core/errors.ts';
import { isoTime } from '../../core/iso-time.ts';
import { type Severity, severities } from '../../core/outcome.ts';
import type { Clock } from '../../core/ports.ts';
import { noteInAudit } from '../../store/audit.ts';
import type { FindingDecisionRow, FindingRow } from '../../store/finding-rows.ts';
import {
  decisionsOf,
  findFinding,
  findingsOf,
  removeFindingDecision,
  storeFindingDecision,
  takeIn,
  unreadScans,
} from '../../store/findings.ts';
import type { ScanRow } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';
import { changedBy, type FindingState, placeOfRow, stateOf } from './life.ts';
import { readFindings } from './reading.ts';

export interface FindingContext {
  readonly store: Store;
  readonly clock: Clock;
}

/** A finding as commands and our own API show it. */
export interface DescribedFinding {
  readonly fingerprint: string;
  readonly state: FindingState;
  readonly dataset: string;
  readonly case_id: string;
  readonly subcategory: string;
  readonly attack_family: string;
  readonly behaviour: string;
  readonly severity: Severity;
  readonly first_scan: string;
  readonly first_at: string;
  readonly last_scan: string;
  readonly last_at: string;
  readonly fixed_scan: string | null;
  readonly times_back: number;
  readonly decision: {
    readonly by: string;
    readonly at: string;
    readonly reason: string;
    readonly until: string | null;
  } | null;
}

function described(row: FindingRow, decision: FindingDecisionRow | undefined, now: number): DescribedFinding {
  const { project_id: _, target_key: __, fixed_at: ___, ...shown } = row;
  return {
    ...shown,
    first_at: isoTime(row.first_at),
    last_at: isoTime(row.last_at),
    state: stateOf(row, decision, now),
    decision:
      decision === undefined
        ? null
        : {
            by: decision.decided_by,
            at: isoTime(decision.decided_at),
            reason: decision.reason,
            until: isoTime(decision.until),
          },
  };
}

/** Takes in one finished scan; `baseline` is the scan that it is held against. */
async function takeInScan({ store, clock }: FindingContext, scan: ScanRow, baseline: ScanRow | null): Promise<void> {
  const known = await findingsOf(store, scan.project_id);
  const read = await readFindings(store, scan.id, new Set(known.map(placeOfRow)));
  await takeIn(store, scan, changedBy(scan, read, known, baseline), clock.now());
}

/** Takes in all finished scans of the project that were not yet, in the order in which they ended. */
export async function takeInScans(
  context: FindingContext,
  projectId: string,
  baselineOf: (scan: ScanRow) => ScanRow | null = () => null,
): Promise<void> {
  for (const scan of await unreadScans(context.store, projectId)) await takeInScan(context, scan, baselineOf(scan));
}

export const findingOrders = ['latest', 'severity'] as const;

/** Which findings, and in which order; what is left out: of all kinds, the latest first. */
export interface FindingChoice {
  readonly states?: readonly FindingState[];
  readonly severities?: readonly Severity[];
  /** `severity`: the gravest first, and of those the latest. */
  readonly sort?: (typeof findingOrders)[number];
}

function chosen(
  findings: readonly DescribedFinding[],
  { states, severities: grades, sort }: FindingChoice,
): DescribedFinding[] {
  const fitting = findings.filter(
    ({ state, severity }) => (states?.includes(state) ?? true) && (grades?.includes(severity) ?? true),
  );
  const grade = ({ severity }: DescribedFinding): number => severities.indexOf(severity);
  return sort === 'severity' ? fitting.sort((a, b) => grade(b) - grade(a)) : fitting;
}

/** Findings of the project. */
export async function listFindings(
  context: FindingContext,
  projectId: string,
  choice: FindingChoice = {},
): Promise<DescribedFinding[]> {
  await takeInScans(context, projectId);
  const { store, clock } = context;
  const decisions = new Map((await decisionsOf(store, projectId)).map((row) => [row.fingerprint, row]));
  const all = (await findingsOf(store, projectId)).map((row) =>
    described(row, decisions.get(row.fingerprint), clock.now()),
  );
  return chosen(all, choice);
}

export interface NewDecision {
  readonly kind: FindingDecisionRow['kind'];
  readonly reason: string;
  readonly by: string;
  /** Milliseconds since 1970; null: for good. */
  readonly until: number | null;
}

async function requireFinding(context: FindingContext, projectId: string, fingerprint: string): Promise<FindingRow> {
  await takeInScans(context, projectId);
  const row = await findFinding(context.store, projectId, fingerprint);
  if (row === undefined) throw new RedoubtError('NOT_FOUND', { field: 'Finding', value: fingerprint });
  return row;
}

/** Throws NOT_FOUND, and INVALID_FIELD for a day that is over. */
export async function decideFinding(
  context: FindingContext,
  projectId: string,
  fingerprint: string,
  { kind, reason, by, until }: NewDecision,
): Promise<DescribedFinding> {
  const { store, clock } = context;
  const now = clock.now();
  if (until !== null && until <= now) throw invalidField('until', 'must lie in the future.');
  const row = await requireFinding(context, projectId, fingerprint);
  const decision = { project_id: projectId, fingerprint, kind, reason, decided_by: by, decided_at: now, until };
  await storeFindingDecision(store, decision);
  await noteInAudit(store, {
    project_id: projectId,
    created_at: now,
    actor: by,
    action: `finding ${kind}`,
    subject: fingerprint,
  });
  return described(row, decision, now);
}

/** Takes a decision back. Throws NOT_FOUND. */
export async function reopenFinding(
  context: FindingContext,
  projectId: string,
  fingerprint: string,
  by: string,
): Promise<DescribedFinding> {
  const { store, clock } = context;
  const row = await requireFinding(context, projectId, fingerprint);
  if (!(await removeFindingDecision(store, projectId, fingerprint)))
    throw new RedoubtError('NOT_FOUND', { field: 'Decision on the finding', value: fingerprint });
  const now = clock.now();
  await noteInAudit(store, {
    project_id: projectId,
    created_at: now,
    actor: by,
    action: 'finding reopened',
    subject: fingerprint,
  });
  return described(row, undefined, now);
}
