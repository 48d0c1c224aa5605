import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { manualClock } from '../../tests/fakes/manual-clock.ts';
import { openStore, type Store } from '../store/store.ts';
import { createVault } from '../store/vault.ts';
import { createDecisionLog, type DecisionLog } from './decision-log.ts';

let store: Store;
let log: DecisionLog;
let errors: unknown[];

beforeEach(async () => {
  store = await openStore({ path: ':memory:' });
  errors = [];
  log = createDecisionLog({
    store,
    vault: createVault(new Uint8Array(32)),
    clock: manualClock(),
    settings: { sample: 1, days: 30, messages: 'redacted' },
    onError: (error) => void errors.push(error),
  });
});
afterEach(async () => {
  await log.close();
  await store.close();
});

const note = (id: string): void =>
  log.note(
    {
      projectId: 'p',
      messages: [{ role: 'user', content: 'hello' }],
      session: null,
      inline: [],
      enabled: [],
      fields: { inline: 'policies', enabled: 'enabled', words: {} as never },
      overrideResponse: null,
      failFast: false,
    },
    {
      id,
      decision: { flagged: false, denied: false, redacted: false, undecided: true, findings: [], override: null },
      correction: null,
      sessionRisk: null,
      ms: 1,
    },
  );

/** The next statement fails as one does whose connection breaks: after it was run, or instead. */
function breakNext(error: Error, { isRun }: { readonly isRun: boolean }): void {
  const run = store.db.executeQuery.bind(store.db);
  Object.assign(store.db, {
    async executeQuery(...given: Parameters<typeof run>) {
      Object.assign(store.db, { executeQuery: run });
      if (isRun) await run(...given);
      throw error;
    },
  });
}

const away = new Error('Connection terminated unexpectedly');
const idsStored = async (): Promise<string[]> => (await log.latest('p', 100)).map(({ id }) => id).sort();

describe('the log of decisions, where the database is away for a moment', () => {
  it.each([
    ['they did not reach it', false],
    ['they reached it, and nobody heard so', true],
  ])('keeps what it holds and writes it once: %s', async (_, isRun) => {
    note('first');
    note('second');
    breakNext(away, { isRun });
    await log.flush();
    expect(errors).toEqual([away]);
    note('third');
    expect(await idsStored()).toEqual(['first', 'second', 'third']);
    expect(errors).toEqual([away]);
  });

  it('writes it again by itself', async () => {
    note('first');
    breakNext(away, { isRun: false });
    await log.flush();
    await expect
      .poll(async () => (await store.db.selectFrom('guard_decisions').select('id').execute()).length, {
        timeout: 5_000,
      })
      .toBe(1);
  });

  it('lets go what can never be written, and writes the rest', async () => {
    note('first');
    breakNext(new Error('no such table'), { isRun: false });
    await log.flush();
    note('second');
    expect(await idsStored()).toEqual(['second']);
  });
});
