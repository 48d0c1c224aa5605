import { describe, expect, it } from 'vitest';
import { type CallFailure, type CallFailureKind, callFailures } from '../core/chat.ts';
import { isRetryable, MAX_CALLS_PER_TRY, retryDelay, TRY_BUDGET_MS } from './retry.ts';

const failure = (kind: CallFailureKind, retryAfterMs: number | null = null): CallFailure => ({
  kind,
  status: null,
  message: 'It failed.',
  retryAfterMs,
});

const final: readonly CallFailureKind[] = ['client_error', 'too_large', 'interrupted', 'not_allowed'];

describe('retryDelay', () => {
  it.each(callFailures.map((kind) => [kind, !final.includes(kind)] as const))(
    '%s is asked again: %s',
    (kind, again) => {
      expect(isRetryable(failure(kind))).toBe(again);
      expect(retryDelay(failure(kind), 1, 0, 0.5) !== null).toBe(again);
    },
  );

  it.each([
    [1, 0, 0],
    [1, 0.5, 500],
    [2, 0.5, 1_000],
    [3, 0.5, 2_000],
    [4, 0.5, 4_000],
    [4, 0.9999, 7_999],
    [5, 0.5, null],
    [6, 0.5, null],
  ])('waits after call %i with the draw %d: %s ms', (calls, random, expected) => {
    expect(retryDelay(failure('server_error'), calls, 0, random)).toBe(expected);
  });

  it.each([
    [0, 0, 0],
    [7_000, 0, 7_000],
    [119_999, 0, 119_999],
    [120_000, 0, null],
    [600_000, 0, null],
    [30_000, 89_999, 30_000],
    [30_000, 90_000, null],
  ])("takes the endpoint's wish of %i ms after %i ms: %s", (wish, spent, expected) => {
    expect(retryDelay(failure('rate_limited', wish), 1, spent, 0.99)).toBe(expected);
  });

  it('gives up where the wait would end past the budget', () => {
    expect(retryDelay(failure('timeout'), 1, TRY_BUDGET_MS, 0)).toBeNull();
    expect(retryDelay(failure('timeout'), 1, TRY_BUDGET_MS - 1, 0)).toBe(0);
  });

  it('allows five calls a try and two minutes', () => {
    expect([MAX_CALLS_PER_TRY, TRY_BUDGET_MS]).toEqual([5, 120_000]);
  });

  it('never wishes a call out of a failure that asking again cannot mend', () => {
    expect(retryDelay(failure('client_error', 5), 1, 0, 0)).toBeNull();
  });
});
