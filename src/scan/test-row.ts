// The row of a decided test, from its tries: which of them decides, and what is counted.
import type { Verdict } from '../core/outcome.ts';
import type { TestCase } from '../core/test-case.ts';
import type { TestRow } from '../store/schema.ts';
import { worstBare } from './bare-standing.ts';
import { type PlannedTest, planKey } from './plan.ts';
import type { TryRecord } from './try-record.ts';
import { verdictOverVariants } from './variants.ts';

/** Worst first: of several conversations the worst decides, an undecided one only where nothing else does. */
const severityOfOutcome: Readonly<Record<Verdict['outcome'], number>> = {
  breached: 0,
  partial: 1,
  defended: 2,
  refused: 3,
  unjudged: 4,
  inconclusive: 5,
};

/** The smaller, the worse; of those that the guard made equal, what was worse without it. */
export const rankOf = ({ outcome, bare = 'inconclusive' }: Verdict): number =>
  10 * severityOfOutcome[outcome] + severityOfOutcome[bare];

/** The first of the worst; at least one record. */
export const worstOf = (records: readonly TryRecord[]): number =>
  records.reduce(
    (worst, record, index) => (rankOf(record.verdict) < rankOf(records[worst]!.verdict) ? index : worst),
    0,
  );

/** The verdict of the worst; without the guard each is judged by itself, and the worst of that counts. */
export function worstVerdict(records: readonly TryRecord[]): Verdict {
  const { verdict } = records[worstOf(records)]!;
  const bare = worstBare(records.map((record) => record.verdict.bare));
  return bare === undefined ? verdict : { ...verdict, bare };
}

/** What decides a test, and what is counted over its tries. */
export interface Decision {
  readonly verdict: Verdict;
  readonly decidingTry: number;
  readonly firstSuccess: number | null;
  readonly tries: number;
  readonly calls: number;
  readonly backtracks?: number;
  readonly unconfirmed?: number;
  readonly utility?: boolean | null;
  readonly attacker?: Readonly<Record<string, number>> | null;
}

/** The decision over conversations that were all asked: the worst one, or all versions together. */
export function decisionOver(testCase: TestCase, records: readonly TryRecord[]): Decision {
  const overVariants = verdictOverVariants(testCase, records);
  const decidingTry = overVariants === null ? worstOf(records) : records.length - 1;
  const firstSuccess = records.findIndex((record) => record.verdict.outcome === 'breached');
  return {
    verdict: overVariants ?? worstVerdict(records),
    decidingTry,
    firstSuccess: firstSuccess < 0 ? null : firstSuccess,
    utility: records[decidingTry]!.utility,
    tries: records.length,
    calls: records.reduce((sum, record) => sum + record.row.calls, 0),
  };
}

export function testRow(scanId: string, planned: PlannedTest, testCase: TestCase, decision: Decision): TestRow {
  const { verdict, attacker = null, utility = null } = decision;
  return {
    scan_id: scanId,
    test_no: planned.testNo,
    role: planned.dataset.role,
    plan_key: planKey(planned.dataset.slug, testCase.id, planned.attack),
    case_id: testCase.id,
    dataset: planned.dataset.slug,
    subcategory: testCase.subcategory,
    attack: planned.attack.id,
    parameters: JSON.stringify(planned.attack.parameters),
    refs: JSON.stringify(testCase.references),
    expect: testCase.expect,
    severity: testCase.severity,
    outcome: verdict.outcome,
    score: verdict.score,
    confidence: verdict.confidence,
    reason: verdict.reason,
    judge: verdict.judge,
    judge_score: verdict.judgeScore ?? null,
    deciding_try: decision.decidingTry,
    tries: decision.tries,
    first_success: decision.firstSuccess,
    calls: decision.calls,
    backtracks: decision.backtracks ?? 0,
    unconfirmed: decision.unconfirmed ?? 0,
    attacker: attacker === null ? null : JSON.stringify(attacker),
    utility: utility === null ? null : utility ? 1 : 0,
    stopped_by: verdict.stoppedBy ?? null,
    bare_outcome: verdict.bare ?? null,
  };
}
