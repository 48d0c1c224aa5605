// The tests of a plan, or of a stretch of it, that have no result yet.

import type { Store } from '../store/store.ts';
import { storedTestNumbers } from '../store/test-numbers.ts';
import { CASES_PER_PAGE, type PlannedTest, type PlanPlace, plannedTests, START_OF_PLAN } from './plan.ts';
import type { ScanSpec } from './spec.ts';

const NUMBERS_PER_PAGE = 2_000;

/** Numbers of the tests that are stored, ascending from `from` to before `to`. */
export async function* numbersStored(
  store: Store,
  scanId: string,
  from = 0,
  to = Number.POSITIVE_INFINITY,
): AsyncGenerator<number> {
  let after = from - 1;
  for (;;) {
    const most = Math.min(NUMBERS_PER_PAGE, to - after - 1);
    const page = most <= 0 ? [] : await storedTestNumbers(store, scanId, after, most);
    for (const number of page) if (number < to) yield number;
    if (page.length < most || page.length === 0) return;
    after = page.at(-1) ?? after;
  }
}

/** Both lists are in order, so one pass compares them. `to`: the first test number that no longer belongs to it. */
export async function* openTests(
  { store, scanId, spec }: { readonly store: Store; readonly scanId: string; readonly spec: ScanSpec },
  start: PlanPlace = START_OF_PLAN,
  to = Number.POSITIVE_INFINITY,
): AsyncGenerator<PlannedTest> {
  const stored = numbersStored(store, scanId, start.testNo, to);
  let next = await stored.next();
  const perPage = Math.min(CASES_PER_PAGE, Math.max(1, to - start.testNo));
  for await (const test of plannedTests(store, spec, start, perPage)) {
    if (test.testNo >= to) return;
    if (!next.done && next.value === test.testNo) next = await stored.next();
    else yield test;
  }
}
