// Contract of the store: results are stored whole, once, and counted once.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { outcomes, type Reason } from '../../src/core/outcome.ts';
import { finishTimes } from '../../src/store/access.ts';
import { callCountersOf } from '../../src/store/call-counters.ts';
import {
  countersOf,
  createResultWriter,
  type ResultWriter,
  reopenUnanswered,
  stepsOf,
  type TestResult,
  testsAfter,
  testsByNumber,
} from '../../src/store/results.ts';
import { goneScansWithRows } from '../../src/store/scan-rows.ts';
import { deleteScan, findScan, recordUsage } from '../../src/store/scans.ts';
import type { ScanRow } from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';
import { storedTestNumbers } from '../../src/store/test-numbers.ts';
import { inGroups, NOW, newScan, resultOf, testRow, tryRow, upTo } from './rows.ts';

const MANY = 10_000;
const wrongRow: Partial<TestResult['test']> = { plan_key: null! };

/** Results that differ in everything that is counted. */
const varied = (scanId: string, count: number): TestResult[] =>
  upTo(count).map((n) =>
    resultOf(scanId, n, {
      role: n % 7 === 0 ? 'twin' : 'case',
      dataset: `set-${n % 3}`,
      attack: `attack-${n % 5}`,
      outcome: outcomes[n % outcomes.length]!,
    }),
  );

