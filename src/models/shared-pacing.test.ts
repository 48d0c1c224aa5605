import { describe, expect, it } from 'vitest';
import { manualClock } from '../../tests/fakes/manual-clock.ts';
import { type HeldSlots, slotsFor } from '../core/pace-shares.ts';
import type { PaceLedger } from '../core/ports.ts';
import { createSharedPacer } from './shared-pacing.ts';

const CONCURRENCY = 8;
const good = { ok: true, rateLimited: false };
const never = new AbortController().signal;

/** The ledger of the database without its silence: what is booked stays booked until its holder says otherwise. */
function memoryLedger() {
  const rows = new Map<string, HeldSlots>();
  const ledger: PaceLedger = {
    async share(_key, holder, { inUse, wanted }, concurrency) {
      const others = [...rows].filter(([name]) => name !== holder).map(([, row]) => row);
      const slots = slotsFor(wanted, others, concurrency);
      rows.set(holder, { slots: Math.max(slots, inUse), wanted });
      return slots;
    },
    reserve: async (_key, _qpm, calls) => Array.from({ length: calls }, () => 0),
  };
  return { ledger, booked: (holder: string) => rows.get(holder)?.slots ?? 0 };
}

describe('workers that share a target', () => {
  it('give back what they no longer use, so that another need not wait until they are taken for dead', async () => {
    const clock = manualClock();
    const { ledger, booked } = memoryLedger();
    const pacerFor = (holder: string) =>
      createSharedPacer({ key: 'target', holder, ledger, clock, concurrency: CONCURRENCY, qpm: null, over: never });
    const [first, second] = [pacerFor('first'), pacerFor('second')];
    const permits = Array.from({ length: CONCURRENCY }, () => first.acquire());
    await clock.advance(1_000);
    for (const permit of await Promise.all(permits)) permit?.done(good);
    expect(booked('first')).toBe(CONCURRENCY);
    let got = 0;
    for (let call = 0; call < CONCURRENCY; call++) void second.acquire().then(() => (got += 1));
    await clock.advance(2_000);
    expect(booked('first')).toBe(0);
    expect(got).toBe(CONCURRENCY);
  });

  it('renew nothing once they are done, however the database answers', async () => {
    const clock = manualClock();
    const over = new AbortController();
    let asked = 0;
    const ledger: PaceLedger = {
      async share(_key, _holder, { wanted }) {
        asked += 1;
        if (over.signal.aborted) throw new Error('the connections are closed');
        return wanted;
      },
      reserve: async () => [],
    };
    const limits = { concurrency: CONCURRENCY, qpm: null };
    const pacer = createSharedPacer({ ...limits, key: 'target', holder: 'one', ledger, clock, over: over.signal });
    const permit = pacer.acquire();
    await clock.advance(100);
    (await permit)?.done(good);
    over.abort();
    const before = asked;
    await clock.advance(10_000);
    expect(asked).toBe(before);
  });
});
