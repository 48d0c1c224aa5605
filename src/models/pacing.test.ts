import { describe, expect, it } from 'vitest';
import type { Clock, Permit } from '../core/ports.ts';
import { seededRandom } from '../core/random.ts';
import { AdaptiveLimit, createPacer, EvenRate } from './pacing.ts';

/** Time that moves only when told, waking sleepers in their order. */
class VirtualClock implements Clock {
  #time = 0;
  #sleepers: { at: number; wake: () => void }[] = [];
  now = (): number => this.#time;
  monotonic = (): number => this.#time;
  sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      this.#sleepers.push({ at: this.#time + ms, wake: resolve });
      signal?.addEventListener('abort', () => resolve(), { once: true });
    });

  /** Moves on to `until`, letting everything that wakes on the way run. */
  async advanceTo(until: number): Promise<void> {
    for (;;) {
      await settled();
      const next = this.#sleepers.sort((a, b) => a.at - b.at)[0];
      if (!next || next.at > until) break;
      this.#sleepers.shift();
      this.#time = Math.max(this.#time, next.at);
      next.wake();
    }
    this.#time = until;
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const good = { ok: true, rateLimited: false };
const limited = { ok: false, rateLimited: true };
const bad = { ok: false, rateLimited: false };

const record = (limit: AdaptiveLimit, times: number, { ok, rateLimited } = good): void => {
  for (let i = 0; i < times; i++) limit.record(ok, rateLimited);
};

describe('AdaptiveLimit', () => {
  it('starts at the concurrency and never exceeds it', () => {
    const limit = new AdaptiveLimit(8);
    record(limit, 500);
    expect(limit.value).toBe(8);
  });

  it.each([
    [8, 6],
    [16, 12],
    [5, 3],
    [4, 3],
    [2, 1],
    [1, 1],
  ])('falls from %i by a quarter to %i when 11 of 50 calls were answered 429', (from, to) => {
    const limit = new AdaptiveLimit(from);
    record(limit, 39);
    record(limit, 11, limited);
    expect(limit.value).toBe(to);
  });

  it('stays where exactly 20 % of the last 50 were answered 429', () => {
    const limit = new AdaptiveLimit(8);
    record(limit, 40);
    record(limit, 10, limited);
    expect(limit.value).toBe(8);
    record(limit, 1, limited);
    expect(limit.value).toBe(6);
  });

  it('does not judge fewer than 50 calls', () => {
    const limit = new AdaptiveLimit(8);
    record(limit, 49, limited);
    expect(limit.value).toBe(8);
  });

  it('forgets calls older than the last 50', () => {
    const limit = new AdaptiveLimit(8);
    record(limit, 10, limited);
    record(limit, 40);
    record(limit, 5, limited);
    expect(limit.value).toBe(8);
  });

  it('falls again only after 50 further calls', () => {
    const limit = new AdaptiveLimit(8);
    record(limit, 99, limited);
    expect(limit.value).toBe(6);
    record(limit, 1, limited);
    expect(limit.value).toBe(4);
  });

  it('never falls below one', () => {
    const limit = new AdaptiveLimit(8);
    record(limit, 5_000, limited);
    expect(limit.value).toBe(1);
  });

  it('grows by one per 50 good calls up to the concurrency', () => {
    const limit = new AdaptiveLimit(8);
    record(limit, 50, limited);
    const seen = Array.from({ length: 4 }, () => {
      record(limit, 49);
      const before = limit.value;
      record(limit, 1);
      return [before, limit.value];
    });
    expect(seen).toEqual([
      [6, 7],
      [7, 8],
      [8, 8],
      [8, 8],
    ]);
  });

  it('takes no failure for a good call, nor for a 429', () => {
    const limit = new AdaptiveLimit(8);
    record(limit, 50, limited);
    record(limit, 500, bad);
    expect(limit.value).toBe(6);
  });
});

/** The most calls in any window of a minute, both ends included. */
function busiestMinute(starts: readonly number[]): number {
  let from = 0;
  let most = 0;
  for (const [index, start] of starts.entries()) {
    while (starts[from]! < start - 60_000) from++;
    most = Math.max(most, index - from + 1);
  }
  return most;
}

describe('EvenRate', () => {
  const rates = [1, 7, 30, 59, 60, 61, 90, 120, 333, 600, 3_000, 12_345];

  it.each(rates)('never lets a sliding minute hold more than %i calls and a burst of one second', (qpm) => {
    const allowed = qpm + Math.max(1, Math.ceil(qpm / 60));
    for (let seed = 0; seed < 20; seed++) {
      const random = seededRandom('arrivals', qpm, seed);
      const rate = new EvenRate(qpm);
      // Arrivals from far too dense to sparse, with pauses that would fill a naive bucket.
      const spread = (60_000 / qpm) * [0, 0.2, 1, 3][seed % 4]!;
      const starts: number[] = [];
      let now = 0;
      for (let i = 0; i < Math.min(3 * qpm, 1_500) + 5; i++) {
        now += random.next() < 0.01 ? random.next() * 90_000 : random.next() * spread;
        starts.push(now + rate.take(now));
      }
      expect(busiestMinute(starts)).toBeLessThanOrEqual(allowed);
      expect(starts.every((start, index) => index === 0 || start >= starts[index - 1]!)).toBe(true);
    }
  });

  it.each(rates)('reaches %i calls a minute where calls always wait', (qpm) => {
    const rate = new EvenRate(qpm);
    const starts = Array.from({ length: 2 * qpm + 1 }, () => rate.take(0));
    expect(starts.filter((start) => start < 120_000).length).toBeGreaterThanOrEqual(2 * qpm - 1);
    expect(starts.at(-1)).toBeLessThanOrEqual(120_001);
  });

  it.each([
    [600, 10],
    [120, 2],
    [60, 1],
    [6, 1],
  ])('at %i a minute lets %i go at once', (qpm, burst) => {
    const rate = new EvenRate(qpm);
    const waits = Array.from({ length: burst + 1 }, () => rate.take(1_000));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(burst);
  });

  it('saves up no more than the burst in a long pause', () => {
    const rate = new EvenRate(600);
    rate.take(0);
    const waits = Array.from({ length: 30 }, () => rate.take(3_600_000));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(10);
    expect(waits[10]).toBe(100);
  });

  it('spaces the calls evenly once the burst is spent', () => {
    const rate = new EvenRate(120);
    const waits = Array.from({ length: 5 }, () => rate.take(0));
    expect(waits).toEqual([0, 0, 500, 1_000, 1_500]);
  });
});

describe('createPacer', () => {
  it('never has more calls in flight than its limit, while that moves', async () => {
    const clock = new VirtualClock();
    const pacer = createPacer({ concurrency: 8, qpm: null, clock });
    const random = seededRandom('flights');
    let inFlight = 0;
    let most = 0;
    let done = 0;
    const work = async (): Promise<void> => {
      const permit = await pacer.acquire();
      inFlight += 1;
      most = Math.max(most, inFlight);
      expect(inFlight).toBeLessThanOrEqual(8);
      await clock.sleep(1 + random.below(50));
      inFlight -= 1;
      done += 1;
      permit!.done(random.next() < 0.3 ? limited : good);
    };
    const all = Promise.all(Array.from({ length: 1_000 }, work));
    await clock.advanceTo(1_000_000);
    await all;
    expect({ done, most }).toEqual({ done: 1_000, most: 8 });
    expect(pacer.limit()).toBeLessThan(8);
  });

  it('admits nobody above a limit that has fallen', async () => {
    const pacer = createPacer({ concurrency: 8, qpm: null, clock: new VirtualClock() });
    for (let i = 0; i < 50; i++) (await pacer.acquire())!.done(limited);
    const permits: Permit[] = [];
    for (let i = 0; i < 10; i++) void pacer.acquire().then((permit) => permits.push(permit!));
    await settled();
    expect(permits).toHaveLength(6);
    permits[0]!.done(good);
    await settled();
    expect(permits).toHaveLength(7);
  });

  it('serves those who wait in the order of their coming', async () => {
    const pacer = createPacer({ concurrency: 1, qpm: null, clock: new VirtualClock() });
    const order: number[] = [];
    const work = async (number: number): Promise<void> => {
      const permit = await pacer.acquire();
      order.push(number);
      permit!.done(good);
    };
    await Promise.all([0, 1, 2, 3, 4].map(work));
    expect(order).toEqual([0, 1, 2, 3, 4]);
  });

  it('holds qpm over all that call, however many wait', async () => {
    const clock = new VirtualClock();
    const pacer = createPacer({ concurrency: 16, qpm: 120, clock });
    const starts: number[] = [];
    const work = async (): Promise<void> => {
      const permit = await pacer.acquire();
      starts.push(clock.monotonic());
      await clock.sleep(200);
      permit!.done(good);
    };
    const all = Promise.all(Array.from({ length: 400 }, work));
    await clock.advanceTo(300_000);
    await all;
    expect(busiestMinute(starts)).toBeLessThanOrEqual(122);
    expect(starts.at(-1)).toBeLessThanOrEqual(200_000);
  });

  it('refuses at once where the signal was aborted before', async () => {
    const pacer = createPacer({ concurrency: 1, qpm: 60, clock: new VirtualClock() });
    expect(await pacer.acquire(AbortSignal.abort())).toBeNull();
    expect(await pacer.acquire()).not.toBeNull();
  });

  it('leaks no slot when one is aborted while waiting for a slot', async () => {
    const pacer = createPacer({ concurrency: 2, qpm: null, clock: new VirtualClock() });
    const held = [await pacer.acquire(), await pacer.acquire()];
    const leaving = new AbortController();
    const gone = Array.from({ length: 5 }, () => pacer.acquire(leaving.signal));
    const staying = pacer.acquire();
    leaving.abort();
    expect(await Promise.all(gone)).toEqual([null, null, null, null, null]);
    for (const permit of held) permit!.done(good);
    const last = await staying;
    expect(last).not.toBeNull();
    const other = await pacer.acquire();
    expect(other).not.toBeNull();
  });

  it('leaks no slot when one is aborted while waiting for the rate', async () => {
    const clock = new VirtualClock();
    const pacer = createPacer({ concurrency: 2, qpm: 60, clock });
    (await pacer.acquire())!.done(good);
    const leaving = new AbortController();
    const gone = [pacer.acquire(leaving.signal), pacer.acquire(leaving.signal)];
    const waiting = pacer.acquire();
    await settled();
    leaving.abort();
    expect(await Promise.all(gone)).toEqual([null, null]);
    await clock.advanceTo(10_000);
    expect(await waiting).not.toBeNull();
    const next = pacer.acquire();
    await clock.advanceTo(20_000);
    expect(await next).not.toBeNull();
  });

  it('leaks no slot when the abort comes together with the admission', async () => {
    const pacer = createPacer({ concurrency: 1, qpm: null, clock: new VirtualClock() });
    const held = await pacer.acquire();
    const leaving = new AbortController();
    const gone = pacer.acquire(leaving.signal);
    await settled();
    held!.done(good);
    leaving.abort();
    expect(await gone).toBeNull();
    expect(await pacer.acquire()).not.toBeNull();
  });
});
