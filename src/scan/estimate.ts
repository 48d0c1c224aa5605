// What a planned scan would take: tests by dataset and attack, calls, tokens, time and, where a price is known, money.
import { HELPER_MOST_TOKENS } from '../models/helper-models.ts';
import { latestPace, type TargetPace } from '../store/scan-pace.ts';
import type { Store } from '../store/store.ts';
import { ASSUMED_CALL_SECONDS, foreseenSeconds } from './foreseen-time.ts';
import { testsByAttack } from './plan.ts';
import type { PlannedScan } from './planning.ts';
import { costOfTokens, currencyOf } from './prices.ts';
import { targetKeyOf } from './service.ts';
import { type PaidRole, type PlannedDataset, paidRoles } from './spec.ts';

export interface EstimatedDataset {
  readonly name: string;
  readonly slug: string;
  readonly cases: number;
  readonly tests: number;
  readonly needs_judge: number;
  readonly left_out: number;
  readonly by_attack: Readonly<Record<string, number>>;
}

export interface Estimate {
  readonly tests: number;
  readonly cases: number;
  readonly twins: number;
  readonly controls: number;
  readonly calls: number;
  readonly attacker_calls: number;
  readonly judge_calls: number;
  readonly tokens: { readonly prompt: number; readonly answer_at_most: number | null };
  /** In the currency of the prices; null where one is not known, or answers have no limit. */
  readonly cost: {
    readonly currency: string;
    readonly at_most: number;
    readonly by_role: Readonly<Partial<Record<PaidRole, number>>>;
  } | null;
  readonly seconds: number;
  readonly seconds_by: string;
  readonly datasets: readonly EstimatedDataset[];
  readonly attacks: readonly { readonly id: string; readonly label: string }[];
  readonly not_tested: readonly string[];
}

/** What a call to a helper model sends beside the answer that it is about: its instructions, roughly. */
const HELPER_PROMPT_TOKENS = 1_500;

const sumOf = (list: readonly PlannedDataset[], of: (dataset: PlannedDataset) => number): number =>
  list.reduce((sum, dataset) => sum + of(dataset), 0);

function timeOf({ calls, spec }: PlannedScan, pace: TargetPace | null): Pick<Estimate, 'seconds' | 'seconds_by'> {
  const perCall = pace === null ? ASSUMED_CALL_SECONDS : (pace.activeMs * pace.concurrency) / pace.calls / 1000;
  const { byAnswers, byRate } = foreseenSeconds(calls, perCall, spec.target);
  const because = pace === null ? 'a second a call, as nothing is known of this target' : 'its latest scan';
  return {
    seconds: Math.ceil(Math.max(byAnswers, byRate)),
    seconds_by: byRate > byAnswers ? `${spec.target.qpm} calls a minute` : because,
  };
}

/** At most: every answer as long as it may be, every test put to the judge model. */
function costOf(planned: PlannedScan): Estimate['cost'] {
  const { spec, promptTokens, answerTokens, calls, attackerCalls } = planned;
  const { prices } = spec;
  const currency = currencyOf(spec);
  if (currency === null || prices === undefined || answerTokens === null) return null;
  const ofHelper = (each: number, read: number) => ({
    prompt: each * HELPER_PROMPT_TOKENS + read,
    completion: each * HELPER_MOST_TOKENS,
  });
  const tokens = {
    target: { prompt: promptTokens, completion: answerTokens },
    attacker: ofHelper(attackerCalls, 0),
    judge: ofHelper(spec.helpers.judge === null ? 0 : calls, answerTokens),
  };
  const byRole = Object.fromEntries(
    paidRoles.flatMap((role) => {
      const price = prices[role];
      return price === null ? [] : [[role, costOfTokens(tokens[role], price)]];
    }),
  ) as Partial<Record<PaidRole, number>>;
  return { currency, at_most: Object.values(byRole).reduce((sum, each) => sum + each, 0), by_role: byRole };
}

/** That attacks leave cases out which they would not change. */
export const unalteredSentence = (cases: number): string =>
  `Attacks that rewrite letters or words leave out ${cases} cases whose script or language they would not change.`;

function notTestedOf(cases: readonly PlannedDataset[]): string[] {
  const needJudge = sumOf(cases, (dataset) => dataset.needsJudge);
  const leftOut = sumOf(cases, (dataset) => dataset.leftOut ?? 0);
  const unaltered = sumOf(cases, (dataset) => dataset.unaltered ?? 0);
  return [
    ...(needJudge > 0 ? [`${needJudge} cases need a judge model, and none is configured.`] : []),
    ...(leftOut > 0
      ? [`Searching attacks and attacker models leave out ${leftOut} cases of child safety and CBRN.`]
      : []),
    ...(unaltered > 0 ? [unalteredSentence(unaltered)] : []),
  ];
}

async function datasetOf(store: Store, { spec }: PlannedScan, dataset: PlannedDataset): Promise<EstimatedDataset> {
  const { cases, byAttack } = await testsByAttack(store, spec, dataset);
  return {
    name: dataset.title,
    slug: dataset.slug,
    cases,
    tests: dataset.tests,
    needs_judge: dataset.needsJudge,
    left_out: dataset.leftOut ?? 0,
    by_attack: byAttack,
  };
}

/** What it would cost, and how long it would take: known by one look into the database. */
export const takesOf = async (
  store: Store,
  projectId: string,
  planned: PlannedScan,
): Promise<Pick<Estimate, 'cost' | 'seconds' | 'seconds_by'>> => ({
  cost: costOf(planned),
  ...timeOf(planned, await latestPace(store, projectId, targetKeyOf(planned.spec.target))),
});

/** As if nothing ended it early. */
export async function estimateOf(store: Store, projectId: string, planned: PlannedScan): Promise<Estimate> {
  const { spec } = planned;
  const ofRole = (role: PlannedDataset['role']): PlannedDataset[] =>
    spec.datasets.filter((dataset) => dataset.role === role);
  const cases = ofRole('case');
  const datasets = await Promise.all(cases.map((dataset) => datasetOf(store, planned, dataset)));
  return {
    tests: planned.planned,
    cases: datasets.reduce((sum, dataset) => sum + dataset.cases, 0),
    twins: sumOf(ofRole('twin'), (dataset) => dataset.tests),
    controls: sumOf(ofRole('control'), (dataset) => dataset.tests),
    calls: planned.calls,
    attacker_calls: planned.attackerCalls,
    judge_calls: spec.helpers.judge === null ? 0 : planned.calls,
    tokens: { prompt: planned.promptTokens, answer_at_most: planned.answerTokens },
    ...(await takesOf(store, projectId, planned)),
    datasets,
    attacks: spec.attacks.map(({ id, label }) => ({ id, label })),
    not_tested: notTestedOf(cases),
  };
}
