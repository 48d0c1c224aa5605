// A scan's life over VirtueRed's API: pause, retry, takeover, failure; who may see it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../src/core/ids.ts';
import { startSimulatedTarget } from '../src/simulated/start-simulated-target.ts';
import type { SimulatedTarget, SimulatedTargetOptions } from '../src/simulated/target-options.ts';
import { ownDataset, refusables } from './fakes/own-dataset.ts';
import { startServer, type TestServer, type TestServerOptions } from './fakes/server.ts';
import { startSwitchableTarget } from './fakes/switchable-target.ts';
import { scanBody, type VirtueRedClient, virtueRedClient } from './fakes/virtuered-client.ts';
import { waitFor } from './fakes/wait-for.ts';

const many = { datasets: [{ name: 'many' }] };
const open: { close(): Promise<void> }[] = [];

async function opened<Thing extends { close(): Promise<void> }>(starting: Promise<Thing>): Promise<Thing> {
  const thing = await starting;
  open.push(thing);
  return thing;
}

const targetWith = (options: SimulatedTargetOptions): Promise<SimulatedTarget> => opened(startSimulatedTarget(options));

let server: TestServer;
let client: VirtueRedClient;

async function serve(options: TestServerOptions = {}): Promise<void> {
  server = await opened(startServer(options));
  client = virtueRedClient(server.url, server.key);
  await ownDataset(server, 'many', refusables(150));
}

beforeEach(() => serve());
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});

const pause = (id: string) => client.post('/v1/scan/pause', { scan_id: id });
const retry = (id: string) => client.post('/v1/scan/retry', { scan_id: id });

/** Tests that are stored, twins included. */
const stored = async (id: string): Promise<number> => {
  const row = await server.redoubt.store.db
    .selectFrom('tests')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('scan_id', '=', id.replace('scan-', ''))
    .executeTakeFirstOrThrow();
  return Number(row.n);
};

const rowOf = (id: string) => server.redoubt.scans.get('default', id.replace('scan-', ''));
const isLetGo = async (id: string): Promise<boolean> => (await rowOf(id)).owner === null;

describe('pausing', () => {
  it('takes effect within a second, and the answers under way are kept', async () => {
    const target = await targetWith({ latencyMs: 250 });
    const id = await client.start(scanBody(target.url, { ...many, concurrency: 6 }));
    await client.until(id, (now) => now.passed_line >= 6);
    await waitFor('calls under way', () => target.stats().inFlight === 6);
    const asked = performance.now();
    expect(await pause(id)).toEqual({ status: 200, body: { status: 'paused', scan_id: id } });
    expect((await client.progress(id)).status).toBe('Paused');
    const underWay = target.stats().requests;
    await waitFor('the worker lets go', () => isLetGo(id), 1_000);
    expect(performance.now() - asked).toBeLessThan(1_000);
    expect(target.stats()).toMatchObject({ requests: underWay, inFlight: 0, maxInFlight: 6 });
    expect(await stored(id)).toBe(underWay);
    expect((await client.progress(id)).passed_line).toBe(underWay);
  });

  it('and retrying goes on from there and asks nothing again', async () => {
    const target = await targetWith({ latencyMs: 60 });
    const id = await client.start(scanBody(target.url, { ...many, concurrency: 12 }));
    await client.until(id, (now) => now.passed_line >= 20);
    await pause(id);
    await waitFor('the worker lets go', () => isLetGo(id));
    expect(await retry(id)).toEqual({ status: 200, body: { scan_id: id, status: 200 } });
    const end = await client.until(id, 'Finished');
    expect(end).toMatchObject({ percentage: 100, remaining_time: 0, passed_line: end.total_length });
    expect(target.stats().requests).toBe(end.total_length);
    const { lines } = await client.download(id);
    expect(new Set(lines.map((line) => `${line.case_id} ${line.attack}`)).size).toBe(end.total_length);
  });

  it.each([0, 50, 200])(
    'and retrying at once, %i ms after the start, neither stands still nor asks twice',
    async (wait) => {
      const target = await targetWith({ latencyMs: 40 });
      const id = await client.start(scanBody(target.url, { ...many, concurrency: 8 }));
      if (wait > 0) await client.until(id, 'Scanning');
      if (wait > 0) await waitFor('some calls', () => target.stats().requests >= wait / 10);
      await pause(id);
      expect((await retry(id)).status).toBe(200);
      await client.until(id, 'Scanning', 3_000);
      const end = await client.until(id, 'Finished');
      expect(target.stats()).toMatchObject({ requests: end.total_length, maxInFlight: 8 });
    },
  );

  it('before a worker has begun keeps the scan from beginning', async () => {
    await serve({ worker: false });
    const target = await targetWith({});
    const id = await client.start(scanBody(target.url));
    await pause(id);
    const other = await client.start(scanBody(target.url));
    await server.startWorker();
    await client.until(other, 'Finished');
    expect(await client.progress(id)).toMatchObject({ status: 'Paused', passed_line: 0, percentage: 0 });
    await retry(id);
    await client.until(id, 'Finished');
  });

  it('outlives the server: what a person paused stays paused after a restart', async () => {
    const data = mkdtempSync(join(tmpdir(), 'redoubt-restart-'));
    open.push({ close: async () => rmSync(data, { recursive: true }) });
    const target = await targetWith({ latencyMs: 50 });
    const first = await startServer({ data });
    await ownDataset(first, 'many', refusables(150));
    const id = await virtueRedClient(first.url, first.key).start(scanBody(target.url, many));
    await waitFor('an answer', () => target.stats().requests > 8);
    await virtueRedClient(first.url, first.key).post('/v1/scan/pause', { scan_id: id });
    await first.close();
    const before = target.stats().requests;
    await serve({ data });
    const other = await client.start(scanBody(target.url));
    const { total_length } = await client.until(other, 'Finished');
    expect(await client.progress(id)).toMatchObject({ status: 'Paused', passed_line: before });
    expect(target.stats().requests).toBe(before + total_length);
  });
});

