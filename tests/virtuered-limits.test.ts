// qpm and concurrency as the target sees them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulatedTarget } from '../src/simulated/start-simulated-target.ts';
import type { SimulatedTarget, SimulatedTargetOptions } from '../src/simulated/target-options.ts';
import { ownDataset, refusables } from './fakes/own-dataset.ts';
import { startServer, type TestServer } from './fakes/server.ts';
import { type Json, scanBody, type VirtueRedClient, virtueRedClient } from './fakes/virtuered-client.ts';

const many = { datasets: [{ name: 'many' }] };
const few = { datasets: [{ name: 'few' }] };
let server: TestServer;
let client: VirtueRedClient;

beforeAll(async () => {
  server = await startServer();
  client = virtueRedClient(server.url, server.key);
  await ownDataset(server, 'many', refusables(150));
  await ownDataset(server, 'few', refusables(16));
});
afterAll(() => server.close());

async function withTarget<Result>(options: SimulatedTargetOptions, work: (target: SimulatedTarget) => Promise<Result>) {
  const target = await startSimulatedTarget({ fixedAnswer: 'No.', ...options });
  try {
    return await work(target);
  } finally {
    await target.close();
  }
}

const finish = async (url: string, changes: Json) =>
  client.until(await client.start(scanBody(url, changes)), 'Finished');

describe('concurrency', () => {
  it.each([1, 5, 32])('of %i is reached and never exceeded', (concurrency) =>
    withTarget({ latencyMs: concurrency === 1 ? 1 : 30 }, async (target) => {
      await finish(target.url, { ...many, concurrency });
      expect(target.stats().maxInFlight).toBe(concurrency);
    }),
  );

  it('is 8 where it is not said', () =>
    withTarget({ latencyMs: 30 }, async (target) => {
      await finish(target.url, many);
      expect(target.stats().maxInFlight).toBe(8);
    }));

  it('holds over two scans of the same target together', () =>
    withTarget({ latencyMs: 20 }, async (target) => {
      await Promise.all([
        finish(target.url, { ...many, concurrency: 6 }),
        finish(target.url, { ...many, concurrency: 6 }),
      ]);
      expect(target.stats().maxInFlight).toBe(6);
    }));
});

describe('qpm', () => {
  it('is held: no stretch of time sees more calls than its share and a burst of a second', async () => {
    const qpm = 240;
    const times: number[] = [];
    await withTarget({ onRequest: ({ arrivedAt }) => void times.push(arrivedAt) }, async (target) => {
      await finish(target.url, { ...few, qpm, concurrency: 32 });
    });
    const perMs = qpm / 60_000;
    const burst = qpm / 60;
    expect(times.length).toBeGreaterThan(2 * burst);
    for (let from = 0; from < times.length; from++)
      for (let to = from; to < times.length; to++) {
        // The arrival is measured, not the departure: one call may come a little late, and the next in time.
        const allowed = (times[to]! - times[from]!) * perMs + burst + 1;
        expect(to - from + 1).toBeLessThanOrEqual(allowed);
      }
    expect(times.at(-1)! - times[0]!).toBeGreaterThan(((times.length - burst - 1) / qpm) * 60_000 * 0.9);
  });

  it.each([
    { qpm: 1e9, concurrency: 4096 },
    { qpm: 1e300, concurrency: 1 },
    { qpm: 6000.5, concurrency: 16 },
  ])('and concurrency may be as large as %o', (limits) =>
    withTarget({}, async (target) => {
      const { total_length } = await finish(target.url, { ...few, ...limits });
      expect(target.stats().requests).toBe(total_length);
    }),
  );

  it('may be 1: the scan waits for its minute, and a pause does not', () =>
    withTarget({}, async (target) => {
      const id = await client.start(scanBody(target.url, { qpm: 1, concurrency: 4 }));
      await client.until(id, (now) => now.passed_line === 1);
      expect((await client.post('/v1/scan/pause', { scan_id: id })).status).toBe(200);
      expect(target.stats().requests).toBe(1);
    }));
});

describe('a sandbox scan', () => {
  const sandbox = (url: string, limits: Json) => {
    const { scan_name, model } = scanBody(url);
    return client.post('/v1/sandbox/scan/start', { scan_name, model, ...limits });
  };

  it.each([
    [{ concurrency: 3 }, 3],
    [{ concurrency: 500 }, 12],
    [{}, 12],
  ])('keeps to the concurrency that was sent: %j', (limits, atOnce) =>
    withTarget({ latencyMs: 50 }, async (target) => {
      const { body } = await sandbox(target.url, limits);
      await client.until(String(body.scan_id), 'Finished');
      expect(target.stats()).toMatchObject({ requests: 12, maxInFlight: atOnce });
    }),
  );

  it('keeps to qpm', async () => {
    const times: number[] = [];
    await withTarget({ onRequest: ({ arrivedAt }) => void times.push(arrivedAt) }, async (target) => {
      const { body } = await sandbox(target.url, { qpm: 300 });
      await client.until(String(body.scan_id), 'Finished');
    });
    // A burst of a second's worth, then one each 200 ms.
    expect(times.at(-1)! - times[0]!).toBeGreaterThan(6 * 200 * 0.9);
  });

  it('refuses a qpm in which its calls do not fit into its minute', async () => {
    const { status, body } = await sandbox('http://127.0.0.1:1/v1', { qpm: 11 });
    expect(status).toBe(400);
    expect(body.message).toBe('qpm: must be at least 12: a sandbox scan makes its 12 calls within a minute.');
  });
});
