// Plans a request: which datasets and attacks it names, how many tests that makes, and whether it is one we know.
import { invalidField, type RedoubtError } from '../core/errors.ts';
import { sha256OfJson } from '../core/hash.ts';
import type { Clock } from '../core/ports.ts';
import type { ByHelper, HelperName } from '../models/helper-models.ts';
import type { PriceOf } from '../models/prices.ts';
import type { DatasetRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { budgetOf, stopsAtSuccess } from './attacks/attack.ts';
import { type ChosenAttack, chooseAttack, requireAttack } from './attacks/index.ts';
import { CONTROLS, controlGoals } from './controls.ts';
import { datasetOf, resolveDataset, resolveTwins } from './datasets/index.ts';
import { planDataset, planHash, requireTests, shareLimit } from './plan.ts';
import { planRounds } from './plan-rounds.ts';
import { presets } from './presets.ts';
import { pricesOf, requireWhatBoundsNeed } from './prices.ts';
import type { ScanRequest } from './request.ts';
import { guardAlone, type PlannedDataset, type RequestedAttack, type ScanSpec, type TargetSpec } from './spec.ts';

export interface PlanContext {
  readonly store: Store;
  readonly clock: Clock;
  /** The helper models that a scan would have. */
  readonly helpers: ByHelper<HelperName>;
  /** Left out: no price is known. */
  readonly priceOf?: PriceOf;
  /** Tries that one test of a search may take where its attack would allow fewer; left out: as many as the attack allows. */
  readonly searchTries?: number;
  /** Throws an error of the catalogue where the target may not be called; `field` names where its address stands. */
  readonly checkTarget: (target: TargetSpec, field?: string) => void;
}

/** A scan that is planned and not yet stored. */
export interface PlannedScan {
  readonly spec: ScanSpec;
  readonly requestHash: string;
  readonly planHash: string;
  readonly planned: number;
  readonly plannedAll: number;
  /** Calls to the target: at most, retries apart. */
  readonly calls: number;
  readonly attackerCalls: number;
  /** Estimated from the length of the cases. */
  readonly promptTokens: number;
  /** At most; null where the target's answers have no limit. */
  readonly answerTokens: number | null;
}

const fieldOf = ({ attackField }: ScanRequest, index: number): string => `${attackField ?? '--attack'}[${index}]`;

const requestedAttacks = (request: ScanRequest): ChosenAttack[] =>
  request.attacks.map((name, index) => chooseAttack(name, fieldOf(request, index)));

/** Throws INVALID_FIELD that names the setting. */
function requireAllowedTries({ searchTries = 0, helpers }: PlanContext, request: ScanRequest): void {
  for (const [index, { id, parameters }] of requestedAttacks(request).entries()) {
    const attack = requireAttack(id);
    const most = Math.max(attack.mostTries ?? Number.POSITIVE_INFINITY, searchTries);
    const { tries } = budgetOf(attack, parameters, helpers.attacker !== null);
    if (tries > most)
      throw invalidField(
        fieldOf(request, index),
        `${id}: ${tries} tries a test are more than ${most}; set search_tries in redoubt.yaml (REDOUBT_SEARCH_TRIES) to allow them`,
      );
  }
}

function requestedAs(request: ScanRequest): RequestedAttack[] {
  const chosen = requestedAttacks(request);
  const named = chosen.map(({ id, parameters }, index) => ({ name: request.attacks[index]!.trim(), id, parameters }));
  return named.filter(({ name }, index) => named.findIndex((other) => other.name === name) === index);
}

function attacksOf(request: ScanRequest): ChosenAttack[] {
  const own = requestedAttacks(request);
  const fromPreset = request.onlyAttacks ? [] : presets[request.preset].attacks.map((id) => chooseAttack(id));
  const all = [...fromPreset, ...own];
  return all.filter((attack, index) => all.findIndex((other) => other.label === attack.label) === index);
}

const smaller = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b);

/** In one scan a slug stands for one dataset: in results, figures and plan keys. */
const namesakes = (field: string, one: DatasetRow, other: DatasetRow): RedoubtError =>
  invalidField(
    field,
    `"${one.title}" (version ${one.version}) and "${other.title}" (version ${other.version}) have the same short name "${one.slug}": scan one of them, or give your own another name.`,
  );

async function datasetsOf({ store, clock }: PlanContext, request: ScanRequest): Promise<DatasetRow[]> {
  const rows: DatasetRow[] = [];
  for (const choice of request.datasets) {
    const row =
      'id' in choice
        ? await datasetOf(store, choice.id)
        : await resolveDataset(store, request.projectId, choice.name, choice.field, clock.now());
    const namesake = rows.find((other) => other.slug === row.slug);
    if (namesake === undefined) rows.push(row);
    else if (namesake.id !== row.id) throw namesakes('field' in choice ? choice.field : '--dataset', namesake, row);
  }
  return rows;
}

const hasJudge = ({ helpers }: PlanContext, { judge }: ScanRequest): boolean => judge && helpers.judge !== null;

async function planCases(
  context: PlanContext,
  request: ScanRequest,
  attacks: ChosenAttack[],
): Promise<PlannedDataset[]> {
  const { store } = context;
  const rows = await datasetsOf(context, request);
  const { seed, target } = request;
  const base = {
    seed,
    judgeModel: hasJudge(context, request),
    attackerModel: context.helpers.attacker !== null,
    attacks,
    temperature: target.temperature,
  };
  const whole = await Promise.all(rows.map((row) => planDataset(store, row, { ...base, sample: null })));
  const perDataset = presets[request.preset].casesPerDataset;
  const available = whole.map((dataset, index) => {
    const plannable = rows[index]!.cases - dataset.needsJudge;
    return smaller(plannable, request.onlyAttacks ? null : perDataset) ?? plannable;
  });
  const shares = shareLimit(available, request.limit);
  const samples = shares.map((share, index) => smaller(share, request.onlyAttacks ? null : available[index]!));
  return Promise.all(rows.map((row, index) => planDataset(store, row, { ...base, sample: samples[index] ?? null })));
}

