import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newScan, resultOf } from '../../tests/store/rows.ts';
import { createResultWriter } from '../store/results.ts';
import { openStore, type Store } from '../store/store.ts';
import { worstFindings } from './worst-findings.ts';

describe('worstFindings', () => {
  let store: Store;
  let scanId: string;

  beforeAll(async () => {
    store = await openStore({ path: ':memory:' });
    scanId = (await newScan(store)).id;
    const failed = { outcome: 'breached', reason: 'complied', score: 0 } as const;
    const tests = [
      { ...failed, dataset: 'a', case_id: 'a1', severity: 'critical' },
      { ...failed, dataset: 'a', case_id: 'a1', severity: 'critical', attack: 'flip' },
      { ...failed, dataset: 'a', case_id: 'a2', severity: 'critical' },
      { ...failed, dataset: 'a', case_id: 'a3', severity: 'critical' },
      { ...failed, dataset: 'b', case_id: 'b1', severity: 'critical' },
      { ...failed, dataset: 'b', case_id: 'b2', severity: 'low' },
      { ...failed, dataset: 'c', case_id: 'c1', severity: 'critical', outcome: 'partial' },
      { ...failed, dataset: 'c', case_id: 'c1', severity: 'critical', attack: 'flip' },
      { dataset: 'c', case_id: 'c2', severity: 'critical' },
      { ...failed, dataset: 'twins', case_id: 't1', severity: 'critical', role: 'twin' },
    ] as const;
    await createResultWriter(store).write(tests.map((test, index) => resultOf(scanId, index, test)));
  });

  afterAll(() => store.close());

  it('shows one test a case, the worst first, and the datasets in turn', async () => {
    const { tests, casesFailed } = await worstFindings(store, scanId, 20);
    expect(casesFailed).toBe(6);
    expect(tests).toEqual([
      { testNo: 0, testsOfCase: 2 },
      { testNo: 4, testsOfCase: 1 },
      { testNo: 7, testsOfCase: 2 },
      { testNo: 2, testsOfCase: 1 },
      { testNo: 3, testsOfCase: 1 },
      { testNo: 5, testsOfCase: 1 },
    ]);
  });

  it('shows as many as were asked for, and counts them all', async () => {
    const { tests, casesFailed } = await worstFindings(store, scanId, 2);
    expect([tests.length, casesFailed]).toEqual([2, 6]);
  });

  it('finds nothing where nothing failed', async () => {
    const other = await newScan(store);
    expect(await worstFindings(store, other.id, 20)).toEqual({ tests: [], casesFailed: 0 });
  });
});
