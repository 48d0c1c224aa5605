// Writes results to a PostgreSQL that may restart meanwhile: what was answered is kept in hand until it is stored.
import type { Clock } from '../core/ports.ts';
import { isPassing } from './failure.ts';
import type { Result, ResultWriter } from './results.ts';
import type { StepRow, TryRow } from './schema.ts';
import type { Store } from './store.ts';

const WRITE_AGAIN_MS = 250;

interface TestPlace {
  readonly scan_id: string;
  readonly test_no: number;
}

const hasTest = async (store: Store, { scan_id, test_no }: TestPlace): Promise<boolean> =>
  (await store.db
    .selectFrom('tests')
    .select('test_no')
    .where('scan_id', '=', scan_id)
    .where('test_no', '=', test_no)
    .executeTakeFirst()) !== undefined;

const hasTry = async (store: Store, { scan_id, test_no, try_no }: TryRow): Promise<boolean> =>
  (await store.db
    .selectFrom('tries')
    .select('try_no')
    .where('scan_id', '=', scan_id)
    .where('test_no', '=', test_no)
    .where('try_no', '=', try_no)
    .executeTakeFirst()) !== undefined;

/** Steps go when their test is decided: then the test stands in their place. */
async function hasStep(store: Store, step: StepRow): Promise<boolean> {
  const row = await store.db
    .selectFrom('steps')
    .select('step_no')
    .where('scan_id', '=', step.scan_id)
    .where('test_no', '=', step.test_no)
    .where('step_no', '=', step.step_no)
    .executeTakeFirst();
  return row !== undefined || hasTest(store, step);
}

/** Whether every row of a group is there: its transaction was committed although nobody heard of it. */
async function isStored(store: Store, group: readonly Result[]): Promise<boolean> {
  for (const result of group) {
    if ('step' in result) {
      if (!(await hasStep(store, result.step))) return false;
      continue;
    }
    if ('test' in result && !(await hasTest(store, result.test))) return false;
    for (const row of result.tries) if (!(await hasTry(store, row))) return false;
  }
  return true;
}

/**
 * Tries a group again for `patienceMs` where the database was away. Whether a group whose transaction broke off was
 * committed is asked before, so that no call is counted twice.
 */
export function patientWriter(
  writer: ResultWriter,
  { store, clock, patienceMs }: { readonly store: Store; readonly clock: Clock; readonly patienceMs: number },
): ResultWriter {
  return {
    async write(group) {
      const until = clock.monotonic() + patienceMs;
      for (let attempt = 1; ; attempt++) {
        try {
          if (attempt === 1 || !(await isStored(store, group))) await writer.write(group);
          return;
        } catch (error) {
          if (!isPassing(error) || clock.monotonic() >= until) throw error;
        }
        await clock.sleep(WRITE_AGAIN_MS);
      }
    },
  };
}
