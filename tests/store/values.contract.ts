// Contract of the store: numbers come back as numbers, and text as it was, whatever a target or a file sends.
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { projectByName } from '../../src/store/access.ts';
import { testGroups } from '../../src/store/aggregates.ts';
import { callCountersOf } from '../../src/store/call-counters.ts';
import { caseKinds, casesAfter, currentDatasets } from '../../src/store/datasets.ts';
import { storeDataset } from '../../src/store/new-dataset.ts';
import { countersOf, createResultWriter, testsAfter } from '../../src/store/results.ts';
import { findScan, findScanByName, insertScan, moveScan, requireScan } from '../../src/store/scans.ts';
import type { Store } from '../../src/store/store.ts';
import { caseRow, datasetRow, newProject, newScan, resultOf, scanRow, testRow, tryRow } from './rows.ts';

const texts: readonly (readonly [what: string, text: string])[] = [
  ['nothing', ''],
  ['scripts of the world', 'Grüße, Привет, 你好, שלום, مرحبا, नमस्ते'],
  ['emoji with joiners and flags', '👩‍👩‍👧‍👦 🇺🇳 👍🏽'],
  ['combining marks, kept apart from composed ones', 'e\u0301 \u00e9'],
  ['invisible and reordering characters', 'a\u200bb\u202ec\u2066d\ufefff'],
  ['control characters', '\u0001\t\r\n\u001b[31m\u007f\u0085'],
  ['quotes, backslashes, placeholders', `' " \\ \\u0000 %s ? $1 :name ; --`],
  ['noncharacters and private use', '\uffff \u{10ffff} \ue000'],
  ['64 KB', 'ä'.repeat(32_768)],
];

// Neither database keeps these: PostgreSQL has no U+0000 in text, and half a surrogate pair is no Unicode text at all.
const replaced: readonly (readonly [what: string, text: string, stored: string])[] = [
  ['U+0000', 'a\u0000b\u0000', 'a\ufffdb\ufffd'],
  ['the first half of a pair', 'a\ud83db', 'a\ufffdb'],
  ['the second half of a pair', 'a\ude00b', 'a\ufffdb'],
];

const numbersIn = (row: object): unknown[] =>
  Object.values(row).filter((value) => typeof value === 'number' || typeof value === 'bigint');
const stringsOfDigits = (row: object): unknown[] =>
  Object.values(row).filter((value) => typeof value === 'string' && /^[\d.]+$/.test(value));

function expectPlainNumbers(rows: readonly object[], count: number): void {
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) {
    expect(numbersIn(row).filter((value) => typeof value === 'number')).toHaveLength(count);
    expect(stringsOfDigits(row)).toEqual([]);
  }
}

export function valuesContract(open: () => Store): void {
  describe('values', () => {
    let store: Store;
    let project: string;

    beforeAll(async () => {
      store = open();
      project = await newProject(store);
    });

    /** Sends a text through every kind of write, and gives what came back. */
    async function roundTrip(text: string): Promise<string[]> {
      const scan = await newScan(store, { project_id: project, created_by: text });
      await moveScan(store, scan.id, 'fail', { reason: text });
      const test = testRow(scan.id, 1, { subcategory: text, judge: text });
      const answered = tryRow(scan.id, 1, 0, { model: text, finish_reason: text, request_id: text, messages: text });
      await createResultWriter(store).write([{ test, tries: [answered], calls: ['ok'] }]);
      const set = datasetRow({ project_id: project, title: text });
      await storeDataset(store, set, [caseRow(0, { case_id: text, body: text })]);
      const read = (await findScan(store, scan.id))!;
      const [result] = await testsAfter(store, scan.id, -1, 1);
      const [first] = await casesAfter(store, set.id, -1, 1);
      const title = (await currentDatasets(store, project)).find((row) => row.id === set.id)!.title;
      return [
        ...[read.created_by, read.reason!, title, first!.case_id, first!.body],
        ...[result!.subcategory, result!.judge],
        ...[result!.model!, result!.finish_reason!, result!.request_id!, result!.messages],
      ];
    }

    it.each(texts)('text comes back as it was: %s', async (_, text) => {
      expect(new Set(await roundTrip(text))).toEqual(new Set([text]));
    });

    it.each(replaced)('text that no database keeps is stored with a replacement: %s', async (_, text, stored) => {
      expect(new Set(await roundTrip(text))).toEqual(new Set([stored]));
    });

    it.each(replaced)('a name is found, and taken, whichever way it is written: %s', async (_, text, stored) => {
      const project = await newProject(store);
      const row = scanRow({ project_id: project, name: `name ${text}` });
      await insertScan(store, row);
      expect((await findScanByName(store, project, `name ${text}`))?.id).toBe(row.id);
      const twin = scanRow({ project_id: project, name: `name ${stored}` });
      await expect(insertScan(store, twin)).rejects.toMatchObject({ code: 'DUPLICATE_NAME' });
    });

    it.each(replaced)('what is asked for with it and is not there is simply not there: %s', async (_, text) => {
      expect(await projectByName(store, text)).toBeUndefined();
      await expect(requireScan(store, project, text)).rejects.toMatchObject({ code: 'SCAN_NOT_FOUND' });
    });

    it('JSON keeps even these, for it writes them as escapes', async () => {
      const messages = [{ role: 'user', content: 'a\u0000b \ud83d' }];
      const scan = await newScan(store, { project_id: project });
      const answered = tryRow(scan.id, 1, 0, { messages: JSON.stringify(messages) });
      await createResultWriter(store).write([{ ...resultOf(scan.id, 1), tries: [answered] }]);
      const [read] = await testsAfter(store, scan.id, -1, 1);
      expect(JSON.parse(read!.messages)).toEqual(messages);
    });

    it('numbers come back as numbers, in rows and in counts', async () => {
      const big = 2 ** 52;
      const scan = await newScan(store, { project_id: project, planned: big, started_at: 1, ended_at: 2 });
      expect(await findScan(store, scan.id)).toMatchObject({ planned: big });
      expectPlainNumbers([(await findScan(store, scan.id))!], 7);
      await createResultWriter(store).write([resultOf(scan.id, big, { first_success: 0 })]);
      expectPlainNumbers(await testsAfter(store, scan.id, big - 1, 1), 13);
      expectPlainNumbers(await countersOf(store, [scan.id]), 1);
      expectPlainNumbers(await callCountersOf(store, scan.id), 4);
      expectPlainNumbers(await testGroups(store, scan.id), 1);
      const set = datasetRow({ project_id: project, slug: newId(), version: 'one' });
      await storeDataset(store, set, [caseRow(0)]);
      expectPlainNumbers(await casesAfter(store, set.id, -1, 1), 5);
      expectPlainNumbers(await caseKinds(store, set.id), 5);
    });
  });
}
