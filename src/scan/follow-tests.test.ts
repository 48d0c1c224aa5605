import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newScan, resultOf, upTo } from '../../tests/store/rows.ts';
import { createResultWriter } from '../store/results.ts';
import { openStore, type Store } from '../store/store.ts';
import { followTests } from './follow-tests.ts';

let store: Store;
beforeAll(async () => {
  store = await openStore({ path: ':memory:' });
});
afterAll(() => store.close());

const MOST = 3;

async function scanWith(numbers: readonly number[]) {
  const { id } = await newScan(store);
  const decide = (decided: readonly number[]): Promise<unknown> =>
    createResultWriter(store).write(decided.map((number) => resultOf(id, number)));
  await decide(numbers);
  return { id, decide };
}

describe.each([
  ['a scan in the order of its plan', false],
  ['a scan that draws its tests', true],
])('%s', (_, isDrawn) => {
  it('is followed from its latest tests on, each told once', async () => {
    const { id, decide } = await scanWith(upTo(10));
    const follower = await followTests(store, { id, isDrawn }, MOST);
    expect(await follower.look()).toEqual([7, 8, 9]);
    expect(await follower.look()).toEqual([]);
    await decide([12, 10]);
    expect(await follower.look()).toEqual([10, 12]);
    await decide([11, 13, 14, 15]);
    expect(await follower.look()).toEqual([13, 14, 15]);
  });

  it('is taken up again, and no test is told twice', async () => {
    const { id, decide } = await scanWith(upTo(5));
    const follower = await followTests(store, { id, isDrawn }, MOST);
    await follower.look();
    const again = await followTests(store, { id, isDrawn }, MOST, follower.place());
    expect(await again.look()).toEqual([]);
    await decide([5]);
    expect(await again.look()).toEqual([5]);
  });
});

it('a scan that draws its tests is followed wherever in the plan they are', async () => {
  const { id, decide } = await scanWith([90_000]);
  const follower = await followTests(store, { id, isDrawn: true }, MOST);
  expect(await follower.look()).toEqual([90_000]);
  await decide([17, 44_000]);
  expect(await follower.look()).toEqual([17, 44_000]);
  await decide(upTo(6_000).map((number) => 1_000 + number));
  expect(await follower.look()).toEqual([6_997, 6_998, 6_999]);
});
