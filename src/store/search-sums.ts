// The sums of attacks that search and of cases with tools, counted by the database once a scan has ended.
import { sql } from 'kysely';
import type { TestRow } from './schema.ts';
import type { Store } from './store.ts';

/** One test of an attack that searches, with how many of its tries succeeded. */
export type SearchedTest = Pick<
  TestRow,
  'attack' | 'parameters' | 'role' | 'outcome' | 'reason' | 'tries' | 'first_success' | 'unconfirmed'
> & { readonly successes: number };

/** The tests of these attacks, in order. */
export async function searchedTests(store: Store, scanId: string, attacks: readonly string[]): Promise<SearchedTest[]> {
  if (attacks.length === 0) return [];
  const rows = await store.db
    .selectFrom('tests')
    .leftJoin('tries', (join) =>
      join
        .onRef('tries.scan_id', '=', 'tests.scan_id')
        .onRef('tries.test_no', '=', 'tests.test_no')
        .on('tries.outcome', '=', 'breached'),
    )
    .select([
      'attack',
      'parameters',
      'role',
      'tests.outcome',
      'tests.reason',
      'tests.tries',
      'first_success',
      'unconfirmed',
    ])
    .select(sql<number>`count(tries.try_no)`.as('successes'))
    .where('tests.scan_id', '=', scanId)
    .where('attack', 'in', attacks)
    .groupBy([
      'tests.test_no',
      ...(['attack', 'parameters', 'role', 'tests.outcome', 'tests.reason', 'tests.tries'] as const),
      ...(['first_success', 'unconfirmed'] as const),
    ])
    .orderBy('tests.test_no')
    .execute();
  return rows.map((row) => ({ ...row, successes: Number(row.successes) }));
}

/** Tests whose cases say what the user wanted: how many reached it, and how many there are. */
export async function utilityCounts(store: Store, scanId: string): Promise<{ reached: number; tests: number }> {
  const row = await store.db
    .selectFrom('tests')
    .select([sql<number>`coalesce(sum(utility), 0)`.as('reached'), sql<number>`count(utility)`.as('tests')])
    .where('scan_id', '=', scanId)
    .where('role', '=', 'case')
    .executeTakeFirstOrThrow();
  return { reached: Number(row.reached), tests: Number(row.tests) };
}
