// Pairs of tests of two scans: counted, listed and shaped by case.
import { beforeAll, describe, expect, it } from 'vitest';
import { countTests, pairGroups, pairRows, pairShapes, type ScanPair } from '../../src/store/pairs.ts';
import { createResultWriter } from '../../src/store/results.ts';
import type { Store } from '../../src/store/store.ts';
import { newScan, resultOf } from './rows.ts';

export function pairsContract(open: () => Store): void {
  describe('pairs of tests', () => {
    let pair: ScanPair;
    beforeAll(async () => {
      const store = open();
      pair = { before: (await newScan(store)).id, after: (await newScan(store)).id };
      const fallen = { outcome: 'breached', reason: 'complied' } as const;
      await createResultWriter(store).write([
        resultOf(pair.before, 0, { case_id: 'a' }),
        resultOf(pair.before, 1, { case_id: 'a', ...fallen }),
        resultOf(pair.before, 2, { case_id: 'b' }),
        resultOf(pair.before, 3, { role: 'control' }),
        resultOf(pair.before, 4),
        // The other scan asks in another order: the keys say which test is which.
        resultOf(pair.after, 7, { plan_key: 'key-0', case_id: 'a', ...fallen }),
        resultOf(pair.after, 6, { plan_key: 'key-1', case_id: 'a' }),
        resultOf(pair.after, 5, { plan_key: 'key-2', case_id: 'b', outcome: 'inconclusive', reason: 'timeout' }),
        resultOf(pair.after, 3, { role: 'control', ...fallen }),
      ]);
    });

    it('are counted by what both scans say', async () => {
      const groups = await pairGroups(open(), pair);
      const said = groups.map(({ outcome_before, outcome_after, n }) => [outcome_before, outcome_after, n]);
      expect(said.sort()).toEqual([
        ['breached', 'refused', 1],
        ['refused', 'breached', 1],
        ['refused', 'inconclusive', 1],
      ]);
      expect(await countTests(open(), pair.before)).toBe(4);
    });

    it('are listed in the order of the first scan, from a cursor', async () => {
      const wanted = {
        before: ['refused', 'breached'],
        after: ['refused', 'breached'],
        leftOut: [],
        limit: 1,
      } as const;
      const [first] = await pairRows(open(), pair, { ...wanted, afterTestNo: -1 });
      expect(first).toMatchObject({ plan_key: 'key-0', outcome_before: 'refused', outcome_after: 'breached' });
      const [second] = await pairRows(open(), pair, { ...wanted, afterTestNo: first!.test_no });
      expect(second?.plan_key).toBe('key-1');
      expect(await pairRows(open(), pair, { ...wanted, leftOut: ['demo'], afterTestNo: -1 })).toEqual([]);
    });

    it('are shaped by case, without what one of the two did not decide', async () => {
      const of = { roles: ['case'], attacks: ['direct'], expects: ['refuse'], leftOut: [], failing: 'breach' } as const;
      expect(await pairShapes(open(), pair, of)).toEqual([{ n: 2, onlyFirst: 1, onlySecond: 1, cases: 1 }]);
      expect(await pairShapes(open(), pair, { ...of, attacks: [] })).toEqual([]);
    });
  });
}
