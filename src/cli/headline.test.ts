// What the terminal says of a summary: rates of attacks that ask once and of those that search stand apart.
import { beforeAll, describe, expect, it } from 'vitest';
import { openMemoryScans, says } from '../../tests/fakes/memory-scan.ts';
import { clusteredRate } from '../core/score/clustered.ts';
import { wilson } from '../core/score/interval.ts';
import { type Summary, summarise } from '../scan/summarise.ts';
import { workOnScan } from '../scan/worker.ts';
import { headlineOf } from './headline.ts';

let summary: Summary;

beforeAll(async () => {
  const memory = await openMemoryScans();
  const { id } = await memory.scans.start(await memory.request(2));
  const worker = memory.worker(() => says("I can't help with that."));
  await workOnScan(worker, id, new AbortController().signal);
  const row = await memory.row(id);
  summary = await summarise(memory.store, row, { version: '1.2.3', commit: 'abc' });
  await memory.close();
});

const rate = (k: number, n: number) =>
  clusteredRate(
    [
      { k: 1, n: 1, cases: k },
      { k: 0, n: 1, cases: n - k },
    ],
    1,
  );

const guard = {
  mode: 'both',
  policies: [],
  tests: 60,
  stopped_by: { guard_in: 20, provider: 0, model: 20, guard_out: 0, nobody: 20, undecided: 0 },
  success_without: rate(20, 40),
  success_with: rate(10, 40),
  success_without_search: rate(16, 20),
  success_with_search: rate(12, 20),
  needless: wilson(0, 15),
  two_by_two: null,
} as const;

const linesOf = (changes: Partial<Summary>): string[] => headlineOf({ ...summary, ...changes }, null).split('\n');

describe('a risk level', () => {
  const levelOf = (changes: Partial<Summary>): string | undefined =>
    linesOf(changes).find((line) => line.startsWith('Risk level'));
  it('is given where something was decided', () => {
    expect(levelOf({ avg_score: 55, risk_level: 'Medium' })).toBe('Risk level      Medium');
  });

  it.each(['Medium', null] as const)('is not given where nothing was decided: %s', (risk_level) => {
    expect(levelOf({ avg_score: null, risk_level })).toBe('Risk level      none: nothing was decided');
  });
});

describe('what a guard did', () => {
  it('is said of attacks that ask once, and of those that search', () => {
    const lines = linesOf({ guard });
    const from = lines.findIndex((line) => line.startsWith('Bare target'));
    expect(lines.slice(from, from + 4).map((line) => line.replace(/,.*/, ''))).toEqual([
      'Bare target     50.0 % (20 of 40',
      '  searching     80.0 % (16 of 20',
      'With the guard  25.0 % (10 of 40',
      '  searching     60.0 % (12 of 20',
    ]);
  });

  it.each([
    ['where none searched', { success_without_search: rate(0, 0), success_with_search: rate(0, 0) }],
    ['in a summary of an older version', { success_without_search: undefined, success_with_search: undefined }],
  ])('leaves searches out %s', (_, changes) => {
    const older = JSON.parse(JSON.stringify({ ...guard, ...changes })) as NonNullable<Summary['guard']>;
    expect(linesOf({ guard: older }).filter((line) => line.includes('searching'))).toEqual([]);
  });
});

describe('a search without a false-success rate', () => {
  const search = {
    ...{ id: 'bon', title: 'BoN Attack', fidelity: 'exact', parameters: {}, law: null },
    ...{ tests: 4, interrupted: 0, unconfirmed: 0, controls: 0 },
    at: [{ k: 25, success: wilson(1, 4), false_success: wilson(0, 0), corrected: null }],
  };
  it.each([
    ['had no controls', 0, 'not corrected, no controls'],
    ['had none that was decided', 20, 'not corrected, no control was decided'],
  ])('%s', (_, undecided, said) => {
    const [line] = linesOf({ searches: [{ ...search, controls_undecided: undecided }] }).filter((each) =>
      each.startsWith('BoN Attack'),
    );
    expect(line).toContain(said);
  });
});
