// How the tests of a scan ended, by what their cases refer to: clauses and entries of taxonomies.
import type { Outcome } from '../core/outcome.ts';
import type { Store } from './store.ts';

export interface ReferenceCount {
  /** The list as it is stored. */
  readonly text: string;
  readonly references: readonly string[];
  readonly outcome: Outcome;
  readonly n: number;
}

/** Of ordinary cases; one row for each list of references and outcome. */
export async function referenceCounts(store: Store, scanId: string): Promise<ReferenceCount[]> {
  const rows = await store.db
    .selectFrom('tests')
    .select(['refs', 'outcome', (eb) => eb.fn.countAll().as('n')])
    .where('scan_id', '=', scanId)
    .where('role', '=', 'case')
    .groupBy(['refs', 'outcome'])
    .execute();
  return rows.map(({ refs, outcome, n }) => ({
    text: refs,
    references: JSON.parse(refs) as string[],
    outcome,
    n: Number(n),
  }));
}
