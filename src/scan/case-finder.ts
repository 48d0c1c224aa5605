// Finds the case of each stored test by its name, never by its number: another version may have run other attacks on it.
import type { TestRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { type PlannedTest, plannedCases } from './plan.ts';
import type { ScanSpec } from './spec.ts';

export type CaseInPlan = Pick<PlannedTest, 'dataset' | 'row'>;

const isCaseOf = ({ dataset, row }: CaseInPlan, test: TestRow): boolean =>
  row.case_id === test.case_id && dataset.slug === test.dataset && dataset.role === test.role;

/**
 * Ask for the tests of a scan in their order: the cases are walked once beside them. Null where the plan holds no such
 * case any more, and from there on.
 */
export function createCaseFinder(store: Store, spec: ScanSpec): (test: TestRow) => Promise<CaseInPlan | null> {
  const cases = plannedCases(store, spec);
  let at: CaseInPlan | null | undefined;
  return async (test) => {
    while (at !== null && (at === undefined || !isCaseOf(at, test))) {
      const next = await cases.next();
      at = next.done ? null : next.value;
    }
    return at;
  };
}
