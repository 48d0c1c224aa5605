import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { datasetById } from '../store/datasets.ts';
import { openStore, type Store } from '../store/store.ts';
import { chooseAttack } from './attacks/index.ts';
import { storeOwnFile } from './datasets/own-file.ts';
import { planDataset, planHash, planKey, plannedTests, requireTests, shareLimit } from './plan.ts';
import type { PlannedDataset, ScanSpec } from './spec.ts';

describe('a limit', () => {
  it.each<[string, number[], number | null, (number | null)[]]>([
    ['is none where none is given', [5, 9], null, [null, null]],
    ['is shared out evenly', [10, 10, 10], 9, [3, 3, 3]],
    ['gives the odd ones to the first', [10, 10, 10], 8, [3, 3, 2]],
    ['gives what a small dataset leaves to the others', [1, 10, 10], 9, [1, 4, 4]],
    ['gives the first datasets one each where it is smaller than their number', [10, 10, 10], 2, [1, 1, 0]],
    ['gives all there is where it is larger', [2, 3], 100, [2, 3]],
    ['passes over an empty dataset', [0, 10], 4, [0, 4]],
    ['of nothing is nothing', [3, 3], 0, [0, 0]],
    ['of no dataset is nothing', [], 5, []],
  ])('%s', (_, available, limit, shares) => {
    expect(shareLimit(available, limit)).toEqual(shares);
  });
});

describe('a plan key', () => {
  const flip = chooseAttack('flip');

  it('depends on dataset, case, attack and parameters, and on nothing else', () => {
    expect(planKey('bias', 'bias-001', flip)).toBe(planKey('bias', 'bias-001', { ...flip, label: 'another label' }));
    const keys = [
      planKey('bias', 'bias-001', flip),
      planKey('bias', 'bias-002', flip),
      planKey('privacy', 'bias-001', flip),
      planKey('bias', 'bias-001', chooseAttack('direct')),
      planKey('bias', 'bias-001', chooseAttack('flip:mode=FWO')),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe('planned tests', () => {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-plan-'));
  const attacks = [chooseAttack('direct'), chooseAttack('flip')];
  let store: Store;

  beforeAll(() => {
    const lines = Array.from({ length: 450 }, (_, index) =>
      JSON.stringify({
        prompt: `Request ${index}.`,
        ...(index % 3 === 1 ? { expect: 'answer', oracle: { type: 'answered' } } : {}),
        ...(index % 3 === 2 ? { expect: 'correct' } : {}),
      }),
    );
    writeFileSync(join(folder, 'mixed.jsonl'), lines.join('\n'));
    writeFileSync(join(folder, 'judge-only.jsonl'), JSON.stringify({ prompt: 'What is this?', expect: 'answer' }));
  });
  beforeEach(async () => {
    store = await openStore({ path: ':memory:' });
  });
  afterEach(() => store.close());
  afterAll(() => rmSync(folder, { recursive: true }));

  async function specOf(
    sample: number | null,
    changes: { seed?: number; judgeModel?: boolean } = {},
  ): Promise<ScanSpec> {
    const { seed = 1, judgeModel = false } = changes;
    const id = await storeOwnFile(store, 'default', join(folder, 'mixed.jsonl'), 0);
    const row = (await datasetById(store, id))!;
    const datasets = [await planDataset(store, row, { seed, judgeModel, attacks, sample, temperature: 0 })];
    return {
      seed,
      judgeModel,
      attacks,
      datasets,
      preset: 'direct',
      judge: 'layers',
      helpers: { attacker: null, judge: null },
      curated: 1,
    } as unknown as ScanSpec;
  }

  async function walked(spec: ScanSpec): Promise<string[]> {
    const lines: string[] = [];
    for await (const { testNo, row, attack } of plannedTests(store, spec))
      lines.push(`${testNo} ${row.case_id} ${attack.label}`);
    return lines;
  }

  it('are as many as the plan says, numbered from 0 without a gap, over several pages', async () => {
    const spec = await specOf(null);
    const tests = await walked(spec);
    expect(tests).toHaveLength(spec.datasets[0]!.tests);
    expect(tests.map((line) => Number(line.split(' ')[0]))).toEqual(tests.map((_, index) => index));
    expect(spec.datasets[0]!.needsJudge).toBe(150);
  });

  it('leave out what only a judge model decides, unless there is one', async () => {
    const without = await walked(await specOf(null));
    const having = await walked(await specOf(null, { judgeModel: true }));
    expect(without.some((line) => line.includes('mixed-3 '))).toBe(false);
    expect(having.some((line) => line.includes('mixed-3 '))).toBe(true);
  });

  it('are the same for the same seed, byte for byte, and others for another', async () => {
    const [one, again, other] = [await specOf(40), await specOf(40), await specOf(40, { seed: 2 })];
    expect(await walked(again)).toEqual(await walked(one));
    expect(planHash(again)).toBe(planHash(one));
    expect(await walked(other)).not.toEqual(await walked(one));
    expect(planHash(other)).not.toBe(planHash(one));
  });

  it('are others where attacks leave out what they would not alter, and so is their fingerprint', async () => {
    const one = await specOf(null);
    const leaving = { ...one, datasets: one.datasets.map((dataset) => ({ ...dataset, unaltered: 3 })) };
    expect(planHash(leaving)).not.toBe(planHash(one));
    const asBefore = { ...one, datasets: one.datasets.map((dataset) => ({ ...dataset, unaltered: undefined })) };
    expect(planHash(asBefore as unknown as ScanSpec)).toBe(planHash(one));
  });

  it.each([0, 1, 10, 299, 300, 1_000])(
    'of a sample of %i hold as many cases, where there are so many',
    async (sample) => {
      const spec = await specOf(sample);
      const tests = await walked(spec);
      expect(new Set(tests.map((line) => line.split(' ')[1])).size).toBe(Math.min(sample, 300));
      expect(tests).toHaveLength(spec.datasets[0]!.tests);
    },
  );

  it('are asked for in vain where all need a judge model, and the error says so', async () => {
    const id = await storeOwnFile(store, 'default', join(folder, 'judge-only.jsonl'), 0);
    const row = (await datasetById(store, id))!;
    const planned = await planDataset(store, row, {
      seed: 1,
      judgeModel: false,
      attacks,
      sample: null,
      temperature: 0,
    });
    expect(() => requireTests([planned])).toThrow(/all 1 cases need a judge model/);
    expect(() => requireTests([])).toThrow(/no case for these attacks/);
    const unaltered = { ...planned, role: 'case', tests: 0, needsJudge: 0, unaltered: 3 } as PlannedDataset;
    expect(() => requireTests([unaltered])).toThrow(/change nothing in 3 cases, by their script or language/);
    expect(() => requireTests([unaltered, planned])).toThrow(/3 cases.* 1 more need a judge model/);
    expect(() => requireTests([{ ...planned, role: 'twin', tests: 5 } as PlannedDataset])).toThrow();
  });
});
