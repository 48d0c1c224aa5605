// The steps of a test under way: each is stored before the next is taken, and after a crash they are gone through
// again without a call, so that a search goes on where it stood.
import { createHash } from 'node:crypto';
import type { CountedCalls } from '../store/call-counters.ts';
import type { StepRow } from '../store/schema.ts';
import { placeOfStep, type Vault } from '../store/vault.ts';

/** The scan was stopped: what is stored is stored, the rest comes when it goes on. */
export class Interrupted extends Error {}

/** What one step brought. */
export interface Taken<Value> extends CountedCalls {
  readonly value: Value;
  /** Whether no answer came, after all retries. */
  readonly failed: boolean;
}

export interface Journal {
  /**
   * The value of the next step: the stored one where the same was asked before, else what `take` brings, stored.
   * `asked` is everything that the step depends on. Throws Interrupted where `take` gives null.
   */
  step<Value>(asked: unknown, take: () => Promise<Taken<Value> | null>): Promise<Value>;
}

export interface JournalStore {
  stored(): Promise<readonly StepRow[]>;
  /** Resolves when the step is stored. */
  store(step: StepRow, counted: CountedCalls): Promise<void>;
  forget(from: number): Promise<void>;
}

interface Body {
  readonly asked: string;
  readonly value: unknown;
}

const digest = (asked: unknown): string => createHash('sha256').update(JSON.stringify(asked)).digest('base64');

/** Opens the journal of one test. Values must survive JSON. */
export async function openJournal(
  { scanId, testNo, vault }: { readonly scanId: string; readonly testNo: number; readonly vault: Vault },
  store: JournalStore,
): Promise<Journal> {
  const rows = await store.stored();
  const known: Body[] = [];
  for (const [index, row] of rows.entries()) {
    if (row.step_no !== index) break;
    known.push(JSON.parse(vault.open(row.body, placeOfStep(scanId, testNo, index))) as Body);
  }
  let taken = 0;
  let isStale = rows.length > 0;
  return {
    async step<Value>(asked: unknown, take: () => Promise<Taken<Value> | null>) {
      const number = taken;
      taken += 1;
      const key = digest(asked);
      const before = known[number];
      if (before?.asked === key) return before.value as Value;
      // Another version of the attack asks something else from here on: what lies behind leads nowhere.
      if (isStale && number < rows.length) await store.forget(number);
      isStale = false;
      known.length = Math.min(known.length, number);
      const fresh = await take();
      if (fresh === null) throw new Interrupted('The scan was stopped.');
      const body = vault.seal(JSON.stringify({ asked: key, value: fresh.value }), placeOfStep(scanId, testNo, number));
      const failed = fresh.failed ? 1 : 0;
      await store.store({ scan_id: scanId, test_no: testNo, step_no: number, body, failed }, fresh);
      return fresh.value;
    },
  };
}
