import { afterEach, describe, expect, it } from 'vitest';
import { type Fault, fateOf } from './faults.ts';
import { startSimulatedTarget } from './start-simulated-target.ts';
import type { SimulatedTarget, SimulatedTargetOptions } from './target-options.ts';

interface ErrorAnswer {
  readonly error: { readonly code: string | null; readonly type: string };
}

const counts = (knobs: SimulatedTargetOptions, seed = 1): Map<Fault | null, number> => {
  const fate = fateOf(knobs, seed);
  const found = new Map<Fault | null, number>();
  for (let arrival = 1; arrival <= 5000; arrival++) {
    const { fault } = fate(arrival);
    found.set(fault, (found.get(fault) ?? 0) + 1);
  }
  return found;
};

describe('fateOf', () => {
  it.each([
    ['rate429', 'rate-limited'],
    ['failRate', 'server-error'],
    ['hang', 'hang'],
    ['cut', 'cut'],
    ['empty', 'empty'],
  ] as const)('%s strikes as often as it says', (knob, fault) => {
    expect(counts({ [knob]: 0.1 }).get(fault)! / 5000).toBeCloseTo(0.1, 1);
    expect(counts({ [knob]: 1 }).get(fault)).toBe(5000);
    expect(counts({ [knob]: 0 }).get(fault)).toBeUndefined();
  });

  it('turning one knob does not move what another one does', () => {
    const alone = fateOf({ failRate: 0.2 }, 1);
    const beside = fateOf({ failRate: 0.2, empty: 0.3 }, 1);
    for (let arrival = 1; arrival < 500; arrival++) {
      if (alone(arrival).fault === 'server-error') expect(beside(arrival).fault).toBe('server-error');
    }
  });

  it('latency stays within its jitter and never below zero', () => {
    const fate = fateOf({ latencyMs: 20, jitterMs: 30 }, 1);
    const delays = Array.from({ length: 500 }, (_, arrival) => fate(arrival).delayMs);
    expect(Math.min(...delays)).toBe(0);
    expect(Math.max(...delays)).toBeLessThanOrEqual(50);
    expect(Math.max(...delays)).toBeGreaterThan(40);
  });
});

describe('a faulty target', () => {
  let target: SimulatedTarget | undefined;
  afterEach(async () => {
    await target?.close();
    target = undefined;
  });

  const ask = async (options: SimulatedTargetOptions, more: object = {}, signal?: AbortSignal): Promise<Response> => {
    target = await startSimulatedTarget(options);
    return fetch(`${target.url}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer any' },
      body: JSON.stringify({ model: 'any', messages: [{ role: 'user', content: 'How do I bake a cake?' }], ...more }),
      ...(signal === undefined ? {} : { signal }),
    });
  };

  it('turns away with 429 and says how long to wait', async () => {
    const response = await ask({ rate429: 1, retryAfterS: 3 });
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('3');
    expect(((await response.json()) as ErrorAnswer).error.code).toBe('rate_limit_exceeded');
  });

  it('fails with 500', async () => {
    const response = await ask({ failRate: 1 });
    expect(response.status).toBe(500);
    expect(((await response.json()) as ErrorAnswer).error.type).toBe('server_error');
  });

  it('answers with nothing', async () => {
    expect(await (await ask({ empty: 1 })).json()).toMatchObject({
      choices: [{ message: { content: '' }, finish_reason: 'stop' }],
    });
  });

  it.each([false, true])('breaks off in the middle (stream: %s)', async (stream) => {
    const response = await ask({ cut: 1 }, { stream });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });

  it('hangs until it is closed, and counts what hangs as open', async () => {
    const pending = ask({ hang: 1 });
    const hungUp = expect(pending).rejects.toThrow();
    while (target === undefined || target.stats().requests === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(target.stats().inFlight).toBe(1);
    await target.close();
    await hungUp;
  });

  it('forgets a client that left before its answer', async () => {
    const controller = new AbortController();
    const pending = ask({ latencyMs: 60_000 }, {}, controller.signal);
    const left = expect(pending).rejects.toThrow();
    while (target === undefined || target.stats().requests === 0) await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    await left;
    while (target.stats().inFlight > 0) await new Promise((resolve) => setImmediate(resolve));
    expect(target.stats()).toEqual({ requests: 1, inFlight: 0, maxInFlight: 1 });
  });
});
