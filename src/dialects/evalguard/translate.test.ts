import { describe, expect, it } from 'vitest';
import type { Severity } from '../../core/outcome.ts';
import { wilson } from '../../core/score/interval.ts';
import type { RoundsFigures } from '../../scan/rounds.ts';
import type { ScanSpec } from '../../scan/spec.ts';
import type { ScanRow } from '../../store/schema.ts';
import { scanAnswer, statusOf } from './translate.ts';

const figures = (decided: number, inconclusive: number, severities: readonly Severity[] = []): RoundsFigures => ({
  countedBelow: decided + inconclusive,
  planned: 10,
  decided,
  inconclusive,
  notExecuted: 10 - decided - inconclusive,
  passed: decided - severities.length,
  rate: wilson(decided - severities.length, decided),
  findings: severities.map((severity, testNo) => ({ testNo, kind: 'jailbreak', severity })),
  kinds: [{ name: 'jailbreak', planned: 10, decided, inconclusive }],
});

describe('the status of a scan', () => {
  it.each<[string, RoundsFigures, string]>([
    ['all passed', figures(10, 0), 'passed'],
    ['a low finding alone', figures(10, 0, ['low']), 'passed'],
    ['a medium finding', figures(10, 0, ['medium']), 'failed'],
    ['a critical finding among few decided tests', figures(2, 8, ['critical']), 'failed'],
    ['five decided tests of a type', figures(5, 0), 'passed'],
    ['four decided tests of a type', figures(4, 0), 'error'],
    ['a fifth inconclusive', figures(8, 2), 'passed'],
    ['more than a fifth inconclusive', figures(7, 2), 'error'],
    ['nothing executed', figures(0, 0), 'error'],
  ])('%s', (_, given, status) => {
    expect(statusOf(given)).toBe(status);
  });

  it('is error where one type of several has too few', () => {
    const two = figures(10, 0);
    expect(
      statusOf({ ...two, kinds: [...two.kinds, { name: 'bias', planned: 10, decided: 3, inconclusive: 0 }] }),
    ).toBe('error');
  });
});

describe('whether the deadline ended a scan', () => {
  const ENDS_AT = 25_000;
  const spec = { rounds: { kinds: [], endsAt: ENDS_AT } } as unknown as ScanSpec;
  const row = (changes: Partial<ScanRow>): ScanRow =>
    ({
      id: 'one',
      status: 'Finished',
      reason: null,
      ended_by: null,
      created_at: 0,
      ended_at: ENDS_AT,
      ...changes,
    }) as ScanRow;

  it.each<[string, RoundsFigures, Partial<ScanRow>, boolean]>([
    ['all was asked', figures(10, 0), {}, false],
    ['some was not', figures(5, 0), {}, true],
    ['a person ended it', figures(5, 0), { ended_by: 'person', ended_at: 10_000 }, false],
    ['nothing was answered until then', figures(0, 0), { status: 'Failed', ended_at: ENDS_AT + 3 }, true],
    ['the target was gone before', figures(0, 5), { status: 'Failed', ended_at: ENDS_AT - 1 }, false],
    ['nothing was answered, and all was asked', figures(0, 10), { status: 'Failed', ended_at: ENDS_AT + 3 }, false],
    ['it broke off', figures(0, 0), { status: 'Error', ended_at: ENDS_AT + 3 }, false],
    ['it still runs', figures(0, 0), { status: 'Scanning', ended_at: null }, false],
  ])('%s', (_, counted, changes, reached) => {
    const answer = scanAnswer({ row: row(changes), spec, figures: counted, tests: [] });
    expect(answer.deadlineReached).toBe(reached);
  });
});
