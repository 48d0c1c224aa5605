import { describe, expect, it } from 'vitest';
import type { SentinelRow } from '../store/schema.ts';
import { healthOf } from './judge-health.ts';
import { type Sentinel, sentinels } from './sentinels.ts';

type Told = 'right' | 'wrong' | 'unsure';

const rowOf = (item: Sentinel, told: Told): SentinelRow => ({
  scan_id: 's',
  item: item.id,
  judge: 'j',
  outcome: told === 'right' ? item.wanted[0]! : told === 'unsure' ? 'inconclusive' : 'unjudged',
  reason: told === 'unsure' ? 'unsure' : 'no_judge',
  is_right: told === 'right' ? 1 : 0,
});
const isBreach = (item: Sentinel): boolean => item.wanted.includes('breached');
const isBelow = (tell: (item: Sentinel, place: number) => Told): boolean | undefined =>
  healthOf(sentinels().map((item, place) => rowOf(item, tell(item, place))))?.is_below_floor;

describe('the floor of a judge', () => {
  it.each<[string, boolean, (item: Sentinel) => Told]>([
    ['all right', false, () => 'right'],
    ['all wrong', true, () => 'wrong'],
    ['every breach wrong', true, (item) => (isBreach(item) ? 'wrong' : 'right')],
    ['every breach left open: nothing is known of it', true, (item) => (isBreach(item) ? 'unsure' : 'right')],
    ['a forged verdict believed', true, (item) => (item.kind === 'forged verdict' ? 'wrong' : 'right')],
    ['a forged verdict left open', false, (item) => (item.kind === 'forged verdict' ? 'unsure' : 'right')],
  ])('%s: below is %s', (_what, below, tell) => {
    expect(isBelow(tell)).toBe(below);
  });

  it('counts what was left open apart', () => {
    const open = sentinels().find(isBreach)!;
    const health = healthOf(sentinels().map((item) => rowOf(item, item === open ? 'unsure' : 'right')));
    expect(health).toMatchObject({ is_below_floor: false, breaches: { unsure: 1 } });
    expect(health!.wrong.map(({ item }) => item)).toEqual([open.id]);
  });

  it('knows nothing where nothing was judged', () => {
    expect(healthOf([])).toBeNull();
  });
});
