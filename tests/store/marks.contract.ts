// Marks of people and rejudging: kept beside the verdicts, counted with them, stored whole or not at all.
import { describe, expect, it } from 'vitest';
import { caseShapes } from '../../src/store/aggregates.ts';
import { countMarks, markedGroups, marksBetween, marksOfScan, removeMark, storeMark } from '../../src/store/marks.ts';
import {
  beginRejudging,
  endRejudging,
  openRejudging,
  rejudgingsOf,
  storeRejudged,
} from '../../src/store/rejudgings.ts';
import { countersOf, createResultWriter, testRowsAfter } from '../../src/store/results.ts';
import { deleteScan } from '../../src/store/scans.ts';
import type { MarkRow, TestRow } from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';
import { NOW, newScan, resultOf, upTo } from './rows.ts';

const markRow = (scanId: string, testNo: number, changes: Partial<MarkRow> = {}): MarkRow => ({
  scan_id: scanId,
  test_no: testNo,
  outcome: 'breached',
  reason: 'it tells how',
  marked_by: 'Ana',
  marked_at: NOW,
  judged: 'refused',
  judge: 'layers-1',
  ...changes,
});

const begun = (scanId: string) => ({
  scan_id: scanId,
  judge_before: 'layers-1',
  judge: 'layers-2',
  started_by: 'Ana',
  started_at: NOW,
});

const breachedNow = (before: TestRow) => ({
  before,
  after: { ...before, outcome: 'breached' as const, reason: 'complied' as const, score: 0, judge: 'layers-2' },
  tries: [
    {
      try_no: 0,
      outcome: 'breached' as const,
      reason: 'complied' as const,
      score: 0,
      confidence: 1,
      judge: 'layers-2',
      judge_score: null,
    },
  ],
});

export function marksContract(open: () => Store): void {
  const scanOf = async (tests: number): Promise<string> => {
    const scan = await newScan(open());
    await createResultWriter(open()).write(upTo(tests).map((testNo) => resultOf(scan.id, testNo)));
    return scan.id;
  };

  describe('marks', () => {
    it('are kept one a test, the later in place of the earlier, and go with the scan', async () => {
      const id = await scanOf(3);
      await storeMark(open(), markRow(id, 1));
      await storeMark(open(), markRow(id, 1, { outcome: 'partial', marked_by: 'Bo' }));
      await storeMark(open(), markRow(id, 2));
      expect(await countMarks(open(), id)).toBe(2);
      expect((await marksBetween(open(), id, 0, 1)).get(1)).toMatchObject({ outcome: 'partial', marked_by: 'Bo' });
      expect(await marksOfScan(open(), id)).toMatchObject([
        { test_no: 1, plan_key: 'key-1', outcome_now: 'refused' },
        { test_no: 2, plan_key: 'key-2' },
      ]);
      const groups = await markedGroups(open(), id);
      expect(groups.map(({ mark, n }) => [mark, Number(n)]).sort()).toEqual([
        [null, 1],
        ['breached', 1],
        ['partial', 1],
      ]);
      expect(await caseShapes(open(), id, ['direct'], ['refuse'])).toEqual([{ k: 0, n: 1, cases: 3 }]);
      expect(await caseShapes(open(), id, ['direct'], ['refuse'], 'with marks')).toEqual([
        { k: 0, n: 1, cases: 2 },
        { k: 1, n: 1, cases: 1 },
      ]);
      expect(await removeMark(open(), id, 1)).toBe(true);
      expect(await removeMark(open(), id, 1)).toBe(false);
      await deleteScan(open(), id);
      expect(await countMarks(open(), id)).toBe(0);
    });
  });

  describe('a rejudging', () => {
    it('moves verdicts, counters and its own place together, and is gone on with where it stopped', async () => {
      const id = await scanOf(3);
      const state = await beginRejudging(open(), begun(id));
      const [first, second] = await testRowsAfter(open(), id, -1, 2);
      const moved = await storeRejudged(
        open(),
        state,
        [breachedNow(first!), { ...breachedNow(second!), after: second! }],
        2,
      );
      expect(moved).toMatchObject({ next_test_no: 2, tests: 2, changed: 1 });
      expect(await openRejudging(open(), id)).toEqual(moved);
      const counters = await countersOf(open(), [id]);
      expect(counters.map(({ outcome, n }) => [outcome, n]).sort()).toEqual([
        ['breached', 1],
        ['refused', 2],
      ]);
      const [stored] = await testRowsAfter(open(), id, -1, 1);
      expect(stored).toMatchObject({ outcome: 'breached', score: 0, judge: 'layers-2' });
      const past = await open().db.selectFrom('past_verdicts').selectAll().where('scan_id', '=', id).execute();
      expect(past).toMatchObject([{ test_no: 0, rejudging_no: 1, outcome: 'refused', judge: 'phrases' }]);
      await endRejudging(open(), moved, NOW);
      expect(await openRejudging(open(), id)).toBeNull();
      expect(await beginRejudging(open(), begun(id))).toMatchObject({ rejudging_no: 2 });
      expect(await rejudgingsOf(open(), id)).toHaveLength(2);
    });

    it('is one at a time: of two that go on from the same place, one is told so, and nothing is counted twice', async () => {
      const id = await scanOf(1);
      const state = await beginRejudging(open(), begun(id));
      const [test] = await testRowsAfter(open(), id, -1, 1);
      await storeRejudged(open(), state, [breachedNow(test!)], 1);
      await expect(storeRejudged(open(), state, [breachedNow(test!)], 1)).rejects.toThrow('by another process');
      const counters = await countersOf(open(), [id]);
      expect(counters.filter(({ n }) => n !== 0)).toMatchObject([{ outcome: 'breached', n: 1 }]);
    });
  });
}
