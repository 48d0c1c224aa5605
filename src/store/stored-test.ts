// A stored test as reports and exports read it: its row, the conversation that decided it, its opened answer.
import type { ChatMessage, ToolCall } from '../core/chat.ts';
import type { Guarded } from '../core/guarding.ts';
import type { Verdict } from '../core/outcome.ts';
import { marksBetween } from './marks.ts';
import { type TestWithTry, testsAfter } from './results.ts';
import type { MarkRow } from './schema.ts';
import type { Store } from './store.ts';
import { placeOfTry, type Vault } from './vault.ts';

/** What a try's sealed record holds; absent keys are null or empty. */
export interface StoredAnswer {
  readonly text?: string;
  /** The text with the attack's own encoding undone, where that changed it. */
  readonly decoded?: string;
  readonly reasoning?: string;
  readonly toolCalls?: readonly ToolCall[];
  /** The endpoint marked it as a refusal, or its filter stopped it: a later judge needs to know. */
  readonly refused?: true;
  readonly filtered?: true;
  /** Whether the user's own goal was reached, where the case says what that is. */
  readonly utility?: boolean;
  /** What the guard said, who stopped it, and the outcome without the guard. */
  readonly guard?: Guarded & Pick<Verdict, 'stoppedBy' | 'bare'>;
  /** Why there is no answer. */
  readonly failure?: string;
}

export interface StoredTest {
  readonly row: TestWithTry;
  readonly messages: readonly ChatMessage[];
  readonly answer: StoredAnswer;
  /** What a person says the verdict should be; left out where nobody said anything. */
  readonly mark?: MarkRow;
}

// Pages that are read and forgotten at once stay out of the part of the heap that is seldom cleared.
const TESTS_PER_PAGE = 100;

export function openTest(vault: Vault, row: TestWithTry, mark?: MarkRow): StoredTest {
  const sealed = row.answer === null ? '{}' : vault.open(row.answer, placeOfTry(row.scan_id, row.test_no, row.try_no));
  return {
    row,
    messages: JSON.parse(row.messages),
    answer: JSON.parse(sealed),
    ...(mark === undefined ? {} : { mark }),
  };
}

/** All stored tests of a scan in the order of the plan, in constant memory. */
export async function* storedTests(store: Store, vault: Vault, scanId: string): AsyncGenerator<StoredTest> {
  let after = -1;
  for (;;) {
    const page = await testsAfter(store, scanId, after, TESTS_PER_PAGE);
    const marks = await marksBetween(store, scanId, after + 1, page.at(-1)?.test_no ?? after);
    for (const row of page) yield openTest(vault, row, marks.get(row.test_no));
    if (page.length < TESTS_PER_PAGE) return;
    after = page.at(-1)?.test_no ?? after;
  }
}
