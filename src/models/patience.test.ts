import { describe, expect, it } from 'vitest';
import type { CallFailure, CallFailureKind, CallResult, ChatAnswer, ChatModel } from '../core/chat.ts';
import type { Clock, Pacer } from '../core/ports.ts';
import { askPatiently } from './patience.ts';

const answer: ChatAnswer = {
  text: 'Hello.',
  refused: false,
  filtered: false,
  finishReason: 'stop',
  toolCalls: [],
  reasoning: null,
  model: null,
  systemFingerprint: null,
  requestId: null,
  usage: null,
};

const good: CallResult = { ok: true, answer, latencyMs: 40 };
const failing = (kind: CallFailureKind, over: Partial<CallFailure> = {}, latencyMs = 100): CallResult => ({
  ok: false,
  failure: { kind, status: null, message: `It was ${kind}.`, retryAfterMs: null, ...over },
  latencyMs,
});

interface Stage {
  readonly draws?: readonly number[];
  readonly stopAsking?: AbortSignal;
  readonly onSleep?: (ms: number) => void;
  readonly onCall?: (number: number) => void;
  readonly hungAfterMs?: number;
  readonly mostCalls?: number;
}

/** A model that answers from a script; its last line repeats. Everything that happens is written down. */
function staged(script: readonly CallResult[], stage: Stage = {}) {
  const sleeps: number[] = [];
  const ends: string[] = [];
  const limits: (number | undefined)[] = [];
  const permits: { ok: boolean; rateLimited: boolean }[] = [];
  let taken = 0;
  let asked = 0;
  let drawn = 0;
  const clock: Clock = {
    now: () => 0,
    monotonic: () => 0,
    sleep(ms) {
      sleeps.push(ms);
      stage.onSleep?.(ms);
      return Promise.resolve();
    },
  };
  const pacer: Pacer = {
    limit: () => 1,
    acquire(signal) {
      if (signal?.aborted) return Promise.resolve(null);
      taken += 1;
      return Promise.resolve({ done: (result) => permits.push(result) });
    },
  };
  const model: ChatModel = {
    call({ timeoutMs }) {
      limits.push(timeoutMs);
      const result = script[Math.min(asked, script.length - 1)]!;
      asked += 1;
      stage.onCall?.(asked);
      return Promise.resolve(result);
    },
    adaptations: () => [],
    close: () => Promise.resolve(),
  };
  const draws = stage.draws ?? [0.5];
  const jitter = { next: () => draws[drawn++ % draws.length]!, below: () => 0 };
  const ask = () =>
    askPatiently(
      {
        model,
        pacer,
        clock,
        jitter,
        onCall: (ok, failure) => ends.push(ok ? 'ok' : failure!.kind),
        usual: { record: () => undefined, hungAfterMs: () => stage.hungAfterMs ?? null },
        ...(stage.mostCalls === undefined ? {} : { mostCalls: stage.mostCalls }),
        ...(stage.stopAsking ? { stopAsking: stage.stopAsking } : {}),
      },
      { messages: [{ role: 'user', content: 'Hi' }], conversationId: 'c-1' },
    );
  return { ask, sleeps, ends, permits, limits, taken: () => taken };
}

