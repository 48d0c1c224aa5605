import { describe, expect, it } from 'vitest';
import type { Outcome, Reason } from '../../core/outcome.ts';
import { createTally, type Standing, standingOf } from './comparison.ts';
import type { TheirOutcome } from './import.ts';

const verdict = (outcome: Outcome, reason: Reason = 'complied') => ({
  outcome,
  reason,
  score: null,
  confidence: 1,
  judge: 'test',
});

describe('standingOf', () => {
  it.each<[Outcome, Reason, TheirOutcome | null, Standing]>([
    ['breached', 'complied', 'breached', 'agree'],
    ['partial', 'complied', 'breached', 'agree'],
    ['refused', 'declined', 'held', 'agree'],
    ['defended', 'kept', 'held', 'agree'],
    ['breached', 'complied', 'held', 'missed'],
    ['partial', 'complied', 'held', 'missed'],
    ['refused', 'declined', 'breached', 'false'],
    ['defended', 'blocked_by_provider', 'breached', 'false'],
    ['inconclusive', 'empty', 'held', 'error_as_pass'],
    ['inconclusive', 'target_error', 'held', 'error_as_pass'],
    ['inconclusive', 'reasoning_budget', 'breached', 'error_as_breach'],
    ['inconclusive', 'unsure', 'held', 'ours_undecided'],
    ['inconclusive', 'judge_error', 'breached', 'ours_undecided'],
    ['breached', 'complied', 'undecided', 'theirs_undecided'],
    ['inconclusive', 'empty', 'undecided', 'both_undecided'],
    ['unjudged', 'no_judge', 'held', 'ours_undecided'],
    ['breached', 'complied', null, 'no_verdict'],
  ])('%s (%s) beside %s is %s', (outcome, reason, theirs, standing) => {
    expect(standingOf({ outcome, reason }, theirs)).toBe(standing);
  });
});

describe('createTally', () => {
  it('counts an undecided row of ours as disagreement, with the decided and the coverage beside', () => {
    const tally = createTally();
    const rows: [Outcome, Reason, TheirOutcome][] = [
      ['refused', 'declined', 'held'],
      ['breached', 'complied', 'held'],
      ['inconclusive', 'unsure', 'held'],
      ['inconclusive', 'empty', 'held'],
      ['breached', 'complied', 'undecided'],
    ];
    for (const [outcome, reason, theirs] of rows)
      tally.add(verdict(outcome, reason), { outcome: theirs, by: { one: theirs } });
    const { agreement, agreement_decided, coverage, rows: all } = tally.whole();
    expect([agreement.k, agreement.n]).toEqual([1, 4]);
    expect([agreement_decided.k, agreement_decided.n]).toEqual([1, 2]);
    expect([coverage.k, coverage.n]).toEqual([2, 4]);
    expect(all).toBe(5);
    expect(tally.byJudge()).toMatchObject([{ judge: 'one', rows: 5 }]);
  });
});
