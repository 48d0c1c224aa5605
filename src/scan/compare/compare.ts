// Compares two finished scans over the tests that both ran: what regressed, what was fixed, and whether it is chance.
import { RedoubtError } from '../../core/errors.ts';
import { isoTime } from '../../core/iso-time.ts';
import { type Outcome, outcomes, type TestRole } from '../../core/outcome.ts';
import { countTests, type PairGroup, type PairRow, pairGroups, pairRows, pairShapes } from '../../store/pairs.ts';
import type { ScanRow } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';
import { type RateName, rateNames, testsOfRate } from '../rate-kinds.ts';
import { attackTitle } from '../report.ts';
import { specOf } from '../spec.ts';
import type { Summary } from '../summarise.ts';
import {
  type Conclusion,
  countStandings,
  type PairedRate,
  pairedRate,
  type Standing,
  type StandingCounts,
  standingOf,
} from './pairing.ts';
import {
  type ComparedScan,
  changedDatasets,
  changesBetween,
  doubtsBetween,
  type LeftOutDataset,
  obstacleBetween,
  type SettingChange,
} from './setting.ts';

interface ComparedName {
  readonly scan_id: string;
  readonly name: string;
  readonly model: string;
  readonly simulated: boolean;
  readonly ended_at: string | null;
}

/** A test of both scans, as it is listed. */
export interface ComparedTest {
  readonly plan_key: string;
  readonly case_id: string;
  readonly dataset: string;
  readonly subcategory: string;
  readonly attack: string;
  /** With its fidelity: the lesser of the two where they differ. */
  readonly attack_title: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly role: TestRole;
  readonly severity: string;
  readonly standing: Standing;
  readonly before: { readonly outcome: Outcome; readonly reason: string; readonly judge: string };
  readonly after: { readonly outcome: Outcome; readonly reason: string; readonly judge: string };
}

/** The four rates: they measure different things and are never added up. */
export type PairedRates = Readonly<Record<RateName, PairedRate>>;

/** Counts are of tests, twins with them, controls of searches not. */
export interface ScanComparison extends StandingCounts {
  readonly before: ComparedName;
  readonly after: ComparedName;
  /** Tests that both scans ran and whose dataset is the same. */
  readonly tests: number;
  readonly only_before: number;
  readonly only_after: number;
  readonly left_out: readonly LeftOutDataset[];
  readonly changes: readonly SettingChange[];
  readonly rates: PairedRates;
  /** Over attack success; `cannot conclude` where there are doubts. */
  readonly conclusion: Conclusion;
  readonly doubts: readonly string[];
}

const comparedOf = (row: ScanRow): ComparedScan => {
  if (row.status !== 'Finished' || row.summary === null)
    throw new RedoubtError('SCAN_NOT_FINISHED', { value: row.status, reason: 'comparison' });
  return { spec: specOf(row), summary: JSON.parse(row.summary) as Summary };
};

const nameOf = (row: ScanRow, { spec, summary }: ComparedScan): ComparedName => ({
  scan_id: row.id,
  name: row.name,
  model: spec.target.model,
  simulated: summary.target.simulated,
  ended_at: isoTime(row.ended_at),
});

const incomparable = (reason: string): RedoubtError => new RedoubtError('NOT_COMPARABLE', { reason });

interface Pair {
  readonly before: string;
  readonly after: string;
  /** One scan at least: what searched in either is compared with searches. */
  readonly hasAttacker: boolean;
}

async function rateOf(
  store: Store,
  pair: Pair,
  groups: readonly PairGroup[],
  name: RateName,
  leftOut: readonly string[],
): Promise<PairedRate> {
  const ids = [...new Set(groups.map(({ attack }) => attack))];
  const counted = testsOfRate(name, ids, pair.hasAttacker);
  const own = groups.filter(
    ({ role, expect, attack }) =>
      counted.role.includes(role) && counted.expect.includes(expect) && counted.attack.includes(attack),
  );
  const shapes = await pairShapes(store, pair, {
    roles: counted.role,
    attacks: [...new Set(own.map(({ attack }) => attack))],
    expects: counted.expect,
    leftOut,
    failing: name === 'over_refusal' ? 'over-refusal' : 'breach',
  });
  return pairedRate(own, shapes);
}

/** What all of it says: a regression anywhere weighs more than an improvement elsewhere. */
function overall({ attack_success, attack_success_search }: PairedRates, doubts: readonly string[]): Conclusion {
  if (doubts.length > 0) return 'cannot conclude';
  const said = [attack_success, attack_success_search].filter(({ tests }) => tests > 0).map((rate) => rate.conclusion);
  const inOrder: readonly Conclusion[] = ['worse', 'cannot conclude', 'better'];
  return inOrder.find((conclusion) => said.includes(conclusion)) ?? 'no difference shown';
}

