import { describe, expect, it } from 'vitest';
import type { FindingState } from '../scan/findings/life.ts';
import { type Judged, parseCondition } from './fail-on.ts';

const rate = (k: number, n: number, low: number) => ({ k, n, rate: k / n, low, high: 1 });

function judged(states: FindingState[], comparison: { conclusion: string; doubts: string[] } | null): Judged {
  return {
    summary: {
      counts: { breached: 10, partial: 0, breached_by_severity: { low: 0, medium: 10, high: 0, critical: 0 } },
      rates: {
        attack_success: rate(10, 100, 0.055),
        attack_success_search: { k: 0, n: 0, rate: null, low: null, high: null },
        over_refusal: rate(0, 10, 0),
        failure: rate(0, 10, 0),
      },
    },
    standing: { against: { shown: states.map((state) => ({ state })) }, comparison, incomparable: null },
  } as unknown as Judged;
}

describe('a condition of --fail-on', () => {
  it.each<[string, FindingState[], string | null, string]>([
    ['new', ['known', 'accepted', 'false_positive'], 'worse', 'not crossed'],
    ['new', ['known', 'new'], null, 'crossed'],
    ['new', ['regressed'], null, 'crossed'],
    ['regression', ['new'], 'worse', 'crossed'],
    ['regression', ['new'], 'no difference shown', 'not crossed'],
    ['regression', [], 'cannot conclude', 'open'],
    ['regression', [], null, 'open'],
    ['rate>5%', [], null, 'crossed'],
    ['rate>6%', [], null, 'not crossed'],
    ['asr>9%', [], null, 'crossed'],
    ['ASR >= 10%', [], null, 'crossed'],
    ['breached>10', [], null, 'not crossed'],
    ['severity>=medium', [], null, 'crossed'],
    ['severity>medium', [], null, 'not crossed'],
  ])('%s over %j, %s: %s', (text, states, conclusion, is) => {
    const comparison = conclusion === null ? null : { conclusion, doubts: ['a reason'] };
    expect(parseCondition(text).decide(judged(states, comparison)).is).toBe(is);
  });

  it.each(['asr>5%', 'rate>5%', 'over-refusal>5%', 'failure>5%'])(
    '%s is not crossed where nothing was measured, and says so',
    (text) => {
      const none = { k: 0, n: 0, rate: null, low: null, high: null };
      const rates = { attack_success: none, attack_success_search: none, over_refusal: none, failure: none };
      const { summary, standing } = judged([], null);
      const decision = parseCondition(text).decide({ summary: { ...summary, rates } as never, standing });
      expect(decision).toEqual({
        is: 'not crossed',
        why: expect.stringMatching(/ was not measured: no test .* decided\.$/),
      });
    },
  );

  it('is crossed by nothing in the scan that sets the baseline, where it is about other scans', () => {
    for (const text of ['new', 'regression'])
      expect(parseCondition(text).decide({ ...judged(['new'], null), standing: null }).is).toBe('not crossed');
  });

  it.each(['older', 'rate', 'breached>5%', 'severity>=awful', 'asr>x'])('%s is none', (text) => {
    expect(() => parseCondition(text)).toThrow(/cannot be read/);
  });
});
