// The tests of a bounded scan, in the order in which they are worth most: whole cases, drawn by the seed within their
// category, the next one from the category whose interval is the widest. What is stored already is counted first.
import { type CategoryState, nextCategory } from '../core/bounds.ts';
import { isDecided, type Outcome } from '../core/outcome.ts';
import { seededRandom, shuffled } from '../core/random.ts';
import { type ClusterSums, halfWidth, noCases, withCase } from '../core/score/cluster-sums.ts';
import { type CaseShape, clusteredRate } from '../core/score/clustered.ts';
import type { Store } from '../store/store.ts';
import { outcomesAfter } from '../store/test-numbers.ts';
import { type PlannedTest, plannedTests } from './plan.ts';
import type { PlannedDataset, ScanSpec } from './spec.ts';

/** A case with all its tests: what is handed out at once. */
interface PlannedCase {
  readonly position: number;
  /** Number of its first test. */
  readonly first: number;
  tests: number;
}

/** A case of which some tests have ended. */
interface OpenCase {
  k: number;
  n: number;
  readonly ended: Set<number>;
}

const POINTS = 100;
/** A category that proved too wide is not looked at closely again before it has grown by this much. */
const GROWTH = 1.1;

/** One dataset of the plan: what of it was handed out, what came of it. */
class Category {
  readonly cases: PlannedCase[] = [];
  readonly #dataset: PlannedDataset;
  readonly #seed: number;
  readonly #shapes = new Map<string, CaseShape>();
  readonly #open = new Map<number, OpenCase>();
  readonly #handedOut = new Set<number>();
  readonly #ended = new Set<number>();
  #sums: ClusterSums = noCases;
  /** Indexes of `cases`, the next one last. */
  #order: number[] = [];
  #isNarrow = false;
  #lookAgainAt = 0;

  constructor(dataset: PlannedDataset, seed: number) {
    this.#dataset = dataset;
    this.#seed = seed;
  }

