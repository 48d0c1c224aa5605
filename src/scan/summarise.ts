// Counts a scan's rows once it has ended and makes the summary that every artifact is derived from.
import { isDecided } from '../core/outcome.ts';
import type { CaseShape } from '../core/score/clustered.ts';
import { type Rate, wilson } from '../core/score/interval.ts';
import { isSimulatedTarget } from '../core/simulated.ts';
import {
  caseGroups,
  caseShapes,
  casesUnderAttacks,
  modelsReturned,
  type TestGroup,
  testGroups,
} from '../store/aggregates.ts';
import { callCountersOf } from '../store/call-counters.ts';
import { guardGroups } from '../store/guard-sums.ts';
import { helperCallsOf } from '../store/helper-calls.ts';
import type { ScanRow } from '../store/schema.ts';
import { searchedTests, utilityCounts } from '../store/search-sums.ts';
import type { Store } from '../store/store.ts';
import { budgetOf, fidelityOf, stopsAtSuccess } from './attacks/attack.ts';
import { requireAttack } from './attacks/index.ts';
import type { DataKind } from './calibration.ts';
import { type EarlyStop, earlyStopOf } from './early-stop.ts';
import { type GuardFigures, guardFigures } from './guard-figures.ts';
import { attackedKinds, type JudgeSummary, judgeSummary } from './judge-summary.ts';
import { manifestOf, type ScanFacts, type SoftwareVersion } from './manifest.ts';
import type { MarksSummary } from './marks.ts';
import { testsByAttack } from './plan.ts';
import { type ScanSpending, spendingOf } from './prices.ts';
import { MOST_UNCOUNTED_MS } from './progress.ts';
import { type SearchFigures, searchFigures } from './search-figures.ts';
import { type PlannedDataset, type ScanSpec, specOf } from './spec.ts';
import {
  type AskedFor,
  type AttackFacts,
  figuresOf,
  isUndrawn,
  type ScanFigures,
  type SummaryShapes,
} from './summary.ts';

/** Our Summary, as summary.json holds it. */
export interface Summary extends ScanFigures {
  readonly scan_id: string;
  readonly name: string;
  readonly target: { readonly url: string; readonly model: string; readonly simulated: boolean };
  readonly judge: JudgeSummary;
  readonly fidelity: Readonly<Record<string, string>>;
  /** Attacks of several tries, each with its own success at k. */
  readonly searches: readonly SearchFigures[];
  /** Cases with tools in which the user's own goal was reached; null where no case says what that is. */
  readonly utility_under_attack: Rate | null;
  /** What the guard did; left out where it was not in play. */
  readonly guard?: GuardFigures;
  /** Calls, time, tokens and cost; left out in summaries of older versions. */
  readonly spent?: ScanSpending;
  /** Left out where the scan ran to its end. */
  readonly early_stop?: EarlyStop;
  readonly manifest: Readonly<Record<string, unknown>>;
  /** Numbers with what people say of the verdicts, beside those as judged; left out where nobody said anything. */
  readonly marks?: MarksSummary;
}

/** Tests by case of attacks that ask once, or of those that search, for each kind of data. */
async function shapesByKind(
  store: Store,
  scanId: string,
  attacks: readonly AttackFacts[],
  isSearch: boolean,
  outcomes: 'as judged' | 'bare' = 'as judged',
): Promise<Partial<Record<DataKind, CaseShape[]>>> {
  const ids = attacks.filter((attack) => attack.isSearch === isSearch).map((attack) => attack.id);
  const shapes: Partial<Record<DataKind, CaseShape[]>> = {};
  for (const { kind, expects } of attackedKinds) shapes[kind] = await caseShapes(store, scanId, ids, expects, outcomes);
  return shapes;
}

async function searchesOf(store: Store, scanId: string, spec: ScanSpec): Promise<SearchFigures[]> {
  const hasAttacker = spec.helpers.attacker !== null;
  const searches = spec.attacks.filter(({ id }) => stopsAtSuccess(requireAttack(id), hasAttacker));
  const tests = await searchedTests(store, scanId, [...new Set(searches.map(({ id }) => id))]);
  return searches.map(({ id, parameters }) => {
    const attack = requireAttack(id);
    const { title } = attack;
    const budget = budgetOf(attack, parameters, hasAttacker).tries;
    return searchFigures({ id, title, fidelity: fidelityOf(attack, hasAttacker), parameters, budget }, tests);
  });
}

async function guardOf(
  store: Store,
  { id }: ScanRow,
  { guard, seed }: ScanSpec,
  attacks: readonly AttackFacts[],
  judged: SummaryShapes,
): Promise<Pick<Summary, 'guard'>> {
  if (guard === undefined) return {};
  const bareOf = async (isSearch: boolean): Promise<CaseShape[]> =>
    Object.values(await shapesByKind(store, id, attacks, isSearch, 'bare')).flat();
  const without = { single: await bareOf(false), search: await bareOf(true) };
  return { guard: guardFigures(guard, await guardGroups(store, id), { with: judged, without }, seed) };
}

