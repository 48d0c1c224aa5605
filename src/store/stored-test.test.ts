import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newScan, resultOf, testRow, tryRow, upTo } from '../../tests/store/rows.ts';
import { createResultWriter } from './results.ts';
import { openStore, type Store } from './store.ts';
import { type StoredAnswer, type StoredTest, storedTests } from './stored-test.ts';
import { createVault, placeOfTry } from './vault.ts';

const vault = createVault(randomBytes(32));
const messages = [{ role: 'user' as const, content: 'Grüße 👋' }];

describe('stored tests', () => {
  let store: Store;
  let scanId: string;

  beforeEach(async () => {
    store = await openStore({});
    scanId = (await newScan(store)).id;
  });
  afterEach(() => store.close());

  async function readAll(): Promise<StoredTest[]> {
    const read: StoredTest[] = [];
    for await (const test of storedTests(store, vault, scanId)) read.push(test);
    return read;
  }

  it('come with the conversation that decided them and its opened answer', async () => {
    const answer: StoredAnswer = { text: 'no', decoded: 'nein', failure: 'none' };
    const sealed = vault.seal(JSON.stringify(answer), placeOfTry(scanId, 3, 1));
    const deciding = tryRow(scanId, 3, 1, { messages: JSON.stringify(messages), answer: sealed });
    const test = testRow(scanId, 3, { deciding_try: 1, tries: 2 });
    await createResultWriter(store).write([{ test, tries: [tryRow(scanId, 3), deciding], calls: [] }]);
    expect(await readAll()).toMatchObject([{ row: { test_no: 3, try_no: 1 }, messages, answer }]);
  });

  it('without an answer have an empty one', async () => {
    const unanswered = { ...resultOf(scanId, 1), tries: [tryRow(scanId, 1, 0, { answer: null })] };
    await createResultWriter(store).write([unanswered]);
    expect(await readAll()).toMatchObject([{ answer: {} }]);
  });

  it('are refused where an answer was exchanged with that of another test', async () => {
    const sealed = vault.seal('{}', placeOfTry(scanId, 2, 0));
    await createResultWriter(store).write([
      { ...resultOf(scanId, 1), tries: [tryRow(scanId, 1, 0, { answer: sealed })] },
    ]);
    await expect(readAll()).rejects.toMatchObject({ code: 'SECRET_KEY_WRONG' });
  });

  it.each([0, 499, 500, 501, 1_000])('are read to the end in the order of the plan: %i of them', async (count) => {
    await createResultWriter(store).write(
      upTo(count).map((n) => ({ ...resultOf(scanId, n), tries: [tryRow(scanId, n, 0, { answer: null })] })),
    );
    expect((await readAll()).map(({ row }) => row.test_no)).toEqual(upTo(count));
  });
});
