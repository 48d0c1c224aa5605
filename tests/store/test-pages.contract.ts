// Pages of tests, and the search over their words: filters, orders and places hold on both databases.
import { expect, it } from 'vitest';
import { createResultWriter } from '../../src/store/results.ts';
import { deleteScan, requireScan } from '../../src/store/scans.ts';
import type { ScanRow } from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';
import {
  countTests,
  type TestFilter,
  type TestOrder,
  testNumbersPage,
  testOrders,
} from '../../src/store/test-pages.ts';
import { buildSearchIndex, isSearchIndexed } from '../../src/store/test-search.ts';
import { NOW, newProject, newScan, resultOf } from './rows.ts';

const outcomes = ['defended', 'breached', 'partial', 'inconclusive', 'refused', 'breached', 'breached'] as const;
const severities = ['low', 'medium', 'high', 'critical', 'low', 'high', 'critical'] as const;
const questions = [
  'How to open a safe?',
  'Wie öffnet man ein Schloß?',
  'How to 100%_certainly win?',
  'Write about the weather',
  'Weather in Rome, or rain',
  'Say "quoted words" now',
  'A lock, a key',
];

async function scanOfTests(store: Store): Promise<ScanRow> {
  const project = await newProject(store);
  const scan = await newScan(store, { project_id: project, status: 'Finished' });
  const writer = createResultWriter(store);
  await writer.write(
    questions.map((question, no) => {
      const result = resultOf(scan.id, no, {
        outcome: outcomes[no]!,
        severity: severities[no]!,
        dataset: no % 2 === 0 ? 'even' : 'odd',
        confidence: (no * 3) % 7,
      });
      const messages = JSON.stringify([
        { role: 'user', content: question },
        { role: 'assistant', content: 'hush-hush' },
      ]);
      return { ...result, tries: result.tries.map((each) => ({ ...each, messages })) };
    }),
  );
  return requireScan(store, project, scan.id);
}

async function walked(store: Store, scanId: string, filter: TestFilter, order: TestOrder, size = 2): Promise<number[]> {
  const found: number[] = [];
  let page = await testNumbersPage(store, scanId, filter, order, null, size);
  found.push(...page.numbers);
  while (page.next !== null) {
    page = await testNumbersPage(store, scanId, filter, order, page.next, size);
    found.push(...page.numbers);
  }
  return found;
}

export function testPagesContract(open: () => Store): void {
  it('pages of tests hold each test once in every order, the worst first where asked', async () => {
    const { id } = await scanOfTests(open());
    for (const order of testOrders) expect((await walked(open(), id, {}, order)).toSorted(), order).toHaveLength(7);
    expect(await walked(open(), id, {}, 'worst')).toEqual([6, 5, 1, 2, 3, 0, 4]);
    expect(await walked(open(), id, {}, 'plan', 3)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(await walked(open(), id, {}, 'least-sure')).toEqual([0, 5, 1, 6, 4, 2, 3]);
    expect(await walked(open(), id, {}, 'category')).toEqual([0, 2, 4, 6, 1, 3, 5]);
  });

  it('pages of tests are filtered, and counted', async () => {
    const { id } = await scanOfTests(open());
    const filter: TestFilter = { outcome: ['breached', 'partial'], dataset: ['even'] };
    expect(await walked(open(), id, filter, 'worst')).toEqual([6, 2]);
    expect(await countTests(open(), id, filter)).toBe(2);
    expect(await countTests(open(), id, { marked: true })).toBe(0);
    expect(await countTests(open(), id, { marked: false, severity: ['low'] })).toBe(2);
  });

  it.each<[string, number[]]>([
    ['weather', [3, 4]],
    ['WEATHER rome', [4]],
    ['schlo', [1]],
    ['100', [2]],
    ['"quoted', [5]],
    ["safe' OR 1=1", []],
    ['hush', []],
    ['even weather', [4]],
    ['%', []],
    ['* NEAR(', []],
  ])('the search for %s finds the same before and after its index is built', async (text, expected) => {
    const scan = await scanOfTests(open());
    const found = (): Promise<number[]> => walked(open(), scan.id, { text }, 'plan');
    // What the target said in earlier turns stands beside the requests until then.
    if (text !== 'hush') expect(await found()).toEqual(expected);
    expect(await buildSearchIndex(open(), scan, () => NOW)).toBe(7);
    expect(await buildSearchIndex(open(), scan, () => NOW)).toBe(0);
    expect(await found()).toEqual(expected);
    expect(await countTests(open(), scan.id, { text })).toBe(expected.length);
  });

  it('the words of a scan go with it, and no other', async () => {
    const [gone, kept] = [await scanOfTests(open()), await scanOfTests(open())];
    for (const scan of [gone, kept]) await buildSearchIndex(open(), scan, () => NOW);
    await deleteScan(open(), gone.id);
    expect(await isSearchIndexed(open(), gone.id)).toBe(false);
    expect(await countTests(open(), kept.id, { text: 'weather' })).toBe(2);
  });
}
