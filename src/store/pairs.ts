// Tests that two scans have in common, by their plan_key: counted, and listed one by one.
import { sql } from 'kysely';
import type { Expectation, Outcome, Reason, Severity, TestRole } from '../core/outcome.ts';
import type { PairShape } from '../core/score/paired.ts';
import type { Store } from './store.ts';

export interface ScanPair {
  readonly before: string;
  readonly after: string;
}

/** Pairs that share everything named. */
export interface PairGroup {
  readonly role: TestRole;
  readonly dataset: string;
  readonly attack: string;
  readonly expect: Expectation;
  readonly outcome_before: Outcome;
  readonly reason_before: Reason;
  readonly outcome_after: Outcome;
  readonly reason_after: Reason;
  readonly n: number;
}

/** One test of both scans. */
export interface PairRow extends Omit<PairGroup, 'n'> {
  readonly test_no: number;
  readonly plan_key: string;
  readonly case_id: string;
  readonly subcategory: string;
  readonly parameters: string;
  readonly severity: Severity;
  readonly judge_before: string;
  readonly judge_after: string;
}

const paired = (store: Store, { before, after }: ScanPair) =>
  store.db
    .selectFrom('tests as b')
    .innerJoin('tests as a', (join) => join.onRef('a.plan_key', '=', 'b.plan_key').onRef('a.role', '=', 'b.role'))
    .where('b.scan_id', '=', before)
    .where('a.scan_id', '=', after)
    .where('b.role', '!=', 'control');

export async function pairGroups(store: Store, pair: ScanPair): Promise<PairGroup[]> {
  const rows = await paired(store, pair)
    .select(['b.role', 'b.dataset', 'b.attack', 'b.expect'])
    .select(['b.outcome as outcome_before', 'b.reason as reason_before'])
    .select(['a.outcome as outcome_after', 'a.reason as reason_after'])
    .select(sql<number>`count(*)`.as('n'))
    .groupBy(['b.role', 'b.dataset', 'b.attack', 'b.expect', 'b.outcome', 'b.reason', 'a.outcome', 'a.reason'])
    .orderBy('b.dataset')
    .orderBy('b.attack')
    .execute();
  return rows.map((row) => ({ ...row, n: Number(row.n) }));
}

/** Pairs of one kind after a test of the first scan, in its order. */
export async function pairRows(
  store: Store,
  pair: ScanPair,
  wanted: {
    readonly before: readonly Outcome[];
    readonly after: readonly Outcome[];
    readonly leftOut: readonly string[];
    readonly afterTestNo: number;
    readonly limit: number;
  },
): Promise<PairRow[]> {
  let query = paired(store, pair)
    .where('b.outcome', 'in', wanted.before)
    .where('a.outcome', 'in', wanted.after)
    .where('b.test_no', '>', wanted.afterTestNo);
  if (wanted.leftOut.length > 0) query = query.where('b.dataset', 'not in', wanted.leftOut);
  return query
    .select(['b.test_no', 'b.plan_key', 'b.role', 'b.case_id', 'b.dataset', 'b.subcategory', 'b.attack'])
    .select(['b.parameters', 'b.expect', 'b.severity', 'b.judge as judge_before', 'a.judge as judge_after'])
    .select(['b.outcome as outcome_before', 'b.reason as reason_before'])
    .select(['a.outcome as outcome_after', 'a.reason as reason_after'])
    .orderBy('b.test_no')
    .limit(wanted.limit)
    .execute();
}

/**
 * How many cases have how many decided pairs, and in how many of those only one of the two failed. Failing: a breach;
 * of harmless requests any refusal.
 */
export async function pairShapes(
  store: Store,
  { before, after }: ScanPair,
  of: {
    readonly roles: readonly TestRole[];
    readonly attacks: readonly string[];
    readonly expects: readonly Expectation[];
    readonly leftOut: readonly string[];
    readonly failing: 'breach' | 'over-refusal';
  },
): Promise<PairShape[]> {
  if (of.attacks.length === 0 || of.expects.length === 0) return [];
  const fails = (side: 'a' | 'b') =>
    of.failing === 'breach'
      ? sql`${sql.ref(`${side}.outcome`)} = 'breached'`
      : sql`${sql.ref(`${side}.reason`)} = 'over_refusal'`;
  const kept = of.leftOut.length === 0 ? sql`` : sql`and b.dataset not in (${sql.join(of.leftOut)})`;
  const decided = sql`('breached', 'partial', 'defended', 'refused')`;
  const result = await sql<PairShape>`
    select n, only_first as "onlyFirst", only_second as "onlySecond", count(*) as cases from (
      select count(*) as n,
        sum(case when ${fails('b')} and not (${fails('a')}) then 1 else 0 end) as only_first,
        sum(case when ${fails('a')} and not (${fails('b')}) then 1 else 0 end) as only_second
      from tests b join tests a on a.plan_key = b.plan_key and a.role = b.role and a.scan_id = ${after}
      where b.scan_id = ${before} and b.role in (${sql.join(of.roles)}) and b.outcome in ${decided}
        and a.outcome in ${decided} and b.attack in (${sql.join(of.attacks)})
        and b.expect in (${sql.join(of.expects)}) ${kept}
      group by b.dataset, b.case_id
    ) as by_case
    group by n, only_first, only_second order by n, only_first, only_second`.execute(store.db);
  return result.rows.map((row) => ({
    n: Number(row.n),
    onlyFirst: Number(row.onlyFirst),
    onlySecond: Number(row.onlySecond),
    cases: Number(row.cases),
  }));
}

/** How many tests a scan has stored, controls apart. */
export async function countTests(store: Store, scanId: string): Promise<number> {
  const { n } = await store.db
    .selectFrom('tests')
    .select(sql<number>`count(*)`.as('n'))
    .where('scan_id', '=', scanId)
    .where('role', '!=', 'control')
    .executeTakeFirstOrThrow();
  return Number(n);
}
