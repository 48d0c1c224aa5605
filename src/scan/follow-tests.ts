// Follows a scan while it runs: which tests were decided since one last looked, by a place that can be handed out and
// taken up again. Tests are decided nearly, but not quite, in the order of the plan; a bounded scan draws them.
import type { Store } from '../store/store.ts';
import { latestTestNumbers, storedTestNumbers, testNumbersFrom } from '../store/test-numbers.ts';

/** All tests before `next` were seen, but for those in `open`. */
interface SeenTests {
  readonly next: number;
  readonly open: ReadonlySet<number>;
}

/** More that are still to come are no longer looked for: it is the latest that is followed. */
const MOST_OPEN = 500;
const NUMBERS_PER_LOOK = 500;
const DRAWN_PER_LOOK = 5_000;

/** E.g. "120.97.101": the next, then the open ones. */
const writeSeen = ({ next, open }: SeenTests): string => [next, ...open].join('.');

/** Null for a text that was not written here. */
function readSeen(text: string): SeenTests | null {
  if (!/^\d{1,10}(\.\d{1,10}){0,500}$/.test(text)) return null;
  const [next = 0, ...open] = text.split('.').map(Number);
  return { next, open: new Set(open) };
}

/** What is seen once these numbers, ascending, were seen too. Pure. */
function seenAfter({ next, open }: SeenTests, numbers: readonly number[]): SeenTests {
  const stillOpen = new Set(open);
  let after = next;
  for (const number of numbers) {
    stillOpen.delete(number);
    for (let missed = Math.max(after, number - MOST_OPEN); missed < number; missed++) stillOpen.add(missed);
    after = Math.max(after, number + 1);
  }
  return { next: after, open: new Set([...stillOpen].sort((a, b) => a - b).slice(-MOST_OPEN)) };
}

/** One who follows the tests of a scan. */
export interface TestFollower {
  /** Numbers of the latest tests that were decided since the last look, ascending; those before them are passed over. */
  look(): Promise<readonly number[]>;
  /** Where it stands, for who takes it up again. */
  place(): string;
}

/** `most`: of one look, and of what was decided before the first. */
async function followPlan(store: Store, scanId: string, most: number, place: string): Promise<TestFollower> {
  let seen = readSeen(place) ?? { next: (await latestTestNumbers(store, scanId, most)).at(-1) ?? 0, open: new Set() };
  return {
    async look() {
      let latest: number[] = [];
      for (;;) {
        const also = [...seen.open];
        const numbers = await testNumbersFrom(store, scanId, { from: seen.next, also }, NUMBERS_PER_LOOK);
        if (numbers.length === 0) return latest;
        seen = seenAfter(seen, numbers);
        latest = [...latest, ...numbers].slice(-most);
      }
    },
    place: () => writeSeen(seen),
  };
}

const DRAWN = 'drawn';

/** Tests come in any order: who follows remembers each. Taken up again, it begins with what is decided from then on. */
async function followDrawn(store: Store, scanId: string, most: number, place: string): Promise<TestFollower> {
  const seen = new Set<number>();
  async function look(): Promise<number[]> {
    let latest: number[] = [];
    for (let after = -1; ; ) {
      const numbers = await storedTestNumbers(store, scanId, after, DRAWN_PER_LOOK);
      const fresh = numbers.filter((number) => !seen.has(number));
      for (const number of fresh) seen.add(number);
      latest = [...latest, ...fresh].slice(-most);
      if (numbers.length < DRAWN_PER_LOOK) return latest;
      after = numbers.at(-1)!;
    }
  }
  const before = await look();
  if (place !== DRAWN) for (const number of before) seen.delete(number);
  return { look, place: () => DRAWN };
}

/** Follows the latest tests of a scan, from a place that another follower of it stood at, or from the latest `most`. */
export const followTests = (
  store: Store,
  scan: { readonly id: string; readonly isDrawn: boolean },
  most: number,
  place = '',
): Promise<TestFollower> => (scan.isDrawn ? followDrawn : followPlan)(store, scan.id, most, place);