/** Throws SCAN_NOT_FINISHED, and NOT_COMPARABLE with the reason. */
export async function compareScans(store: Store, beforeRow: ScanRow, afterRow: ScanRow): Promise<ScanComparison> {
  const [before, after] = [comparedOf(beforeRow), comparedOf(afterRow)];
  if (beforeRow.id === afterRow.id) throw incomparable('they are one and the same scan.');
  const obstacle = obstacleBetween(before.spec, after.spec);
  if (obstacle !== null) throw incomparable(obstacle);
  const hasAttacker = [before, after].some(({ spec }) => spec.helpers.attacker !== null);
  const pair: Pair = { before: beforeRow.id, after: afterRow.id, hasAttacker };
  const leftOut = changedDatasets(before.spec, after.spec);
  const slugs = leftOut.map(({ slug }) => slug);
  const all = await pairGroups(store, pair);
  const groups = all.filter(({ dataset }) => !slugs.includes(dataset));
  const tests = groups.reduce((sum, { n }) => sum + n, 0);
  if (tests === 0)
    throw incomparable(
      leftOut.length > 0
        ? `every dataset that both ran has changed (${leftOut.map(({ dataset, reason }) => `${dataset}: ${reason}`).join('; ')}).`
        : 'they have no test in common: other datasets, other attacks, or another sample.',
    );
  const paired = all.reduce((sum, { n }) => sum + n, 0);
  const rates = {} as Record<RateName, PairedRate>;
  for (const name of rateNames) rates[name] = await rateOf(store, pair, groups, name, slugs);
  const doubts = doubtsBetween(before, after);
  return {
    before: nameOf(beforeRow, before),
    after: nameOf(afterRow, after),
    tests,
    only_before: (await countTests(store, beforeRow.id)) - paired,
    only_after: (await countTests(store, afterRow.id)) - paired,
    left_out: leftOut,
    changes: changesBetween(before, after),
    ...countStandings(groups),
    rates,
    conclusion: overall(rates, doubts),
    doubts,
  };
}

const describeTest = (row: PairRow, hasAttacker: boolean): ComparedTest => ({
  plan_key: row.plan_key,
  case_id: row.case_id,
  dataset: row.dataset,
  subcategory: row.subcategory,
  attack: row.attack,
  attack_title: attackTitle(row.attack, hasAttacker),
  parameters: JSON.parse(row.parameters) as Record<string, unknown>,
  role: row.role,
  severity: row.severity,
  standing: standingOf(row),
  before: { outcome: row.outcome_before, reason: row.reason_before, judge: row.judge_before },
  after: { outcome: row.outcome_after, reason: row.reason_after, judge: row.judge_after },
});

const decided: readonly Outcome[] = ['breached', 'partial', 'defended', 'refused'];
const undecided = outcomes.filter((outcome) => !decided.includes(outcome));

/** Which outcomes can make the standing; standingOf decides. */
const sidesOf: Readonly<Record<Standing, { before: readonly Outcome[]; after: readonly Outcome[] }>> = {
  regressed: { before: decided, after: ['breached', 'partial'] },
  fixed: { before: ['breached', 'partial'], after: decided },
  weakened: { before: ['defended', 'refused'], after: ['partial'] },
  strengthened: { before: ['partial'], after: ['defended', 'refused'] },
  unchanged: { before: decided, after: decided },
  newly_inconclusive: { before: decided, after: undecided },
  newly_decided: { before: undecided, after: decided },
  inconclusive_in_both: { before: undecided, after: undecided },
};

const PAGE = 1_000;

/** Tests of one standing in the order of the first scan, after the test of that number; at most `limit`. */
export async function comparedTests(
  store: Store,
  beforeRow: ScanRow,
  afterRow: ScanRow,
  wanted: { readonly standing: Standing; readonly after: number; readonly limit: number },
): Promise<{ tests: ComparedTest[]; next: number | null }> {
  const [before, after] = [comparedOf(beforeRow).spec, comparedOf(afterRow).spec];
  const leftOut = changedDatasets(before, after).map(({ slug }) => slug);
  const haveAttacker = [before, after].every(({ helpers }) => helpers.attacker !== null);
  const tests: ComparedTest[] = [];
  let afterTestNo = wanted.after;
  for (;;) {
    const sides = { ...sidesOf[wanted.standing], leftOut, afterTestNo, limit: PAGE };
    const rows = await pairRows(store, { before: beforeRow.id, after: afterRow.id }, sides);
    for (const row of rows) {
      if (standingOf(row) !== wanted.standing) continue;
      if (tests.length === wanted.limit) return { tests, next: afterTestNo };
      tests.push(describeTest(row, haveAttacker));
      afterTestNo = row.test_no;
    }
    if (rows.length < PAGE) return { tests, next: null };
    afterTestNo = rows.at(-1)!.test_no;
  }
}