/** How long it was worked on, with what its owner has not added yet. */
function activeMs({ active_ms, ended_at, heartbeat_at, owner }: ScanRow): number {
  const isCounted = owner === null || ended_at === null || heartbeat_at === null;
  return active_ms + (isCounted ? 0 : Math.min(MOST_UNCOUNTED_MS, Math.max(0, ended_at - heartbeat_at)));
}

const allOf = (dataset: PlannedDataset): PlannedDataset => ({ ...dataset, sample: null });

/** How many cases the datasets hold of which nothing was decided. Rounds plan a few cases of each, one test a case. */
async function casesOfUndecided(
  store: Store,
  spec: ScanSpec,
  tests: readonly TestGroup[],
): Promise<ReadonlyMap<string, number>> {
  const cases = new Map<string, number>();
  const decided = new Set(tests.filter(({ outcome }) => isDecided(outcome)).map(({ dataset }) => dataset));
  for (const dataset of spec.rounds === undefined ? spec.datasets : [])
    if (dataset.role === 'case' && !decided.has(dataset.slug))
      cases.set(dataset.slug, (await testsByAttack(store, spec, isUndrawn(dataset) ? allOf(dataset) : dataset)).cases);
  return cases;
}

async function factsOf(store: Store, row: ScanRow, spec: ScanSpec): Promise<ScanFacts> {
  const calls = await callCountersOf(store, row.id);
  const helperCalls = await helperCallsOf(store, row.id);
  const spent = spendingOf(spec, calls, helperCalls, activeMs(row));
  return { models: await modelsReturned(store, row.id), calls, helperCalls, spent };
}

/** By title, and by the names that the caller used. */
const fidelityByName = (attacks: readonly AttackFacts[]): Record<string, string> =>
  Object.fromEntries(
    attacks.flatMap(({ title, fidelity, requested }) =>
      [title, ...requested.map(({ name }) => name)].map((name) => [name, fidelity]),
    ),
  );

/** Scans of older versions keep the ids alone. */
function askedFor({ requested, requestedAs }: ScanSpec, id: string): AskedFor[] {
  if (requestedAs === undefined)
    return requested.includes(id) ? [{ name: requireAttack(id).title, parameters: null }] : [];
  const own = requestedAs.filter((asked) => asked.id === id);
  return own.map(({ name, parameters }) => ({ name, parameters: JSON.stringify(parameters) }));
}

export async function summarise(store: Store, row: ScanRow, software: SoftwareVersion): Promise<Summary> {
  const spec = specOf(row);
  const curated = spec.attacks
    .slice(0, spec.curated)
    .map(({ id, parameters }) => ({ id, parameters: JSON.stringify(parameters) }));
  const ids = [...new Set(spec.attacks.map((chosen) => chosen.id))];
  const hasAttacker = spec.helpers.attacker !== null;
  const attacks = ids.map((id) => ({
    ...requireAttack(id),
    fidelity: fidelityOf(requireAttack(id), hasAttacker),
    isSearch: stopsAtSuccess(requireAttack(id), hasAttacker),
    requested: askedFor(spec, id),
  }));
  const single = await shapesByKind(store, row.id, attacks, false);
  const search = await shapesByKind(store, row.id, attacks, true);
  const sums = {
    shapes: { single: Object.values(single).flat(), search: Object.values(search).flat() },
    tests: await testGroups(store, row.id),
    byDataset: await caseGroups(store, row.id, 'dataset'),
    bySubcategory: await caseGroups(store, row.id, 'subcategory'),
    byAttack: await caseGroups(store, row.id, 'attack'),
    byVariant: await caseGroups(store, row.id, 'variant'),
    curated: await casesUnderAttacks(store, row.id, curated),
  };
  const casesPlanned = await casesOfUndecided(store, spec, sums.tests);
  const facts = await factsOf(store, row, spec);
  const utility = await utilityCounts(store, row.id);
  const earlyStop = await earlyStopOf(store, row, spec);
  return {
    scan_id: row.id,
    name: row.name,
    target: { url: spec.target.url, model: spec.target.model, simulated: isSimulatedTarget(spec.target, facts.models) },
    ...figuresOf(spec.datasets, attacks, { ...sums, casesPlanned, limit: spec.limit }, spec.seed),
    judge: await judgeSummary(store, row.id, spec, single),
    fidelity: fidelityByName(attacks),
    searches: await searchesOf(store, row.id, spec),
    utility_under_attack: utility.tests === 0 ? null : wilson(utility.reached, utility.tests),
    ...(await guardOf(store, row, spec, attacks, sums.shapes)),
    spent: facts.spent,
    ...(earlyStop === null ? {} : { early_stop: earlyStop }),
    manifest: manifestOf(row, spec, software, facts),
  };
}