  /** Draws the order; cases that an earlier run began come first. */
  open(): void {
    const order = shuffled([...this.cases.keys()], seededRandom(this.#seed, 'bounded', this.#dataset.slug));
    const left = order.filter((index) => !this.#ended.has(index));
    const isBegun = (index: number): boolean => this.#open.has(index);
    this.#order = [...left.filter((index) => !isBegun(index)), ...left.filter(isBegun)];
  }

  state(untilInterval: number | null): CategoryState {
    const isDone = untilInterval !== null && this.#isAtMost(untilInterval / POINTS);
    return { sums: this.#sums, underWay: this.#handedOut.size, left: this.#order.length, isDone };
  }

  /** Looked at closely, as it will be shown, only where a quick look says yes. */
  #isAtMost(wanted: number): boolean {
    if (halfWidth(this.#sums) > wanted) return false;
    if (this.#isNarrow || this.#sums.cases < this.#lookAgainAt) return this.#isNarrow;
    const { low, high } = clusteredRate([...this.#shapes.values()], this.#seed);
    this.#isNarrow = low !== null && high !== null && (high - low) / 2 <= wanted;
    if (!this.#isNarrow) this.#lookAgainAt = this.#sums.cases * GROWTH;
    return this.#isNarrow;
  }

  get underWay(): number {
    return this.#handedOut.size;
  }

  get isWhole(): boolean {
    return this.#ended.size === this.cases.length;
  }

  /** The next case, with those of its tests that have ended. */
  take(): { readonly planned: PlannedCase; readonly ended: ReadonlySet<number> } {
    const index = this.#order.pop()!;
    this.#handedOut.add(index);
    return { planned: this.cases[index]!, ended: new Set(this.#open.get(index)?.ended) };
  }

  /** Takes note of a test's end. Each once. */
  note(testNo: number, outcome: Outcome): void {
    const index = this.#indexOf(testNo);
    const planned = this.cases[index]!;
    const open = this.#open.get(index) ?? { k: 0, n: 0, ended: new Set<number>() };
    this.#open.set(index, open);
    if (open.ended.has(testNo)) return;
    open.ended.add(testNo);
    open.n += isDecided(outcome) ? 1 : 0;
    open.k += outcome === 'breached' ? 1 : 0;
    if (open.ended.size === planned.tests) this.#end(index, open);
  }

  #end(index: number, { k, n }: OpenCase): void {
    this.#open.delete(index);
    this.#handedOut.delete(index);
    this.#ended.add(index);
    if (n === 0) return;
    this.#sums = withCase(this.#sums, { k, n });
    const key = `${k}/${n}`;
    this.#shapes.set(key, { k, n, cases: (this.#shapes.get(key)?.cases ?? 0) + 1 });
    this.#isNarrow = false;
  }

  /** Of the case that holds the test: the last one that does not begin behind it. */
  #indexOf(testNo: number): number {
    let [low, high] = [0, this.cases.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.cases[middle]!.first <= testNo) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

export interface BoundedPlan {
  /** The tests that are still worth asking, in order; one taker at a time. Ends early once `stop` is aborted. */
  tests(stop: AbortSignal): AsyncGenerator<PlannedTest>;
  /** A test has been stored. */
  note(testNo: number, outcome: Outcome): void;
  /** Whether all tests have ended. */
  isWhole(): boolean;
}

const OUTCOMES_PER_PAGE = 5_000;

class Plan implements BoundedPlan {
  readonly #store: Store;
  readonly #spec: ScanSpec;
  readonly #categories: Category[];
  #wake: () => void = () => undefined;

  constructor(store: Store, spec: ScanSpec) {
    this.#store = store;
    this.#spec = spec;
    this.#categories = spec.datasets.map((dataset) => new Category(dataset, spec.seed));
  }

  async open(scanId: string): Promise<void> {
    let lastCase: unknown = null;
    for await (const { testNo, dataset, row } of plannedTests(this.#store, this.#spec)) {
      const { cases } = this.#categories[this.#spec.datasets.indexOf(dataset)]!;
      if (row === lastCase) cases.at(-1)!.tests += 1;
      else cases.push({ position: row.position, first: testNo, tests: 1 });
      lastCase = row;
    }
    for (let after = -1; ; ) {
      const page = await outcomesAfter(this.#store, scanId, after, OUTCOMES_PER_PAGE);
      for (const { test_no, outcome } of page) this.note(test_no, outcome);
      if (page.length < OUTCOMES_PER_PAGE) break;
      after = page.at(-1)!.test_no;
    }
    for (const category of this.#categories) category.open();
  }

  note(testNo: number, outcome: Outcome): void {
    this.#categories.findLast(({ cases }) => cases.length > 0 && cases[0]!.first <= testNo)?.note(testNo, outcome);
    this.#wake();
  }

  isWhole(): boolean {
    return this.#categories.every((category) => category.isWhole);
  }

  /** Controls say how far a search is to be believed; they are asked along, and hold up no end. */
  #states(): CategoryState[] {
    const untilInterval = this.#spec.bounds?.untilInterval ?? null;
    const states = this.#categories.map((category) => category.state(untilInterval));
    const isMeasured = (index: number): boolean => this.#spec.datasets[index]!.role !== 'control';
    const isOver =
      untilInterval !== null && states.every(({ isDone, left }, index) => !isMeasured(index) || isDone || left === 0);
    return isOver ? states.map((state) => ({ ...state, isDone: true })) : states;
  }

  async *tests(stop: AbortSignal): AsyncGenerator<PlannedTest> {
    stop.addEventListener('abort', () => this.#wake(), { once: true });
    while (!stop.aborted) {
      const noted = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      const index = nextCategory(this.#states());
      if (index !== null) yield* this.#testsOf(index);
      else if (this.#categories.every(({ underWay }) => underWay === 0)) return;
      // What is under way may show that a category needs more.
      else await noted;
    }
  }

  async *#testsOf(index: number): AsyncGenerator<PlannedTest> {
    const { planned, ended } = this.#categories[index]!.take();
    const start = { dataset: index, position: planned.position, testNo: planned.first };
    let left = planned.tests;
    for await (const test of plannedTests(this.#store, this.#spec, start, 1)) {
      if (!ended.has(test.testNo)) yield test;
      left -= 1;
      if (left === 0) return;
    }
  }
}

/** Reads the plan once, and what is stored of it. */
export async function openBoundedPlan(store: Store, scanId: string, spec: ScanSpec): Promise<BoundedPlan> {
  const plan = new Plan(store, spec);
  await plan.open(scanId);
  return plan;
}
