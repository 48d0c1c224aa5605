// Counts of a scan's tests by outcome over whatever they are grouped by; the database adds them up.
import { sql } from 'kysely';
import type { Expectation, Outcome, TestRole } from '../core/outcome.ts';
import type { Store } from './store.ts';

/** What tests can be grouped by, each with its columns. */
const groupings = {
  dataset: ['dataset'],
  subcategory: ['dataset', 'subcategory'],
  attack: ['attack'],
  variant: ['attack', 'parameters'],
  severity: ['severity'],
  expect: ['expect'],
  reason: ['outcome', 'reason'],
  role: ['role'],
  'dataset-attack': ['dataset', 'attack'],
} as const;

export type Grouping = keyof typeof groupings;
export const groupingIds = Object.keys(groupings) as readonly Grouping[];

export interface OutcomeCount {
  /** Values of the columns, in the order of the grouping. */
  readonly keys: Readonly<Record<string, string>>;
  /** What says which rate the tests belong to. */
  readonly role: TestRole;
  readonly expect: Expectation;
  readonly attack: string;
  readonly outcome: Outcome;
  readonly n: number;
}

/** In the order of the columns, then of role, expectation and attack. `ordinary`: without twins and controls. */
export async function outcomeCounts(
  store: Store,
  scanId: string,
  by: Grouping,
  ordinary: boolean,
): Promise<OutcomeCount[]> {
  const columns: readonly string[] = groupings[by];
  const names = sql.join(columns.map((column, index) => sql`${sql.ref(column)} as ${sql.ref(`key${index}`)}`));
  const places = sql.join(columns.map((column) => sql.ref(column)));
  const roles = ordinary ? sql`and role = 'case'` : sql``;
  const { rows } = await sql<Record<string, string> & Omit<OutcomeCount, 'keys'>>`
    select ${names}, role, expect, attack, outcome, count(*) as n from tests where scan_id = ${scanId} ${roles}
    group by ${places}, role, expect, attack, outcome order by ${places}, role, expect, attack, outcome`.execute(
    store.db,
  );
  return rows.map((row) => ({
    keys: Object.fromEntries(columns.map((column, index) => [column, String(row[`key${index}`])])),
    role: row.role,
    expect: row.expect,
    attack: row.attack,
    outcome: row.outcome,
    n: Number(row.n),
  }));
}