export function resultsContract(open: () => Store): void {
  describe('results', () => {
    let store: Store;
    let writer: ResultWriter;
    let scan: ScanRow;

    const rowsOf = async (table: 'tests' | 'tries'): Promise<number> =>
      (await store.db.selectFrom(table).select('test_no').where('scan_id', '=', scan.id).execute()).length;
    const callsOf = async (): Promise<Record<string, number>> =>
      Object.fromEntries((await callCountersOf(store, scan.id)).map((row) => [row.result, row.n]));

    /** What the counters must say, counted one by one from the rows. */
    async function expectCountersToEqualRows(): Promise<void> {
      const counted = new Map<string, number>();
      for (const row of await store.db.selectFrom('tests').selectAll().where('scan_id', '=', scan.id).execute()) {
        const key = [row.role, row.dataset, row.attack, row.outcome].join(' ');
        counted.set(key, (counted.get(key) ?? 0) + 1);
      }
      const stored = (await countersOf(store, [scan.id])).filter((row) => row.n !== 0);
      const counters = stored.map(
        (row) => [[row.role, row.dataset, row.attack, row.outcome].join(' '), row.n] as const,
      );
      expect(new Map(counters)).toEqual(counted);
    }

    beforeAll(() => {
      store = open();
      writer = createResultWriter(store);
    });
    beforeEach(async () => {
      scan = await newScan(store);
    });

    it('come back with the try that decided them', async () => {
      const test = testRow(scan.id, 4, { deciding_try: 1, tries: 2, outcome: 'breached', score: 0, first_success: 1 });
      const deciding = tryRow(scan.id, 4, 1, { answer: Uint8Array.of(9, 0, 255), latency_ms: 345, model: 'other' });
      await writer.write([{ test, tries: [tryRow(scan.id, 4), deciding], calls: ['server_error:500', 'ok', 'ok'] }]);
      const [read, ...others] = await testsAfter(store, scan.id, -1, 10);
      expect(others).toEqual([]);
      const { try_no, messages, latency_ms, tokens_in, tokens_out, finish_reason, model, request_id, turn } = deciding;
      expect({ ...read, answer: Uint8Array.from(read!.answer!) }).toEqual({
        ...test,
        ...{ try_no, messages, latency_ms, tokens_in, tokens_out, finish_reason, model, request_id, turn },
        answer: deciding.answer,
      });
      expect(await callsOf()).toEqual({ ok: 2, 'server_error:500': 1 });
    });

    it('keep what is unknown unknown, and fractions exact', async () => {
      const test = testRow(scan.id, 1, { score: 100 / 3, confidence: 0.123456789012 });
      const bare = { answer: null, tokens_in: null, tokens_out: null, finish_reason: null, model: null };
      await writer.write([{ test, tries: [tryRow(scan.id, 1, 0, bare)], calls: [] }]);
      const [read] = await testsAfter(store, scan.id, -1, 1);
      expect(read).toMatchObject({ ...bare, score: 100 / 3, confidence: 0.123456789012, first_success: null });
    });

    it('of an empty group change nothing', async () => {
      await writer.write([]);
      expect(await rowsOf('tests')).toBe(0);
    });

    it.each([
      ['a test', (n: number): TestResult => resultOf(scan.id, n, wrongRow)],
      [
        'a try',
        (n: number): TestResult => ({ ...resultOf(scan.id, n), tries: [tryRow(scan.id, n, 0, { messages: null! })] }),
      ],
      ['a call', (n: number): TestResult => ({ ...resultOf(scan.id, n), calls: [null!] })],
    ])('are stored whole or not at all: %s that cannot be stored keeps out its group', async (_, wrong) => {
      await writer.write([resultOf(scan.id, 0)]);
      const group = upTo(120).map((n) => (n === 110 ? wrong(n + 1) : resultOf(scan.id, n + 1)));
      await expect(writer.write(group)).rejects.toThrow(/null/i);
      expect([await rowsOf('tests'), await rowsOf('tries'), await callsOf()]).toEqual([1, 1, { ok: 1 }]);
      await expectCountersToEqualRows();
      await writer.write([resultOf(scan.id, 1)]);
      expect(await rowsOf('tests')).toBe(2);
    });

    it('that are stored already stay as they are and are not counted again', async () => {
      const group = varied(scan.id, 60);
      await writer.write(group.slice(0, 40));
      await writer.write(group.map(({ test, ...rest }) => ({ ...rest, test: { ...test, judge: 'second' } })));
      expect([await rowsOf('tests'), await rowsOf('tries')]).toEqual([60, 60]);
      const judges = (await testsAfter(store, scan.id, -1, 100)).map((row) => row.judge);
      expect(judges).toEqual(upTo(60).map((n) => (n < 40 ? 'phrases' : 'second')));
      await expectCountersToEqualRows();
    });

    it('that come twice in one group are stored and counted once, the first of them', async () => {
      const first = { ...resultOf(scan.id, 1), tries: [tryRow(scan.id, 1, 0)] };
      const second = { ...resultOf(scan.id, 1, { outcome: 'breached' }), tries: [tryRow(scan.id, 1, 1)] };
      await writer.write([first, resultOf(scan.id, 2), second]);
      expect([await rowsOf('tests'), await rowsOf('tries')]).toEqual([2, 2]);
      expect((await testsAfter(store, scan.id, -1, 10)).map((row) => row.outcome)).toEqual(['refused', 'refused']);
      await expectCountersToEqualRows();
    });

    it('of two workers that bring the same tests in another order are all stored once', async () => {
      for (const round of upTo(5)) {
        scan = await newScan(store);
        const group = varied(scan.id, 300);
        const other = group.toReversed().map((result) => ({ ...result, calls: [...result.calls, `again-${round}`] }));
        await Promise.all([writer.write(group), writer.write(other)]);
        expect([await rowsOf('tests'), await rowsOf('tries')]).toEqual([300, 300]);
        await expectCountersToEqualRows();
      }
    });

    it('of two scans in one group are counted apart', async () => {
      const other = await newScan(store);
      await writer.write([resultOf(scan.id, 1), resultOf(other.id, 1), resultOf(other.id, 2)]);
      const counters = await countersOf(store, [scan.id, other.id]);
      expect(new Map(counters.map((row) => [row.scan_id, row.n]))).toEqual(
        new Map([
          [scan.id, 1],
          [other.id, 2],
        ]),
      );
      expect(await countersOf(store, [])).toEqual([]);
    });

    it('10,000 in groups: every row, page and counter is right', async () => {
      const all = varied(scan.id, MANY);
      for (const group of inGroups(all, 64)) await writer.write(group);
      expect([await rowsOf('tests'), await rowsOf('tries'), await callsOf()]).toEqual([MANY, MANY, { ok: MANY }]);
      await expectCountersToEqualRows();
      const read: number[] = [];
      for (;;) {
        const page = await testsAfter(store, scan.id, read.at(-1) ?? -1, 999);
        read.push(...page.map((row) => row.test_no));
        if (page.length < 999) break;
      }
      expect(read).toEqual(upTo(MANY));
      expect(await storedTestNumbers(store, scan.id, 4_999, 3)).toEqual([5_000, 5_001, 5_002]);
      expect(await storedTestNumbers(store, scan.id, MANY - 1, 3)).toEqual([]);
    });

    it('are read by number in the order asked for; a number without a test is left out', async () => {
      await writer.write(varied(scan.id, 30));
      const read = await testsByNumber(store, scan.id, [20, 3, 99, 11]);
      expect(read.map((row) => row.test_no)).toEqual([20, 3, 11]);
      expect(read).toEqual(expect.arrayContaining(await testsAfter(store, scan.id, 19, 1)));
      expect(await testsByNumber(store, scan.id, [])).toEqual([]);
    });

    it('without an answer are taken back for a retry, their calls stay counted', async () => {
      const reasons: readonly Reason[] = ['target_error', 'timeout', 'empty', 'declined'];
      const ended = upTo(2_000).map((n) => {
        const reason = reasons[n % 4]!;
        const outcome = reason === 'declined' ? 'refused' : 'inconclusive';
        return resultOf(scan.id, n, { outcome, reason, dataset: `set-${n % 3}` });
      });
      // An error of the same kind that was decided nevertheless stays.
      const decided = resultOf(scan.id, 2_000, { outcome: 'defended', reason: 'timeout' });
      for (const group of inGroups([...ended, decided], 100)) await writer.write(group);
      await store.db.transaction().execute((trx) => reopenUnanswered(trx, scan.id));
      expect([await rowsOf('tests'), await rowsOf('tries'), await callsOf()]).toEqual([1_001, 1_001, { ok: 2_001 }]);
      await expectCountersToEqualRows();
      expect(await storedTestNumbers(store, scan.id, -1, 4)).toEqual([2, 3, 6, 7]);
      await writer.write(ended);
      expect(await rowsOf('tests')).toBe(2_001);
      await expectCountersToEqualRows();
    });

    it('of another scan are never taken back', async () => {
      const other = await newScan(store);
      const lost = { outcome: 'inconclusive', reason: 'timeout' } as const;
      await writer.write([resultOf(scan.id, 1, lost), resultOf(other.id, 1, lost)]);
      await store.db.transaction().execute((trx) => reopenUnanswered(trx, other.id));
      expect(await rowsOf('tests')).toBe(1);
      await expectCountersToEqualRows();
    });

    it('are not stored for a scan that was deleted while they were under way', async () => {
      const other = await newScan(store);
      await deleteScan(store, scan.id);
      await writer.write([
        resultOf(scan.id, 1),
        { tries: [tryRow(scan.id, 2)], calls: ['ok'] },
        { step: { scan_id: scan.id, test_no: 3, step_no: 0, body: Uint8Array.of(1), failed: 0 }, calls: ['ok'] },
        resultOf(other.id, 1),
      ]);
      expect([await rowsOf('tests'), await rowsOf('tries'), await callsOf()]).toEqual([0, 0, {}]);
      expect([await stepsOf(store, scan.id, 3), await countersOf(store, [scan.id])]).toEqual([[], []]);
      expect(await storedTestNumbers(store, other.id, -1, 9)).toEqual([1]);
    });

    it('of scans that are gone are found, and of no other', async () => {
      const [gone, kept] = [await newScan(store), await newScan(store)];
      await writer.write([resultOf(gone.id, 1), resultOf(gone.id, 2), resultOf(kept.id, 1)]);
      expect(await goneScansWithRows(store)).toEqual([]);
      await store.db.deleteFrom('scans').where('id', '=', gone.id).execute();
      expect(await goneScansWithRows(store)).toEqual([gone.id]);
      await deleteScan(store, gone.id);
      expect(await goneScansWithRows(store)).toEqual([]);
    });

    it('that are being written while their scan is deleted go with it', async () => {
      const group = upTo(200).map((n) => resultOf(scan.id, n));
      await Promise.all([writer.write(group), deleteScan(store, scan.id), writer.write([resultOf(scan.id, 999)])]);
      expect([await rowsOf('tests'), await rowsOf('tries'), await callsOf()]).toEqual([0, 0, {}]);
      expect(await countersOf(store, [scan.id])).toEqual([]);
    });

    it('go with their scan; its line of usage stays', async () => {
      const other = await newScan(store);
      await writer.write([resultOf(scan.id, 1), resultOf(other.id, 1)]);
      await recordUsage(store, scan, NOW);
      await recordUsage(store, scan, NOW + 5);
      await deleteScan(store, scan.id);
      expect(await findScan(store, scan.id)).toBeUndefined();
      expect([await rowsOf('tests'), await rowsOf('tries'), await callsOf()]).toEqual([0, 0, {}]);
      expect(await countersOf(store, [scan.id])).toEqual([]);
      expect(await storedTestNumbers(store, other.id, -1, 9)).toEqual([1]);
      expect(await finishTimes(store, scan.project_id)).toEqual([NOW]);
      const usage = await store.db.selectFrom('usage').selectAll().where('scan_id', '=', scan.id).execute();
      expect(usage).toEqual([
        {
          scan_id: scan.id,
          project_id: scan.project_id,
          created_by: scan.created_by,
          created_at: scan.created_at,
          finished_at: NOW,
        },
      ]);
    });
  });
}
