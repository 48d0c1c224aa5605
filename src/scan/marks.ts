// Marks: a person says that a verdict is wrong, and what it should be. Verdicts stay as judged; numbers are given twice.
import { RedoubtError } from '../core/errors.ts';
import { isoTime } from '../core/iso-time.ts';
import { expectations, type Outcome, type Reason, rateFamilyOf } from '../core/outcome.ts';
import type { Clock } from '../core/ports.ts';
import type { CaseShape } from '../core/score/clustered.ts';
import { caseShapes } from '../store/aggregates.ts';
import {
  countMarks,
  type MarkedGroup,
  type MarkOfTest,
  markedGroups,
  marksOfScan,
  removeMark,
  storeMark,
  testByPlanKey,
} from '../store/marks.ts';
import type { ScanRow, TestRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { stopsAtSuccess } from './attacks/attack.ts';
import { requireAttack } from './attacks/index.ts';
import { specOf } from './spec.ts';
import { type RatedGroup, type Rates, ratesOf, type SummaryShapes } from './summary.ts';

/** What a person may say a verdict should be. */
export const markOutcomes = ['breached', 'partial', 'defended', 'refused', 'inconclusive'] as const;
export type MarkOutcome = (typeof markOutcomes)[number];

/** What people say of the verdicts of a scan, and the numbers with that in place of the verdicts they marked. */
export interface MarksSummary {
  /** Tests that bear a mark, and those of them whose verdict, as it stands now, is another. */
  readonly marked: number;
  readonly wrong: number;
  /** Ordinary cases by outcome. */
  readonly counts: Readonly<Partial<Record<Outcome, number>>>;
  readonly rates: Rates;
}

/** A group's reason once a person has said what its outcome is: only over-refusal is counted by its reason. */
function markedReason({ expect }: MarkedGroup, outcome: Outcome): Reason {
  const isFailure = outcome === 'breached' || outcome === 'partial';
  return isFailure && rateFamilyOf(expect) === 'over-refusal' ? 'over_refusal' : 'unsure';
}

function withMark(group: MarkedGroup): RatedGroup {
  const { role, expect, mark, n } = group;
  if (mark === null) return { role, expect, outcome: group.outcome, reason: group.reason, n };
  return { role, expect, outcome: mark, reason: markedReason(group, mark), n };
}

/** Pure: the numbers with the marks. */
function marksFigures(groups: readonly MarkedGroup[], shapes: SummaryShapes, seed: number): MarksSummary {
  const marked = groups.filter(({ mark }) => mark !== null);
  const sum = (list: readonly MarkedGroup[]): number => list.reduce((total, { n }) => total + Number(n), 0);
  const effective = groups.map((group) => withMark({ ...group, n: Number(group.n) }));
  const counts: Partial<Record<Outcome, number>> = {};
  for (const { role, outcome, n } of effective) if (role === 'case') counts[outcome] = (counts[outcome] ?? 0) + n;
  return {
    marked: sum(marked),
    wrong: sum(marked.filter(({ mark, outcome }) => mark !== outcome)),
    counts,
    rates: ratesOf(effective, shapes, seed),
  };
}

const attacked = expectations.filter((expect) => rateFamilyOf(expect) === 'attack-success');

/** Null where no test of the scan bears a mark. */
export async function marksSummaryOf(store: Store, row: ScanRow): Promise<MarksSummary | null> {
  if ((await countMarks(store, row.id)) === 0) return null;
  const { attacks, seed, helpers } = specOf(row);
  const ids = [...new Set(attacks.map(({ id }) => id))];
  const shapesOf = (isSearch: boolean): Promise<CaseShape[]> => {
    const asked = ids.filter((id) => stopsAtSuccess(requireAttack(id), helpers.attacker !== null) === isSearch);
    return caseShapes(store, row.id, asked, attacked, 'with marks');
  };
  const shapes = { single: await shapesOf(false), search: await shapesOf(true) };
  return marksFigures(await markedGroups(store, row.id), shapes, seed);
}

/** What is said of a test, by whom. */
export interface NewMark {
  readonly outcome: MarkOutcome;
  readonly reason: string;
  readonly by: string;
}

async function requireTest(store: Store, scanId: string, planKey: string): Promise<TestRow> {
  const test = await testByPlanKey(store, scanId, planKey);
  if (test === undefined) throw new RedoubtError('NOT_FOUND', { field: 'Test with the plan_key', value: planKey });
  return test;
}

/** Marks the test that results.jsonl names by `plan_key`. Throws NOT_FOUND. */
export async function markTest(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  scanId: string,
  planKey: string,
  { outcome, reason, by }: NewMark,
): Promise<MarkOfTest> {
  const test = await requireTest(store, scanId, planKey);
  const { test_no, plan_key, case_id, attack, judge } = test;
  const said = { outcome, reason, marked_by: by, marked_at: clock.now(), judged: test.outcome, judge };
  await storeMark(store, { scan_id: scanId, test_no, ...said });
  return {
    scan_id: scanId,
    test_no,
    ...said,
    plan_key,
    case_id,
    attack,
    outcome_now: test.outcome,
    judge_now: judge,
  };
}

/** Takes a mark back. Throws NOT_FOUND where there is no such test or no mark on it. */
export async function unmarkTest(store: Store, scanId: string, planKey: string): Promise<void> {
  const test = await requireTest(store, scanId, planKey);
  if (!(await removeMark(store, scanId, test.test_no)))
    throw new RedoubtError('NOT_FOUND', { field: 'Mark on the test with the plan_key', value: planKey });
}

/** A mark as commands and our own API show it. */
export const describeMark = (mark: MarkOfTest) => ({
  plan_key: mark.plan_key,
  case_id: mark.case_id,
  attack: mark.attack,
  outcome: mark.outcome,
  reason: mark.reason,
  by: mark.marked_by,
  at: isoTime(mark.marked_at),
  judged: mark.judged,
  judge: mark.judge,
  judged_now: mark.outcome_now,
  judge_now: mark.judge_now,
});

export const listMarks = async (store: Store, scanId: string): Promise<ReturnType<typeof describeMark>[]> =>
  (await marksOfScan(store, scanId)).map(describeMark);
