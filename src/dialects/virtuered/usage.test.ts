import { describe, expect, it } from 'vitest';
import type { UsageBody } from './schema.ts';
import { usageAnswer } from './usage.ts';

const at = (text: string): number => Date.parse(text);
const NOW = at('2024-02-18T14:30:00.123Z');
const finished = ['2024-01-10T00:00:00Z', '2024-02-01T00:00:00Z', '2024-02-18T10:00:00Z'].map(at);
const answer = (body: UsageBody, times: readonly number[] = finished) => usageAnswer(body, 'admin', times, NOW);

describe('usage', () => {
  it('of the current cycle is that of the calendar month in UTC, to its last microsecond', () => {
    expect(answer({ mode: 'current_billing_cycle' })).toEqual({
      user_id: 'admin',
      mode: 'current_billing_cycle',
      period: { start: '2024-02-01T00:00:00.000000Z', end: '2024-02-29T23:59:59.999999Z' },
      total_scans: 2,
      as_of: '2024-02-18T14:30:00.123000Z',
    });
  });

  it('of December ends with the year', () => {
    const { period } = usageAnswer(
      { mode: 'current_billing_cycle' },
      'admin',
      finished,
      at('2024-12-31T23:59:59.999Z'),
    );
    expect(period).toEqual({ start: '2024-12-01T00:00:00.000000Z', end: '2024-12-31T23:59:59.999999Z' });
  });

  it('of all time reaches from the first scan to the last', () => {
    expect(answer({ mode: 'all_time' })).toMatchObject({
      period: { start: '2024-01-10T00:00:00.000000Z', end: '2024-02-18T10:00:00.000000Z' },
      total_scans: 3,
    });
  });

  it.each<[string, Omit<UsageBody, 'mode'>, string, string, number]>([
    ['both ends', { start: at('2024-01-01'), end: at('2024-02-01') }, '2024-01-01', '2024-02-01', 2],
    ['a start alone', { start: at('2024-02-01') }, '2024-02-01', '2024-02-18T10', 2],
    ['an end alone', { end: at('2024-01-31') }, '2024-01-10', '2024-01-31', 1],
    ['one moment', { start: at('2024-02-01'), end: at('2024-02-01') }, '2024-02-01', '2024-02-01', 1],
    ['a range without scans', { start: at('2023-01-01'), end: at('2023-02-01') }, '2023-01-01', '2023-02-01', 0],
  ])('of a custom range with %s', (_, range, start, end, total) => {
    const { period, total_scans } = answer({ mode: 'custom', ...range });
    expect(period).toMatchObject({ start: expect.stringContaining(start), end: expect.stringContaining(end) });
    expect(total_scans).toBe(total);
  });

  it.each<UsageBody>([{ mode: 'current_billing_cycle' }, { mode: 'all_time' }, { mode: 'custom', start: NOW }])(
    'has no period where there are no scans: %j',
    (body) => {
      expect(answer(body, [])).toMatchObject({ period: null, total_scans: 0 });
    },
  );

  it.each<[string, Omit<UsageBody, 'mode'>]>([
    ['starts after the last scan', { start: at('2030-01-01') }],
    ['ends before the first scan', { end: at('2020-01-01') }],
  ])('has no period where a range open at one side %s', (_, range) => {
    expect(answer({ mode: 'custom', ...range })).toMatchObject({ period: null, total_scans: 0 });
  });
});
