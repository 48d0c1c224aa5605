// Cuts what is left of a plan into chunks: stretches of 50 to 200 tests, each from the first test of a case on.
import type { Chunk } from '../core/ports.ts';
import type { Store } from '../store/store.ts';
import { numbersStored } from './open-tests.ts';
import { plannedTests } from './plan.ts';
import type { ScanSpec } from './spec.ts';

const SMALLEST = 50;
const LARGEST = 200;
/** A scan should bring more chunks than there are workers, so that all of them end at about the same time. */
const CHUNKS_WANTED = 64;

/** Tests a chunk, for a plan of `planned` tests. */
export const chunkSize = (planned: number): number =>
  Math.min(LARGEST, Math.max(SMALLEST, Math.ceil(planned / CHUNKS_WANTED)));

interface Cut {
  readonly chunk: Omit<Chunk, 'to'>;
  tests: number;
  open: number;
}

/** The chunks that hold a test without a result, in the order of the plan. A case is never cut in two. */
export async function* chunksOf(
  store: Store,
  scan: { readonly scanId: string; readonly spec: ScanSpec; readonly resumes: number; readonly planned: number },
): AsyncGenerator<Chunk> {
  const size = chunkSize(scan.planned);
  const stored = numbersStored(store, scan.scanId);
  let nextStored = await stored.next();
  let cut: Cut | null = null;
  let lastCase: unknown = null;
  let testNo = 0;
  const ended = (done: Cut): Chunk => ({ ...done.chunk, to: testNo });
  for await (const test of plannedTests(store, scan.spec)) {
    ({ testNo } = test);
    if (cut !== null && cut.tests >= size && test.row !== lastCase) {
      if (cut.open > 0) yield ended(cut);
      cut = null;
    }
    cut ??= {
      chunk: {
        scanId: scan.scanId,
        resumes: scan.resumes,
        from: testNo,
        dataset: scan.spec.datasets.indexOf(test.dataset),
        position: test.row.position,
      },
      tests: 0,
      open: 0,
    };
    lastCase = test.row;
    cut.tests += 1;
    if (!nextStored.done && nextStored.value === testNo) nextStored = await stored.next();
    else cut.open += 1;
  }
  testNo += 1;
  if (cut !== null && cut.open > 0) yield ended(cut);
}
