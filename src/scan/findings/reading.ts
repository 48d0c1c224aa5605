// Reads the findings out of a stored scan, and which places it asked at all: one pass, a page at a time.
import { isDecided } from '../../core/outcome.ts';
import { testRowsAfter } from '../../store/results.ts';
import type { TestRow } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';
import { behaviourOf, familyOf, fingerprintOf, isFinding, placeOf } from './fingerprint.ts';

/** A finding as one scan shows it. */
export interface ShownFinding {
  readonly fingerprint: string;
  readonly place: string;
  readonly behaviour: string;
  readonly family: string;
  /** The first test that shows it, and how many do. */
  readonly test: TestRow;
  readonly tests: number;
}

export interface ReadScan {
  readonly shown: ReadonlyMap<string, ShownFinding>;
  /** Places of which every test was decided: what is not shown there is gone. */
  readonly decided: ReadonlySet<string>;
}

const TESTS_PER_PAGE = 1_000;

function takeIn(shown: Map<string, ShownFinding>, test: TestRow): void {
  const fingerprint = fingerprintOf(test);
  const known = shown.get(fingerprint);
  if (known) shown.set(fingerprint, { ...known, tests: known.tests + 1 });
  else
    shown.set(fingerprint, {
      fingerprint,
      place: placeOf(test),
      behaviour: behaviourOf(test.reason),
      family: familyOf(test.attack),
      test,
      tests: 1,
    });
}

/** The tests of ordinary cases in the order of the plan, a page at a time. */
export async function* ordinaryTests(store: Store, scanId: string): AsyncGenerator<TestRow> {
  for (let after = -1; ; ) {
    const page = await testRowsAfter(store, scanId, after, TESTS_PER_PAGE);
    yield* page.filter(({ role }) => role === 'case');
    if (page.length < TESTS_PER_PAGE) return;
    after = page.at(-1)!.test_no;
  }
}

/** `places`: those of which it is to be known whether they were asked; what the scan finds itself is always read. */
export async function readFindings(store: Store, scanId: string, places: ReadonlySet<string>): Promise<ReadScan> {
  const shown = new Map<string, ShownFinding>();
  const asked = new Set<string>();
  const open = new Set<string>();
  for await (const test of ordinaryTests(store, scanId)) {
    if (isFinding(test)) takeIn(shown, test);
    const place = placeOf(test);
    if (places.has(place)) (isDecided(test.outcome) ? asked : open).add(place);
  }
  return { shown, decided: new Set([...asked].filter((place) => !open.has(place))) };
}
