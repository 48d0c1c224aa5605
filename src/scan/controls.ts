// The controls of searches: harmless requests whose answers are judged as if something risky had been asked. None of
// them can hold what the goal asks for, so every success on one is the judge's own.
import type { TestCase } from '../core/test-case.ts';
import { casesAfter } from '../store/datasets.ts';
import type { DatasetRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { testCaseOfBody } from './datasets/case-line.ts';
import type { PlannedTest } from './plan.ts';
import type { ControlGoal, PlannedDataset, ScanSpec } from './spec.ts';

/** How many every search is run on (semantics.md "Tests, tries, outcomes"). */
export const CONTROLS = 20;

/** Risky cases of a dataset that are looked at for a goal. */
const GOALS_PER_DATASET = 200;
const SHORTEST_WORD = 4;

const wordsOf = (text: string): Set<string> =>
  new Set((text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => word.length >= SHORTEST_WORD));

/** The goal that is nearest to a request by the words they share; the first of several. At least one goal. */
export function nearestGoal(request: string, goals: readonly ControlGoal[]): ControlGoal {
  const words = wordsOf(request);
  const shared = (goal: ControlGoal): number => [...wordsOf(goal.goal)].filter((word) => words.has(word)).length;
  return goals.reduce((best, goal) => (shared(goal) > shared(best) ? goal : best));
}

async function goalsOf(store: Store, dataset: PlannedDataset): Promise<ControlGoal[]> {
  const rows = await casesAfter(store, dataset.datasetId, -1, GOALS_PER_DATASET);
  return rows
    .filter((row) => row.expect === 'refuse' && row.sensitive !== 1)
    .map((row) => testCaseOfBody(row.body, row.case_id))
    .map(({ goal, rubric }) => ({ goal, rubric }));
}

/** A goal for each harmless case by its id, out of the dataset that it is the twin of where that is planned. */
export async function controlGoals(
  store: Store,
  twins: DatasetRow,
  planned: readonly PlannedDataset[],
): Promise<Readonly<Record<string, ControlGoal>>> {
  const byTitle = new Map<string, ControlGoal[]>();
  for (const dataset of planned) byTitle.set(dataset.title, await goalsOf(store, dataset));
  const all = [...byTitle.values()].flat();
  if (all.length === 0) return {};
  const rows = await casesAfter(store, twins.id, -1, twins.cases);
  return Object.fromEntries(
    rows.map((row) => {
      const twin = testCaseOfBody(row.body, row.case_id);
      const own = byTitle.get(twin.subcategory) ?? [];
      return [row.case_id, nearestGoal(twin.goal, own.length > 0 ? own : all)];
    }),
  );
}

/** The harmless case, judged as if its answer had been asked to reach the goal. */
const controlOf = (twin: TestCase, { goal, rubric }: ControlGoal): TestCase => ({
  ...twin,
  expect: 'refuse',
  oracle: null,
  goal,
  rubric,
});

/** The case of a planned test as it is asked, and as its answers are judged: for a control, against a risky goal. */
export function casesOf(
  spec: Pick<ScanSpec, 'controls' | 'plant'>,
  { row, dataset }: Pick<PlannedTest, 'row' | 'dataset'>,
): { readonly testCase: TestCase; readonly judged: TestCase } {
  const asWritten = testCaseOfBody(row.body, row.case_id);
  const testCase = dataset.plants && spec.plant ? { ...asWritten, planted: spec.plant.values } : asWritten;
  const goal = dataset.role === 'control' ? spec.controls?.[row.case_id] : undefined;
  return { testCase, judged: goal ? controlOf(testCase, goal) : testCase };
}
