// Follows a scan while it runs: which tests were decided since one last looked, by a place that can be handed out and
// taken up again. Tests are decided nearly, but not quite, in the order of the plan.
import type { Store } from '../store/store.ts';
import { latestTestNumbers, testNumbersFrom } from '../store/test-numbers.ts';

/** All tests before `next` were seen, but for those in `open`. */
export interface SeenTests {
  readonly next: number;
  readonly open: ReadonlySet<number>;
}

/** More that are still to come are no longer looked for: it is the latest that is followed. */
const MOST_OPEN = 500;
const NUMBERS_PER_LOOK = 500;

/** E.g. "120.97.101": the next, then the open ones. */
export const writeSeen = ({ next, open }: SeenTests): string => [next, ...open].join('.');

/** Null for a text that was not written here. */
export function readSeen(text: string): SeenTests | null {
  if (!/^\d{1,10}(\.\d{1,10}){0,500}$/.test(text)) return null;
  const [next = 0, ...open] = text.split('.').map(Number);
  return { next, open: new Set(open) };
}

/** What is seen once these numbers, ascending, were seen too. Pure. */
export function seenAfter({ next, open }: SeenTests, numbers: readonly number[]): SeenTests {
  const stillOpen = new Set(open);
  let after = next;
  for (const number of numbers) {
    stillOpen.delete(number);
    for (let missed = Math.max(after, number - MOST_OPEN); missed < number; missed++) stillOpen.add(missed);
    after = Math.max(after, number + 1);
  }
  return { next: after, open: new Set([...stillOpen].sort((a, b) => a - b).slice(-MOST_OPEN)) };
}

/** Where one begins who wants the latest `count` tests and all that follow. */
export async function beginAtLatest(store: Store, scanId: string, count: number): Promise<SeenTests> {
  const numbers = await latestTestNumbers(store, scanId, count);
  return { next: numbers.at(-1) ?? 0, open: new Set() };
}

/** Numbers of tests that were decided since; at most 500, ascending. */
export const decidedSince = (store: Store, scanId: string, { next, open }: SeenTests): Promise<number[]> =>
  testNumbersFrom(store, scanId, { from: next, also: [...open] }, NUMBERS_PER_LOOK);