describe('askPatiently', () => {
  it('asks once where the answer comes', async () => {
    const stage = staged([good]);
    expect(await stage.ask()).toEqual({ result: good, calls: ['ok'], latencyMs: 40 });
    expect(stage).toMatchObject({ sleeps: [], ends: ['ok'], permits: [{ ok: true, rateLimited: false }] });
  });

  it.each([
    'rate_limited',
    'server_error',
    'hung_up',
    'cut',
    'empty',
    'unparseable',
    'timeout',
    'unreachable',
  ] as const)('asks five times at most when every call ends as %s, and gives the last failure', async (kind) => {
    const stage = staged([failing(kind)]);
    const asked = await stage.ask();
    expect(asked.calls).toEqual(Array.from({ length: 5 }, () => kind));
    expect(asked.result).toMatchObject({ ok: false, failure: { kind } });
    expect(stage.sleeps).toEqual([500, 1_000, 2_000, 4_000]);
  });

  it.each(['client_error', 'too_large', 'not_allowed'] as const)('does not ask again after %s', async (kind) => {
    const stage = staged([failing(kind, { status: 404 }), good]);
    expect((await stage.ask()).calls).toEqual([`${kind} 404`]);
    expect(stage.sleeps).toEqual([]);
  });

  it('names each call with its status, and takes the time of the call that answered', async () => {
    const stage = staged([failing('server_error', { status: 503 }), failing('cut'), good]);
    expect(await stage.ask()).toMatchObject({ calls: ['server_error 503', 'cut', 'ok'], latencyMs: 40 });
  });

  it('gives up a first call that takes unusually long, and leaves the second what remains of two minutes', async () => {
    const stage = staged([failing('timeout', {}, 20_000), good], { hungAfterMs: 20_000, draws: [0] });
    expect((await stage.ask()).calls).toEqual(['timeout', 'ok']);
    expect(stage.limits).toEqual([20_000, 100_000]);
  });

  it('lets the only call of a try take its whole time', async () => {
    const stage = staged([good], { hungAfterMs: 20_000, mostCalls: 1 });
    await stage.ask();
    expect(stage.limits).toEqual([120_000]);
  });

  it('counts an adapted call and asks again without a wait', async () => {
    const stage = staged([failing('adapted', { status: 400, retryAfterMs: 0 }), good]);
    expect((await stage.ask()).calls).toEqual(['adapted 400', 'ok']);
    expect(stage.sleeps).toEqual([0]);
  });

  it("keeps the endpoint's wish for that try alone", async () => {
    const stage = staged([failing('rate_limited', { retryAfterMs: 30_000 }), failing('rate_limited'), good]);
    await stage.ask();
    expect(stage.sleeps).toEqual([30_000, 1_000]);
    const next = staged([failing('rate_limited'), good]);
    await next.ask();
    expect(next.sleeps).toEqual([500]);
  });

  it('gives up at once where the wish does not fit into two minutes', async () => {
    const stage = staged([failing('rate_limited', { retryAfterMs: 120_000 }), good]);
    expect((await stage.ask()).calls).toEqual(['rate_limited']);
    expect(stage.sleeps).toEqual([]);
  });

  it('counts calls and waits into the two minutes', async () => {
    const slow = staged([failing('timeout', {}, 60_000)]);
    expect((await slow.ask()).calls).toEqual(['timeout', 'timeout']);
    const wishes = staged([failing('rate_limited', { retryAfterMs: 39_900 }, 100)]);
    expect((await wishes.ask()).calls).toHaveLength(3);
  });

  it('spreads the waits by a new draw each time', async () => {
    const stage = staged([failing('server_error')], { draws: [0, 0.25, 0.5, 0.999] });
    await stage.ask();
    expect(stage.sleeps).toEqual([0, 500, 2_000, 7_992]);
  });

  it('tells the pacer of a 429 and the watch of every end', async () => {
    const stage = staged([failing('rate_limited', { status: 429 }), failing('empty'), good]);
    await stage.ask();
    expect(stage.permits).toEqual([
      { ok: false, rateLimited: true },
      { ok: false, rateLimited: false },
      { ok: true, rateLimited: false },
    ]);
    expect(stage.ends).toEqual(['rate_limited', 'empty', 'ok']);
    expect(stage.taken()).toBe(3);
  });

  it('does not begin once it was told to stop', async () => {
    const stage = staged([good], { stopAsking: AbortSignal.abort() });
    expect(await stage.ask()).toMatchObject({ result: { ok: false, failure: { kind: 'interrupted' } }, calls: [] });
    expect(stage.ends).toEqual([]);
  });

  it('stops between two calls', async () => {
    const stop = new AbortController();
    const stage = staged([failing('server_error')], { stopAsking: stop.signal, onSleep: () => stop.abort() });
    expect(await stage.ask()).toMatchObject({
      result: { ok: false, failure: { kind: 'interrupted' } },
      calls: ['server_error'],
    });
    expect(stage.taken()).toBe(1);
  });

  it('still takes the answer of a call that was under way when it was told to stop', async () => {
    const stop = new AbortController();
    const stage = staged([good], { stopAsking: stop.signal, onCall: () => stop.abort() });
    expect(await stage.ask()).toMatchObject({ result: { ok: true }, calls: ['ok'] });
  });

  it('keeps a final failure of a call that was under way when it was told to stop', async () => {
    const stop = new AbortController();
    const stage = staged([failing('client_error')], { stopAsking: stop.signal, onCall: () => stop.abort() });
    expect(await stage.ask()).toMatchObject({ result: { ok: false, failure: { kind: 'client_error' } } });
  });

  it('gives every permit back', async () => {
    const stop = new AbortController();
    const stage = staged([failing('server_error')], {
      stopAsking: stop.signal,
      onCall: (number) => (number === 3 ? stop.abort() : undefined),
    });
    await stage.ask();
    expect(stage.permits).toHaveLength(stage.taken());
  });
});
