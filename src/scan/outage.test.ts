import { describe, expect, it } from 'vitest';
import { type CallFailure, type CallFailureKind, callFailures } from '../core/chat.ts';
import { createOutageWatch, FAILURES_IN_A_ROW, type OutageWatch, PATIENCE_MS } from './outage.ts';

const failure = (kind: CallFailureKind): CallFailure => ({
  kind,
  status: null,
  message: `It was ${kind}.`,
  retryAfterMs: null,
});

/** Records the failure `times` times at one moment; gives the last word. */
function fail(watch: OutageWatch, kind: CallFailureKind, times: number, now = 0): string | null {
  let word: string | null = null;
  for (let i = 0; i < times; i++) word = watch.record(false, failure(kind), now);
  return word;
}

const ignored: readonly CallFailureKind[] = ['adapted', 'interrupted'];
const counted = callFailures.filter((kind) => !ignored.includes(kind));

describe('the watch over outages', () => {
  const atOnce: readonly CallFailureKind[] = ['client_error', 'not_allowed', 'unreachable'];

  it.each(atOnce)('gives up at the 50th %s in a row where nothing was ever answered', (kind) => {
    const watch = createOutageWatch();
    expect(fail(watch, kind, FAILURES_IN_A_ROW - 1)).toBeNull();
    expect(fail(watch, kind, 1)).toBe(`The target failed 50 calls in a row. The last one: It was ${kind}.`);
  });

  it.each(counted.filter((kind) => !atOnce.includes(kind)))(
    'gives %s from the start 60 s before it gives up',
    (kind) => {
      const watch = createOutageWatch();
      expect(fail(watch, kind, 500, 1_000)).toBeNull();
      expect(fail(watch, kind, 1, 1_000 + PATIENCE_MS - 1)).toBeNull();
      expect(fail(watch, kind, 1, 1_000 + PATIENCE_MS)).toContain('502 calls in a row');
    },
  );

  it.each(ignored)('never counts %s', (kind) => {
    const watch = createOutageWatch();
    expect(fail(watch, kind, 500, 1_000_000)).toBeNull();
    expect(watch.neverAnswered()).toBeNull();
    fail(watch, 'timeout', 49);
    expect(fail(watch, kind, 1)).toBeNull();
  });

  it('waits for 60 s of silence once there was an answer', () => {
    const watch = createOutageWatch();
    watch.record(true, null, 1_000);
    expect(fail(watch, 'server_error', 200, 1_000 + PATIENCE_MS - 1)).toBeNull();
    expect(fail(watch, 'server_error', 1, 1_000 + PATIENCE_MS)).toContain('201 calls in a row');
  });

  it('needs 50 failures however long the silence is', () => {
    const watch = createOutageWatch();
    watch.record(true, null, 0);
    expect(fail(watch, 'timeout', FAILURES_IN_A_ROW - 1, 10_000_000)).toBeNull();
    expect(fail(watch, 'timeout', 1, 10_000_000)).not.toBeNull();
  });

  it('begins anew after one answer', () => {
    const watch = createOutageWatch();
    fail(watch, 'unreachable', 49);
    watch.record(true, null, 0);
    expect(fail(watch, 'unreachable', 49, 100_000)).toBeNull();
  });

  it.each(['client_error', 'not_allowed'] as const)('does not wait where only a person can mend %s', (kind) => {
    const watch = createOutageWatch();
    watch.record(true, null, 0);
    expect(fail(watch, kind, 49, 1)).toBeNull();
    expect(fail(watch, kind, 1, 1)).not.toBeNull();
  });

  it('waits where failures of other kinds lie between those of a person', () => {
    const watch = createOutageWatch();
    watch.record(true, null, 0);
    fail(watch, 'client_error', 49, 1);
    fail(watch, 'rate_limited', 1, 1);
    expect(fail(watch, 'client_error', 49, 1)).toBeNull();
    expect(fail(watch, 'client_error', 1, 1)).not.toBeNull();
  });

  it('names a target that never answered a call', () => {
    const watch = createOutageWatch();
    expect(watch.neverAnswered()).toBeNull();
    fail(watch, 'unreachable', 3);
    expect(watch.neverAnswered()).toBe('The target answered none of the calls. The last one: It was unreachable.');
    watch.record(true, null, 0);
    expect(watch.neverAnswered()).toBeNull();
  });

  it.each(['empty', 'unparseable', 'cut', 'too_large'] as const)('takes %s for a sign of life', (kind) => {
    const watch = createOutageWatch();
    fail(watch, kind, 1);
    fail(watch, 'timeout', 3);
    expect(watch.neverAnswered()).toBeNull();
  });
});
