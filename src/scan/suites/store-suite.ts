// The cases of a suite as a dataset of its own, stored once a scan needs them: a slice is planned, counted and reported
// like any dataset.
import { createHash } from 'node:crypto';
import { RedoubtError } from '../../core/errors.ts';
import { BUILT_IN, storedVersion } from '../../store/datasets.ts';
import { storeDataset } from '../../store/new-dataset.ts';
import type { Store } from '../../store/store.ts';
import { builtInLines } from '../datasets/built-in.ts';
import { type CaseLine, caseColumns, testCaseOf } from '../datasets/case-line.ts';
import { isInSlice, type Suite } from './catalogue.ts';

interface SuiteCase {
  readonly id: string;
  readonly line: CaseLine;
}

/** Each case once, in the order of slices and lines. */
export function casesOfSuite({ slices }: Pick<Suite, 'slices'>): SuiteCase[] {
  const found = new Map<string, CaseLine>();
  for (const slice of slices) {
    for (const [position, line] of builtInLines(slice.dataset).entries()) {
      const testCase = testCaseOf(line, `${slice.dataset}-${position + 1}`);
      if (isInSlice(slice, testCase)) found.set(testCase.id, line);
    }
  }
  return [...found].map(([id, line]) => ({ id, line }));
}

/** Stores the suite's cases unless they are there; gives the id of the dataset's row. */
export async function storeSuite(store: Store, suite: Suite, now: number): Promise<string> {
  const cases = casesOfSuite(suite);
  if (cases.length === 0) throw new RedoubtError('NOTHING_TO_TEST', { reason: `the suite ${suite.id} holds no case.` });
  const slug = `suite-${suite.id}`;
  const sha256 = createHash('sha256')
    .update(JSON.stringify([suite, cases]))
    .digest('hex');
  const known = await storedVersion(store, BUILT_IN, slug, sha256);
  if (known !== null) return known;
  return storeDataset(
    store,
    {
      id: `${slug}-${sha256.slice(0, 16)}`,
      project_id: BUILT_IN,
      slug,
      title: suite.title,
      version: sha256.slice(0, 12),
      sha256,
      role: 'case',
      created_at: now,
    },
    cases.map(({ id, line }, position) => ({ position, ...caseColumns(line, id), body: JSON.stringify(line) })),
  );
}
