// Counts of a scan's tests by outcome over whatever they are grouped by; the database adds them up.
import { sql } from 'kysely';
import type { Outcome } from '../core/outcome.ts';
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
  readonly outcome: Outcome;
  readonly n: number;
}

/** In the order of the columns. `ordinary`: without twins and controls. */
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
  const { rows } = await sql<Record<string, string> & { outcome: Outcome; n: number }>`
    select ${names}, outcome, count(*) as n from tests where scan_id = ${scanId} ${roles}
    group by ${places}, outcome order by ${places}, outcome`.execute(store.db);
  return rows.map((row) => ({
    keys: Object.fromEntries(columns.map((column, index) => [column, String(row[`key${index}`])])),
    outcome: row.outcome,
    n: Number(row.n),
  }));
}
