// Plans tests in rounds: which case under which attack is each kind's turn in each round. Order and choice follow
// from the seed alone.
import { RedoubtError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import { seededRandom, shuffled } from '../core/random.ts';
import { CHARACTERS_PER_TOKEN } from '../core/tokens.ts';
import { casesAt, meanLength } from '../store/datasets.ts';
import type { DatasetCaseRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { budgetOf, isSearching } from './attacks/attack.ts';
import { type ChosenAttack, chooseAttack, requireAttack } from './attacks/index.ts';
import { datasetOf, resolveDataset } from './datasets/index.ts';
import { type Asked, attacksOnCase, planDataset, samplePositions } from './plan.ts';
import { plantOf } from './plant.ts';
import type { KindChoice, RoundsRequest } from './request.ts';
import type { PlannedDataset, Rounds, RoundsKind, ScanSpec, TargetSpec, Turn } from './spec.ts';
import { findSuite, requireSuite } from './suites/catalogue.ts';
import { storeSuite } from './suites/store-suite.ts';
import { conversationsPerTest } from './variants.ts';

/**
 * The kind of test that a name stands for: a suite, or "dataset:NAME" for a dataset that ships or is the project's own,
 * asked plainly. Throws UNKNOWN_VALUE at `field`.
 */
export async function kindOf(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  projectId: string,
  name: string,
  field: string,
): Promise<KindChoice> {
  const suite = findSuite(name);
  if (suite) {
    const dataset = await datasetOf(store, await storeSuite(store, suite, clock.now()));
    return { name, dataset, attacks: suite.attacks, plants: suite.about_leaks };
  }
  if (!/^dataset:/i.test(name.trim())) requireSuite(name, field);
  const dataset = await resolveDataset(store, projectId, name, field, clock.now());
  return { name, dataset, attacks: ['direct'], plants: false };
}

/** Cases looked at for each that is wanted: some take none of the attacks. */
const SPARE = 3;

/** Each case once while there are cases, each time under the next attack that fits it; then the same cases under others. */
function turnsOver(rows: readonly DatasetCaseRow[], asked: Asked, wanted: number): Turn[] {
  const turns: Turn[] = [];
  const taken = new Set<string>();
  for (let pass = 0; pass < asked.attacks.length; pass++)
    for (const row of rows) {
      if (turns.length === wanted) return turns;
      const keyOf = (attack: ChosenAttack): string => `${row.position}:${attack.label}`;
      const left = attacksOnCase(asked, row).filter((attack) => !taken.has(keyOf(attack)));
      const attack = left[turns.length % left.length];
      if (attack === undefined) continue;
      taken.add(keyOf(attack));
      turns.push({ position: row.position, attack });
    }
  return turns;
}

interface KindContext {
  readonly store: Store;
  readonly seed: number;
  readonly judgeModel: boolean;
  readonly hasAttacker: boolean;
  readonly target: Pick<TargetSpec, 'temperature'>;
}

async function planKind(
  context: KindContext,
  kind: KindChoice,
  wanted: number,
): Promise<{ readonly dataset: PlannedDataset; readonly kind: RoundsKind }> {
  const { store, seed, judgeModel, hasAttacker, target } = context;
  // A search would not end before the deadline.
  const attacks = kind.attacks
    .map((name) => chooseAttack(name))
    .filter(({ id }) => !isSearching(requireAttack(id), hasAttacker));
  // Each turn is an attack that changes its case: nothing is left out.
  const { unaltered: _, ...whole } = await planDataset(store, kind.dataset, {
    seed,
    judgeModel,
    attackerModel: hasAttacker,
    attacks,
    sample: null,
    temperature: target.temperature,
  });
  const positions = await samplePositions(store, { seed, judgeModel }, whole, wanted * SPARE);
  const found = await casesAt(store, whole.datasetId, positions);
  const rows = shuffled(
    found.toSorted((left, right) => left.position - right.position),
    seededRandom(seed, 'rounds', whole.slug),
  );
  const turns = turnsOver(rows, { attacks, hasAttacker }, wanted);
  const byPosition = new Map(rows.map((row) => [row.position, row]));
  const calls = turns.reduce((sum, { position, attack }) => {
    const { calls: each } = budgetOf(requireAttack(attack.id), attack.parameters, hasAttacker);
    return sum + each * conversationsPerTest(byPosition.get(position)!.expect, target.temperature);
  }, 0);
  return {
    dataset: {
      ...whole,
      tests: turns.length,
      calls,
      promptTokens: Math.round((calls * (await meanLength(store, whole.datasetId))) / CHARACTERS_PER_TOKEN),
      ...(kind.plants ? { plants: true as const } : {}),
    },
    kind: { name: kind.name, slug: whole.slug, turns },
  };
}

function requireTurns({ name }: KindChoice, { tests, needsJudge }: PlannedDataset): void {
  if (tests > 0) return;
  const reason =
    needsJudge > 0
      ? `all ${needsJudge} cases of "${name}" need a judge model, and none is configured (REDOUBT_JUDGE_BASE_URL).`
      : `"${name}" holds no case for its attacks.`;
  throw new RedoubtError('NOTHING_TO_TEST', { reason });
}

type RoundsPlan = Pick<ScanSpec, 'attacks' | 'datasets' | 'rounds' | 'plant'>;

/** Kinds that mean the same dataset are one. Throws NOTHING_TO_TEST where a kind brings no test. */
export async function planRounds(context: KindContext, request: RoundsRequest): Promise<RoundsPlan> {
  const choices = request.kinds.filter(
    (choice, index, all) => all.findIndex(({ dataset }) => dataset.id === choice.dataset.id) === index,
  );
  const planned = [];
  for (const choice of choices) {
    const each = await planKind(context, request.plant ? choice : { ...choice, plants: false }, request.testsPerKind);
    requireTurns(choice, each.dataset);
    planned.push(each);
  }
  const { endsAt, deadlineMs, model } = request;
  const rounds: Rounds = { endsAt, deadlineMs, model, kinds: planned.map(({ kind }) => kind) };
  const attacks = rounds.kinds.flatMap(({ turns }) => turns.map(({ attack }) => attack));
  const datasets = planned.map(({ dataset }) => dataset);
  return {
    rounds,
    datasets,
    attacks: attacks.filter((attack, index) => attacks.findIndex(({ label }) => label === attack.label) === index),
    ...(datasets.some(({ plants }) => plants) ? { plant: plantOf(context.seed) } : {}),
  };
}