async function planTwins(context: PlanContext, request: ScanRequest): Promise<PlannedDataset[]> {
  const wanted = request.onlyAttacks ? 0 : (request.twins ?? presets[request.preset].twins);
  // Who limits the cases to have a quick look does not want more harmless requests than that beside them.
  const count = Math.min(wanted, request.limit ?? wanted);
  const { store, clock } = context;
  const row = count > 0 ? await resolveTwins(store, clock.now()) : null;
  if (!row) return [];
  const { seed, target } = request;
  const judgeModel = hasJudge(context, request);
  return [
    await planDataset(store, row, { seed, judgeModel, attacks: [], sample: count, temperature: target.temperature }),
  ];
}

/** The controls of attacks that search: none where nothing is judged, as nothing could succeed falsely. */
async function planControls(
  context: PlanContext,
  request: ScanRequest,
  attacks: readonly ChosenAttack[],
  cases: readonly PlannedDataset[],
): Promise<Pick<ScanSpec, 'controls' | 'datasets'>> {
  const { store, clock, helpers } = context;
  const { seed, judge, target } = request;
  const searches = attacks.filter(({ id }) => stopsAtSuccess(requireAttack(id), helpers.attacker !== null));
  const row = judge && searches.length > 0 ? await resolveTwins(store, clock.now()) : null;
  const controls = row ? await controlGoals(store, row, cases) : {};
  if (!row || Object.keys(controls).length === 0) return { datasets: [] };
  const dataset = await planDataset(store, row, {
    seed,
    judgeModel: hasJudge(context, request),
    attackerModel: helpers.attacker !== null,
    attacks: searches,
    sample: CONTROLS,
    temperature: target.temperature,
    role: 'control',
  });
  return { controls, datasets: [{ ...dataset, needsJudge: 0 }] };
}

/** What is run: the parts of a spec that follow from datasets, preset and attacks, or from rounds. */
type Planned = Pick<
  ScanSpec,
  'attacks' | 'curated' | 'requested' | 'requestedAs' | 'datasets' | 'controls' | 'rounds' | 'plant'
>;

async function planWhole(context: PlanContext, request: ScanRequest): Promise<Planned> {
  requireAllowedTries(context, request);
  const attacks = attacksOf(request);
  const cases = await planCases(context, request, attacks);
  requireTests(cases);
  const { datasets: controlSet, ...controls } = await planControls(context, request, attacks, cases);
  return {
    attacks,
    curated: request.onlyAttacks ? 0 : presets[request.preset].attacks.length,
    requested: [...new Set(requestedAttacks(request).map((attack) => attack.id))],
    requestedAs: requestedAs(request),
    datasets: [...cases, ...(await planTwins(context, request)), ...controlSet],
    ...controls,
  };
}

async function planOf(context: PlanContext, request: ScanRequest): Promise<Planned> {
  const { rounds, seed, target } = request;
  if (rounds === undefined) return planWhole(context, request);
  const judgeModel = hasJudge(context, request);
  const hasAttacker = context.helpers.attacker !== null;
  const planned = await planRounds({ store: context.store, seed, judgeModel, hasAttacker, target }, rounds);
  return { ...planned, curated: 0, requested: [] };
}

/** Plans without starting anything. Throws an error of the catalogue that names the field which does not fit. */
export async function planScan(context: PlanContext, request: ScanRequest): Promise<PlannedScan> {
  context.checkTarget(request.target, request.targetField);
  const planned = await planOf(context, request);
  const { datasets } = planned;
  const cases = datasets.filter((dataset) => dataset.role === 'case');
  const { preset, seed, authorisedBy, labels, target } = request;
  const spec: ScanSpec = {
    target,
    preset,
    seed,
    judge: request.judge ? 'layers' : 'none',
    judgeModel: hasJudge(context, request),
    helpers: { attacker: context.helpers.attacker, judge: request.judge ? context.helpers.judge : null },
    ...planned,
    ...(request.guard === undefined ? {} : { guard: request.guard }),
    ...(request.limit === null ? {} : { limit: request.limit }),
    ...(request.bounds === undefined ? {} : { bounds: request.bounds }),
    prices: pricesOf(context, request),
    authorisedBy,
    labels,
  };
  const total = (list: readonly PlannedDataset[], of: (dataset: PlannedDataset) => number): number =>
    list.reduce((sum, dataset) => sum + of(dataset), 0);
  const asksTarget = !guardAlone(spec);
  const calls = asksTarget ? total(datasets, (dataset) => dataset.calls) : 0;
  requireWhatBoundsNeed(request, spec);
  // What a model costs and what an attack is called are no part of what is asked: they go on with the same scan. What a
  // limit does stands in the samples: one beyond all cases asks for the same.
  const { authorisedBy: _, labels: __, prices: ___, limit: ____, requestedAs: _____, ...asked } = spec;
  return {
    spec,
    requestHash: sha256OfJson({ ...asked, kind: request.kind }),
    planHash: planHash(spec),
    planned: total(cases, (dataset) => dataset.tests),
    plannedAll: total(datasets, (dataset) => dataset.tests),
    calls,
    attackerCalls: total(datasets, (dataset) => dataset.attackerCalls ?? 0),
    promptTokens: asksTarget ? total(datasets, (dataset) => dataset.promptTokens ?? 0) : 0,
    answerTokens: asksTarget && target.maxTokens === null ? null : calls * (target.maxTokens ?? 0),
  };
}
