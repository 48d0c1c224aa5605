// Pages of a scan's tests: filtered, in one of some orders, by a place that stays true while tests are added.
import { type RawBuilder, sql } from 'kysely';
import type { StoppedBy } from '../core/guarding.ts';
import type { Expectation, Outcome, Reason, Severity, TestRole } from '../core/outcome.ts';
import type { Store } from './store.ts';
import { testsHolding } from './test-search.ts';

type CountedBy = 'role' | 'expect' | 'attack' | 'outcome' | 'dataset' | 'case_id' | 'reason';

export interface TestFilter {
  readonly dataset?: readonly string[];
  readonly subcategory?: readonly string[];
  readonly attack?: readonly string[];
  readonly outcome?: readonly Outcome[];
  readonly severity?: readonly Severity[];
  readonly role?: readonly TestRole[];
  readonly reason?: readonly Reason[];
  readonly expect?: readonly Expectation[];
  /** Parameters of an attack, as they are stored. */
  readonly parameters?: readonly string[];
  readonly case_id?: readonly string[];
  readonly stopped_by?: readonly (StoppedBy | 'undecided')[];
  /** What their cases refer to, each list as it is stored. */
  readonly refs?: readonly string[];
  /** The tests that one rate or one finding counts: none where a list is empty. */
  readonly counted?: Readonly<Partial<Record<CountedBy, readonly string[]>>>;
  /** Whether a person said anything of the verdict. */
  readonly marked?: boolean;
  /** Words of the request or of what is known of the test; each must occur. */
  readonly text?: string;
}

const listed = [
  'dataset',
  'subcategory',
  'attack',
  'outcome',
  'severity',
  'role',
  'reason',
  'expect',
  'parameters',
  'case_id',
  'refs',
] as const;

const badness = sql`(case tests.outcome when 'breached' then 0 when 'partial' then 4 when 'inconclusive' then 8
    when 'unjudged' then 12 when 'defended' then 16 else 20 end
  + case tests.severity when 'critical' then 0 when 'high' then 1 when 'medium' then 2 else 3 end)`;

/** Whoever reads doubtful verdicts finds none in a test that could not be decided, however sure that is. */
const hasNoVerdict = sql`(case when tests.outcome in ('inconclusive', 'unjudged') then 1 else 0 end)`;

/** What tests are put in order by; ties, and all where nothing is named, by the plan. */
const orders = {
  plan: [],
  worst: [badness],
  'least-sure': [hasNoVerdict, sql`tests.confidence`],
  category: [sql`tests.dataset`, sql`tests.subcategory`],
  attack: [sql`tests.attack`, sql`tests.parameters`],
} as const satisfies Record<string, readonly RawBuilder<unknown>[]>;

export type TestOrder = keyof typeof orders;
export const testOrders = Object.keys(orders) as readonly TestOrder[];

/** The last test of a page, by what it was put in order by. */
export interface TestPlace {
  readonly keys: readonly (string | number)[];
  readonly testNo: number;
}

export interface TestNumbers {
  readonly numbers: readonly number[];
  /** Where the next page begins; null on the last. */
  readonly next: TestPlace | null;
}

const among = (column: string, values: readonly string[]): RawBuilder<unknown> =>
  sql`${sql.ref(`tests.${column}`)} in (${sql.join([...values])})`;

/** The conditions of a filter; null where it can hold for no test. */
async function conditionsOf(
  store: Store,
  scanId: string,
  filter: TestFilter,
): Promise<readonly RawBuilder<unknown>[] | null> {
  const conditions: RawBuilder<unknown>[] = [sql`tests.scan_id = ${scanId}`];
  for (const column of listed) {
    const values = filter[column];
    if (values !== undefined && values.length > 0) conditions.push(among(column, values));
  }
  if (filter.stopped_by !== undefined && filter.stopped_by.length > 0)
    conditions.push(sql`coalesce(tests.stopped_by, 'undecided') in (${sql.join([...filter.stopped_by])})`);
  for (const [column, values] of Object.entries(filter.counted ?? {})) {
    if (values.length === 0) return null;
    conditions.push(among(column, values));
  }
  if (filter.marked !== undefined)
    conditions.push(sql`${sql.raw(filter.marked ? '' : 'not ')}exists (select 1 from marks
      where marks.scan_id = tests.scan_id and marks.test_no = tests.test_no)`);
  if (filter.text === undefined) return conditions;
  const holding = await testsHolding(store, scanId, filter.text);
  if (holding === null) return null;
  return [...conditions, sql`tests.test_no in (${holding})`];
}

const all = (conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> => sql.join([...conditions], sql` and `);

/** Whether a place belongs to an order: a cursor of another order would lead nowhere. */
export const fitsOrder = (order: TestOrder, place: TestPlace): boolean => orders[order].length === place.keys.length;

/** Numbers of the tests on a page, at most `limit`, after the place. */
export async function testNumbersPage(
  store: Store,
  scanId: string,
  filter: TestFilter,
  order: TestOrder,
  after: TestPlace | null,
  limit: number,
): Promise<TestNumbers> {
  const conditions = await conditionsOf(store, scanId, filter);
  if (conditions === null) return { numbers: [], next: null };
  const keys: readonly RawBuilder<unknown>[] = orders[order];
  const columns = keys.map((key, index) => sql`, ${key} as ${sql.ref(`key${index}`)}`);
  const place = sql.join([...keys, sql`tests.test_no`]);
  const later =
    after === null
      ? []
      : [sql`(${place}) > (${sql.join([...after.keys.map((key) => sql`${key}`), sql`${after.testNo}`])})`];
  const { rows } = await sql<Record<string, string | number> & { test_no: number }>`
    select tests.test_no${sql.join(columns, sql``)} from tests
    where ${all([...conditions, ...later])} order by ${place} limit ${limit + 1}`.execute(store.db);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    numbers: page.map((row) => Number(row.test_no)),
    next:
      rows.length > limit && last !== undefined
        ? { keys: keys.map((_, index) => last[`key${index}`] ?? ''), testNo: Number(last.test_no) }
        : null,
  };
}

/** How many tests the filter lets through. */
export async function countTests(store: Store, scanId: string, filter: TestFilter): Promise<number> {
  const conditions = await conditionsOf(store, scanId, filter);
  if (conditions === null) return 0;
  const { rows } = await sql<{ n: number }>`select count(*) as n from tests where ${all(conditions)}`.execute(store.db);
  return Number(rows[0]?.n ?? 0);
}
