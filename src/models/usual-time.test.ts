import { describe, expect, it } from 'vitest';
import { createUsualTime } from './usual-time.ts';

const after = (...latencies: readonly number[]): number | null => {
  const usual = createUsualTime();
  for (const latency of latencies) usual.record(latency);
  return usual.hungAfterMs();
};
const times = (count: number, latency: number): number[] => Array.from({ length: count }, () => latency);

describe('the usual time of a target', () => {
  it.each([
    ['is not known before 50 answers', times(49, 100), null],
    ['allows at least 20 s however fast the target is', times(50, 100), 20_000],
    ['allows ten times the slowest answer', [...times(49, 100), 3_000], 30_000],
    ['forgets what lies more than 50 answers back', [9_000, ...times(50, 2_500)], 25_000],
  ])('%s', (_, latencies, expected) => {
    expect(after(...latencies)).toBe(expected);
  });
});
