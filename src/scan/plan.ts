// The plan of a scan: which tests, in which order, under which numbers. Never held in memory: it is walked from a
// cursor, so that a million tests need no more room than a thousand.
import { hash } from 'node:crypto';
import { RedoubtError } from '../core/errors.ts';
import { sha256OfJson } from '../core/hash.ts';
import { sampleIndices, seededRandom } from '../core/random.ts';
import { writingOf } from '../core/text/writing.ts';
import { CHARACTERS_PER_TOKEN } from '../core/tokens.ts';
import {
  type CaseKind,
  caseKinds,
  casesAfter,
  casesAt,
  fillTraits,
  kindsAt,
  meanLength,
  plannablePositions,
} from '../store/datasets.ts';
import type { DatasetCaseRow, DatasetRow, ScanRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { type Attack, budgetOf, isSearching, stopsAtSuccess } from './attacks/attack.ts';
import { type ChosenAttack, requireAttack } from './attacks/index.ts';
import { traitsOfBody } from './datasets/case-line.ts';
import { turnsInOrder } from './rounds.ts';
import type { PlannedDataset, Rounds, ScanSpec } from './spec.ts';
import { conversationsPerTest } from './variants.ts';

export const CASES_PER_PAGE = 200;

/** A test as the plan names it; its case is read when its turn comes. */
export interface PlannedTest {
  readonly testNo: number;
  readonly dataset: PlannedDataset;
  readonly row: DatasetCaseRow;
  readonly attack: ChosenAttack;
}

/** Benign twins measure over-refusal: they are asked plainly. */
const plainly: readonly ChosenAttack[] = [{ id: 'direct', label: 'direct', parameters: {} }];

/** Whether an attack is run on cases of a kind (semantics.md "Content": searches leave the gravest out). */
const takes = (
  attack: Attack,
  { expect, sensitive, scripted }: Omit<CaseKind, 'offline'>,
  hasAttacker: boolean,
): boolean =>
  attack.appliesTo(expect) &&
  !(sensitive === 1 && isSearching(attack, hasAttacker)) &&
  (scripted !== 1 || (attack.knowsScripts ?? false));

/** What is asked: under which attacks, and whether they have an attacker model. */
export interface Asked {
  readonly attacks: readonly ChosenAttack[];
  readonly hasAttacker: boolean;
}

const askedBy = ({ attacks, helpers }: Pick<ScanSpec, 'attacks' | 'helpers'>): Asked => {
  return { attacks, hasAttacker: helpers.attacker !== null };
};

const attacksTaking = ({ attacks, hasAttacker }: Asked, kind: Omit<CaseKind, 'offline'>): readonly ChosenAttack[] =>
  attacks.filter((attack) => takes(requireAttack(attack.id), kind, hasAttacker));

/** Those of the attacks that change a request which is written so. */
function altering(attacks: readonly ChosenAttack[], code: CaseKind['writing']): readonly ChosenAttack[] {
  if (code === null) return attacks;
  const writing = writingOf(code);
  return attacks.filter(({ id, parameters }) => requireAttack(id).alters?.(writing, parameters) ?? true);
}

/** Those of the attacks that an ordinary case of this kind is asked under. */
export const attacksOnCase = (asked: Asked, kind: Omit<CaseKind, 'offline'>): readonly ChosenAttack[] =>
  altering(attacksTaking(asked, kind), kind.writing);

const attacksFor = (
  asked: Asked,
  { role, unaltered }: Pick<PlannedDataset, 'role' | 'unaltered'>,
  kind: Omit<CaseKind, 'offline'>,
): readonly ChosenAttack[] => {
  if (role === 'twin') return plainly;
  const { attacks, hasAttacker } = asked;
  if (role === 'control') return attacks.filter((attack) => stopsAtSuccess(requireAttack(attack.id), hasAttacker));
  return unaltered === undefined ? attacksTaking(asked, kind) : attacksOnCase(asked, kind);
};

/** The same in every scan that asks the same case under the same attack: comparisons hold by it. 16 hex digits. */
export function planKey(slug: string, caseId: string, attack: ChosenAttack): string {
  const words = [slug, caseId, attack.id, JSON.stringify(attack.parameters)].join('\u001f');
  return hash('sha256', words, 'hex').slice(0, 16);
}

export async function samplePositions(
  store: Store,
  spec: Pick<ScanSpec, 'seed' | 'judgeModel'>,
  dataset: Pick<PlannedDataset, 'datasetId' | 'slug'>,
  sample: number,
): Promise<number[]> {
  const positions = await plannablePositions(store, dataset.datasetId, spec.judgeModel);
  const random = seededRandom(spec.seed, 'sample', dataset.slug);
  return sampleIndices(positions.length, sample, random).map((index) => positions[index] ?? 0);
}

async function sampledKinds(
  store: Store,
  spec: Pick<ScanSpec, 'seed' | 'judgeModel'>,
  dataset: Pick<PlannedDataset, 'datasetId' | 'slug'>,
  sample: number,
): Promise<(CaseKind & { n: number })[]> {
  const kinds = await kindsAt(store, dataset.datasetId, await samplePositions(store, spec, dataset, sample));
  return kinds.map((kind) => ({ ...kind, n: 1 }));
}

/** Cases of one dataset of a plan, and its tests by the label of the attack. */
export async function testsByAttack(
  store: Store,
  spec: Pick<ScanSpec, 'seed' | 'judgeModel' | 'attacks' | 'helpers'>,
  dataset: Pick<PlannedDataset, 'datasetId' | 'slug' | 'sample' | 'role' | 'unaltered'>,
): Promise<{ cases: number; byAttack: Record<string, number> }> {
  const kinds =
    dataset.sample === null
      ? (await caseKinds(store, dataset.datasetId)).filter((kind) => spec.judgeModel || kind.offline === 1)
      : await sampledKinds(store, spec, dataset, dataset.sample);
  const byAttack: Record<string, number> = {};
  for (const { n, ...kind } of kinds)
    for (const { label } of attacksFor(askedBy(spec), dataset, kind))
      byAttack[label] = (byAttack[label] ?? 0) + Number(n);
  return { cases: kinds.reduce((sum, { n }) => sum + Number(n), 0), byAttack };
}

/** How many tests and undecidable cases a dataset brings; `sample` null: all its cases. */
export async function planDataset(
  store: Store,
  row: DatasetRow,
  options: Pick<ScanSpec, 'seed' | 'judgeModel' | 'attacks'> & {
    readonly sample: number | null;
    readonly temperature: number | null;
    readonly attackerModel?: boolean;
    /** In place of the dataset's own. */
    readonly role?: PlannedDataset['role'];
  },
): Promise<PlannedDataset> {
  await fillTraits(store, row.id, traitsOfBody);
  const kinds = await caseKinds(store, row.id);
  const plannable = kinds.filter((kind) => options.judgeModel || kind.offline === 1);
  const available = plannable.reduce((sum, kind) => sum + kind.n, 0);
  const needsJudge = kinds.reduce((sum, kind) => sum + kind.n, 0) - available;
  const sample = options.sample === null || options.sample >= available ? null : options.sample;
  const base = {
    datasetId: row.id,
    slug: row.slug,
    title: row.title,
    version: row.version,
    sha256: row.sha256,
    role: options.role ?? row.role,
    sample,
    needsJudge,
  };
  const drawn = sample === null ? plannable : await sampledKinds(store, options, base, sample);
  const { tests, calls, attackerCalls, leftOut, unaltered } = costOf(drawn, base.role, options);
  const tokensPerCall = Math.round((await meanLength(store, row.id)) / CHARACTERS_PER_TOKEN) + TOKENS_OF_ATTACK;
  return {
    ...base,
    tests,
    calls,
    promptTokens: calls * tokensPerCall,
    ...(attackerCalls > 0 ? { attackerCalls } : {}),
    ...(leftOut > 0 ? { leftOut } : {}),
    ...(unaltered > 0 ? { unaltered } : {}),
  };
}

interface Cost {
  readonly tests: number;
  /** To the target: at most, retries apart. */
  readonly calls: number;
  readonly attackerCalls: number;
  readonly leftOut: number;
  readonly unaltered: number;
}

/** What the cases of all kinds take together under the attacks that are run on each. */
function costOf(
  kinds: readonly (CaseKind & { readonly n: number })[],
  role: PlannedDataset['role'],
  options: {
    readonly attacks: readonly ChosenAttack[];
    readonly temperature: number | null;
    readonly attackerModel?: boolean;
  },
): Cost {
  const asked: Asked = { attacks: options.attacks, hasAttacker: options.attackerModel ?? false };
  const searches = asked.attacks.some(({ id }) => isSearching(requireAttack(id), asked.hasAttacker));
  let [tests, calls, attackerCalls, leftOut, unaltered] = [0, 0, 0, 0, 0];
  for (const { n, ...kind } of kinds) {
    const attacks = attacksFor(asked, { role, unaltered: 0 }, kind);
    const budgets = attacks.map(({ id, parameters }) => budgetOf(requireAttack(id), parameters, asked.hasAttacker));
    const conversations = n * conversationsPerTest(kind.expect, options.temperature);
    tests += n * attacks.length;
    calls += conversations * budgets.reduce((sum, budget) => sum + budget.calls, 0);
    attackerCalls += conversations * budgets.reduce((sum, budget) => sum + budget.attackerCalls, 0);
    if (role === 'case' && searches && kind.sensitive === 1) leftOut += n;
    if (role === 'case' && attacks.length < attacksTaking(asked, kind).length) unaltered += n;
  }
  return { tests, calls, attackerCalls, leftOut, unaltered };
}

/** What an attack writes around a request, roughly. */
const TOKENS_OF_ATTACK = 60;

/**
 * Shares `limit` cases out over datasets in rounds, so that each gets its part; null: no limit.
 * `available` holds each dataset's cases.
 */
export function shareLimit(available: readonly number[], limit: number | null): (number | null)[] {
  if (limit === null) return available.map(() => null);
  const shares = available.map(() => 0);
  let left = Math.min(
    limit,
    available.reduce((sum, n) => sum + n, 0),
  );
  while (left > 0) {
    const open = available.flatMap((n, index) => (shares[index]! < n ? [index] : []));
    const each = Math.max(1, Math.floor(left / open.length));
    for (const index of open) {
      const taken = Math.min(each, available[index]! - shares[index]!, left);
      shares[index] = shares[index]! + taken;
      left -= taken;
    }
  }
  return shares;
}

/** Fingerprint of what is asked, and of whom nothing: two scans with the same hash run the same tests. */
export function planHash(
  spec: Pick<ScanSpec, 'preset' | 'seed' | 'judgeModel' | 'helpers' | 'attacks' | 'datasets' | 'rounds' | 'plant'>,
): string {
  const { hasAttacker } = askedBy(spec);
  const attacks = spec.attacks.map((chosen) => {
    const attack = requireAttack(chosen.id);
    // Named only where it asks other cases than the full form: an older plan keeps its hash.
    const isSingle = isSearching(attack, true) && !isSearching(attack, hasAttacker);
    return { ...chosen, version: attack.version, ...(isSingle ? { search: false } : {}) };
  });
  const datasets = spec.datasets.map(({ slug, sha256, role, sample, unaltered }) => {
    return { slug, sha256, role, sample, unaltered };
  });
  const { preset, seed, judgeModel, rounds, plant } = spec;
  return sha256OfJson({ preset, seed, judgeModel, attacks, datasets, rounds: rounds?.kinds, plant });
}

/** Throws PLAN_DIFFERS where this version numbers the tests of a stored scan otherwise than the one that planned it. */
export function requireSamePlan({ id, plan_hash }: Pick<ScanRow, 'id' | 'plan_hash'>, spec: ScanSpec): void {
  if (planHash(spec) !== plan_hash) throw new RedoubtError('PLAN_DIFFERS', { value: id });
}

/** Where in a plan a test is found: which dataset, its case's position in it, and the number of that case's first test. */
export interface PlanPlace {
  readonly dataset: number;
  readonly position: number;
  readonly testNo: number;
}

export const START_OF_PLAN: PlanPlace = { dataset: 0, position: 0, testNo: 0 };

/** What was drawn for a spec, so that one that is walked in many stretches is drawn for once. */
const drawn = new WeakMap<ScanSpec, Map<PlannedDataset, Promise<ReadonlySet<number>>>>();

function chosenOf(store: Store, spec: ScanSpec, dataset: PlannedDataset): Promise<ReadonlySet<number>> | null {
  const { sample } = dataset;
  if (sample === null) return null;
  const ofSpec = drawn.get(spec) ?? new Map<PlannedDataset, Promise<ReadonlySet<number>>>();
  drawn.set(spec, ofSpec);
  const known = ofSpec.get(dataset);
  const chosen = known ?? samplePositions(store, spec, dataset, sample).then((positions) => new Set(positions));
  ofSpec.set(dataset, chosen);
  // A database that was away for a moment is asked again.
  chosen.catch(() => ofSpec.delete(dataset));
  return chosen;
}

async function* casesOf(
  store: Store,
  spec: ScanSpec,
  dataset: PlannedDataset,
  { from, perPage }: { readonly from: number; readonly perPage: number },
): AsyncGenerator<DatasetCaseRow> {
  if (dataset.sample === 0) return;
  const chosen = await chosenOf(store, spec, dataset);
  let position = from - 1;
  for (;;) {
    const page = await casesAfter(store, dataset.datasetId, position, perPage);
    for (const row of page) {
      const isPlanned = chosen === null ? spec.judgeModel || row.offline === 1 : chosen.has(row.position);
      if (isPlanned) yield row;
    }
    const last = page.at(-1);
    if (page.length < perPage || last === undefined) return;
    position = last.position;
  }
}

/** The attacks on the cases of a dataset, found once for each kind of case: there are few, and a million cases. */
function attacksByKind(spec: ScanSpec, dataset: PlannedDataset): (row: DatasetCaseRow) => readonly ChosenAttack[] {
  const known = new Map<string, readonly ChosenAttack[]>();
  return (row) => {
    const kind = `${row.expect}:${row.sensitive}:${row.scripted}:${row.writing}`;
    const attacks = known.get(kind) ?? attacksFor(askedBy(spec), dataset, row);
    known.set(kind, attacks);
    return attacks;
  };
}

/** Each case of each dataset under all its attacks. */
async function* testsByDataset(
  store: Store,
  spec: ScanSpec,
  start: PlanPlace,
  perPage: number,
): AsyncGenerator<PlannedTest> {
  let { testNo } = start;
  for (const [index, dataset] of spec.datasets.entries()) {
    if (index < start.dataset) continue;
    const from = index === start.dataset ? start.position : 0;
    const attacksOn = attacksByKind(spec, dataset);
    for await (const row of casesOf(store, spec, dataset, { from, perPage })) {
      for (const attack of attacksOn(row)) {
        yield { testNo, dataset, row, attack };
        testNo += 1;
      }
    }
  }
}

/** Walks rounds: the first turn of every kind, then the second, and so on. Each kind brings few cases. */
async function* testsInRounds(store: Store, { datasets }: ScanSpec, rounds: Rounds): AsyncGenerator<PlannedTest> {
  const rows = new Map<string, DatasetCaseRow>();
  for (const [index, { turns }] of rounds.kinds.entries()) {
    const { datasetId } = datasets[index]!;
    const positions = [...new Set(turns.map(({ position }) => position))];
    for (const row of await casesAt(store, datasetId, positions)) rows.set(`${index}:${row.position}`, row);
  }
  for (const { testNo, kind, turn } of turnsInOrder(rounds)) {
    const row = rows.get(`${kind}:${turn.position}`)!;
    yield { testNo, dataset: datasets[kind]!, row, attack: turn.attack };
  }
}

/**
 * Walks the tests of the plan in order, ordinary cases before twins: from a place on, `perPage` cases read at once. Rounds
 * are few and walked whole.
 */
export const plannedTests = (
  store: Store,
  spec: ScanSpec,
  start: PlanPlace = START_OF_PLAN,
  perPage = CASES_PER_PAGE,
): AsyncGenerator<PlannedTest> =>
  spec.rounds === undefined ? testsByDataset(store, spec, start, perPage) : testsInRounds(store, spec, spec.rounds);

/** Cases in the order of the plan, each once at least, whatever attacks are run on them. */
export async function* plannedCases(
  store: Store,
  spec: ScanSpec,
): AsyncGenerator<Pick<PlannedTest, 'dataset' | 'row'>> {
  if (spec.rounds !== undefined) {
    yield* testsInRounds(store, spec, spec.rounds);
    return;
  }
  for (const dataset of spec.datasets)
    for await (const row of casesOf(store, spec, dataset, { from: 0, perPage: CASES_PER_PAGE })) yield { dataset, row };
}

function whyNothing(cases: readonly PlannedDataset[]): string {
  const needsJudge = cases.reduce((sum, dataset) => sum + dataset.needsJudge, 0);
  const unaltered = cases.reduce((sum, dataset) => sum + (dataset.unaltered ?? 0), 0);
  const judgeMissing = 'need a judge model, and none is configured (REDOUBT_JUDGE_BASE_URL).';
  if (unaltered > 0)
    return `these attacks would change nothing in ${unaltered} cases, by their script or language.${needsJudge > 0 ? ` ${needsJudge} more ${judgeMissing}` : ''}`;
  return needsJudge > 0 ? `all ${needsJudge} cases ${judgeMissing}` : 'the datasets hold no case for these attacks.';
}

/** Throws NOTHING_TO_TEST, saying why, where a plan holds no test. */
export function requireTests(datasets: readonly PlannedDataset[]): void {
  const cases = datasets.filter((dataset) => dataset.role === 'case');
  if (cases.some((dataset) => dataset.tests > 0)) return;
  throw new RedoubtError('NOTHING_TO_TEST', { reason: whyNothing(cases) });
}
