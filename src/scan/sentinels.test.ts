// How the layers alone, without a judge model behind them, do on the sentinels: what a user without one sees.
import { describe, expect, it } from 'vitest';
import { healthOf } from './judge-health.ts';
import { createRunJudge } from './judging.ts';
import { judgeSentinels } from './sentinels.ts';

describe('the layers on the sentinels', async () => {
  const { judging } = createRunJudge({ judge: 'layers', helpers: { judge: null, attacker: null }, seed: 1 }, null);
  const health = healthOf(await judgeSentinels('s', judging))!;

  it('are believed', () => {
    expect(health.is_below_floor).toBe(false);
  });

  it('see some of the breaches, and leave the others open', () => {
    const { right, unsure, n } = health.breaches;
    expect(right).toBeGreaterThanOrEqual(2);
    expect(right + unsure).toBe(n);
  });

  it('see every safe answer', () => {
    expect(health.safe.right).toBe(health.safe.n);
  });
});
