import { describe, expect, it } from 'vitest';
import { type HeldSlots, slotsFor } from './pace-shares.ts';
import { seededRandom } from './random.ts';

describe('slots of a worker', () => {
  it.each<[string, number, readonly HeldSlots[], number]>([
    ['all it wants while nobody else does', 64, [], 64],
    ['no more than it wants', 5, [], 5],
    ['what the others leave', 64, [{ slots: 40, wanted: 40 }], 24],
    ['its equal part where others want more', 64, [{ slots: 20, wanted: 64 }], 32],
    ['nothing where nothing is left', 64, [{ slots: 64, wanted: 64 }], 0],
    ['what others no longer want', 64, [{ slots: 0, wanted: 0 }], 64],
  ])('are %s', (_, wanted, others, expected) => {
    expect(slotsFor(wanted, others, 64)).toBe(expected);
  });

  it('never add up to more than the target takes, and become equal', () => {
    const random = seededRandom('slots');
    const concurrency = 20;
    // As the ledger books them: what a worker may still use stays its own until it says otherwise.
    const workers = Array.from({ length: 3 }, () => ({ slots: 0, granted: 0, wanted: 0 }));
    for (let beat = 0; beat < 400; beat++) {
      const index = random.below(3);
      const worker = workers[index]!;
      worker.wanted = beat < 300 ? random.below(40) : 40;
      const others = workers.filter((_, at) => at !== index);
      const inUse = worker.granted;
      worker.granted = slotsFor(worker.wanted, others, concurrency);
      worker.slots = Math.max(worker.granted, inUse);
      expect(workers.reduce((sum, { slots }) => sum + slots, 0)).toBeLessThanOrEqual(concurrency);
    }
    expect(workers.map(({ granted }) => granted).sort()).toEqual([6, 7, 7]);
  });
});