describe('an owner that died', () => {
  async function leftBehind(target: SimulatedTarget): Promise<{ id: string; owner: string }> {
    await serve({ worker: false });
    const id = await client.start(scanBody(target.url));
    const owner = newId();
    await server.redoubt.store.db
      .updateTable('scans')
      .set({ status: 'Scanning', owner, started_at: Date.now(), resumed_at: Date.now(), heartbeat_at: Date.now() })
      .where('id', '=', id.replace('scan-', ''))
      .execute();
    return { id, owner };
  }

  it('is followed at once where its lock is free', async () => {
    const target = await targetWith({});
    const { id } = await leftBehind(target);
    await server.startWorker();
    await client.until(id, 'Finished', 3_000);
  });

  it('is followed at once also where its lock file still lies there', async () => {
    const target = await targetWith({});
    const { id, owner } = await leftBehind(target);
    mkdirSync(join(server.data, 'locks'));
    writeFileSync(join(server.data, 'locks', `${owner}.lock`), '');
    await server.startWorker();
    await client.until(id, 'Finished', 3_000);
  });
});

describe('a target that is gone', () => {
  const key = 'sk-secret-of-the-target-0123456789';
  const refusal = JSON.stringify({ error: { message: `Incorrect API key provided: ${key}.` } });

  it('ends the scan as Failed after 50 failures in a row, with a reason that holds no key; retry finishes it', async () => {
    const target = await opened(startSwitchableTarget({ status: 401, body: refusal }));
    const id = await client.start(
      scanBody(target.url, { ...many, concurrency: 16 }, { api_key: key, extra_headers: { 'X-Route': key } }),
    );
    const failed = await client.until(id, 'Failed');
    expect(failed.reason).toMatch(/failed \d+ calls in a row/);
    expect(failed.reason).not.toContain(key);
    expect(target.requests.length).toBeGreaterThanOrEqual(50);
    expect(target.requests.length).toBeLessThan(50 + 16);
    expect((await pause(id)).status).toBe(400);
    target.turn({ answer: "I can't help with that." });
    expect((await retry(id)).status).toBe(200);
    const end = await client.until(id, 'Finished');
    expect(end.reason).toBeUndefined();
    expect(await client.summary(id)).toMatchObject({ scores: { 'No Response': 0 } });
  });

  it('ends the scan as Failed where not a single call was answered', async () => {
    const target = await opened(startSwitchableTarget({ status: 404, body: '{}' }));
    const few = await ownDataset(server, 'few', refusables(5));
    const id = await client.start(scanBody(target.url, { datasets: [few], preset: 'direct' }));
    const failed = await client.until(id, 'Failed');
    expect(failed.reason).toMatch(/answered none of the calls/);
    target.turn({ answer: 'No.' });
    await retry(id);
    await client.until(id, 'Finished');
  });
});

describe('a project', () => {
  it("does not see another's scans: they are answered like none", async () => {
    const target = await targetWith({});
    const id = await client.start(scanBody(target.url, { scan_name: 'ours' }));
    await client.until(id, 'Finished');
    const other = virtueRedClient(server.url, await server.keyOf('other'));
    for (const action of ['progress', 'summary', 'download', 'pause', 'retry'])
      expect(await other.post(`/v1/scan/${action}`, { scan_id: id }), action).toMatchObject({ status: 404 });
    expect((await other.post('/v1/scan/progress', {})).body).toEqual([]);
    expect((await other.post('/v1/scan/usage', { mode: 'all_time' })).body).toMatchObject({
      total_scans: 0,
      period: null,
    });
    expect((await client.progress(id)).status).toBe('Finished');
  });

  it('may use a name that another project uses', async () => {
    const target = await targetWith({});
    const body = scanBody(target.url, { scan_name: 'the same name' });
    const other = virtueRedClient(server.url, await server.keyOf('other'));
    const ids = [await client.start(body), await other.start(body)];
    await client.until(ids[0]!, 'Finished');
    await other.until(ids[1]!, 'Finished');
    expect((await client.post('/v1/scan/start', body)).status).toBe(400);
  });
});
