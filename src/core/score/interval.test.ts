import { describe, expect, it } from 'vitest';
import { wilson } from './interval.ts';

describe('wilson', () => {
  // Newcombe 1998, table I; garak issue 2033 quotes 0/10 and 0/50.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
    [0, 10, 0, 0.2775],
    [0, 50, 0, 0.0713],
    [29, 29, 0.883, 1],
  ])('%i of %i lies within %f and %f', (k, n, low, high) => {
    const rate = wilson(k, n);
    expect(rate.low).toBeCloseTo(low, 3);
    expect(rate.high).toBeCloseTo(high, 3);
  });

  it('says nothing of nothing', () => {
    expect(wilson(0, 0)).toEqual({ k: 0, n: 0, rate: null, low: null, high: null });
  });
});
