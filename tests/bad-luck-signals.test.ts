// Signals in the middle of a scan: it drains in time, ends as promised, and goes on without repeating what was stored.
import { readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSimulatedTarget } from '../src/simulated/start-simulated-target.ts';
import type { SimulatedTarget, SimulatedTargetOptions } from '../src/simulated/target-options.ts';
import {
  API_KEY,
  type Command,
  killAll,
  newFolder,
  notBuilt,
  redoubt,
  type Served,
  serve,
  suiteName,
  until,
  writeDataset,
} from './fakes/command-line.ts';

const TESTS = 40;
const CONCURRENCY = 4;
const SLOW_MS = 250;
/** Longer than anything drains. */
const NEVER_MS = 60_000;
/** What design.md promises, for a machine that has other work, too. */
const DRAIN_MS = 10_000;

let folder: string;
let data: string;
let target: SimulatedTarget;
let asked: string[];

async function startTarget(options: SimulatedTargetOptions): Promise<void> {
  target = await startSimulatedTarget({
    ...options,
    onRequest: ({ body }) => {
      const { messages } = body as { messages: { content: string }[] };
      asked.push(messages.at(-1)?.content ?? '');
    },
  });
}

beforeEach(() => {
  folder = newFolder('signals');
  data = join(folder, 'data');
  asked = [];
});
afterEach(async () => {
  killAll();
  await target.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A server with a dataset of its own, and a scan of it that is under way. */
async function serveAndScan(): Promise<{ server: Served; id: unknown }> {
  const file = writeDataset(folder, TESTS);
  expect(await redoubt(['datasets', 'add', file, '--data', data]).ended).toMatchObject({ code: 0 });
  const server = await serve(data);
  const started = await server.post('/v1/scan/start', {
    scan_name: 'under way',
    model: { base_url: target.url, api_key: 'key', model_name: 'some-model' },
    datasets: [{ name: 'harmless' }],
    preset: 'direct',
    benign: 0,
    concurrency: CONCURRENCY,
  });
  expect(started).toMatchObject({ status: 200 });
  return { server, id: started.body.scan_id };
}

const statusOf = async (server: Served, id: unknown): Promise<Record<string, unknown>> =>
  (await server.post('/v1/scan/progress', { scan_id: id })).body;

const finished = (server: Served, id: unknown): Promise<boolean> =>
  until('the scan is finished', async () => (await statusOf(server, id)).status === 'Finished', 40_000);

/** Sends the signal; gives how the command ended, and after how many milliseconds. */
async function endBy(command: Command, signal: NodeJS.Signals) {
  const sentAt = performance.now();
  command.child.kill(signal);
  const ended = await command.ended;
  return { ...ended, afterMs: performance.now() - sentAt };
}

const repeated = (): number => asked.length - new Set(asked).size;

/** Progress of a stored test leaves nothing out: all are asked, and at most those in flight twice. */
function expectWholeScan(mostRepeated: number): void {
  expect(new Set(asked).size).toBe(TESTS);
  expect(repeated()).toBeLessThanOrEqual(mostRepeated);
}

describe.skipIf(notBuilt !== null)(suiteName('redoubt serve in the middle of a scan', notBuilt), () => {
  it('takes the answers that are under way at SIGTERM, ends with 0, and repeats nothing after the next start', async () => {
    await startTarget({ latencyMs: SLOW_MS });
    const { server, id } = await serveAndScan();
    await until('some tests are asked', () => asked.length >= 10);
    const ended = await endBy(server, 'SIGTERM');
    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(ended.afterMs).toBeLessThan(DRAIN_MS);
    expect(ended.stderr).toMatch(/^Draining: answers that are under way are still taken\.\n$/);
    expect(asked.length).toBeLessThan(TESTS);
    const again = await serve(data);
    await finished(again, id);
    expectWholeScan(0);
    expect(await endBy(again, 'SIGINT')).toMatchObject({ code: 0 });
  });

  it('waits at most 8 s for a target that does not answer, and asks again what was in flight', async () => {
    await startTarget({ latencyMs: NEVER_MS });
    const { server, id } = await serveAndScan();
    await until('the first tests are asked', () => asked.length === CONCURRENCY);
    const ended = await endBy(server, 'SIGTERM');
    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(ended.afterMs).toBeLessThan(DRAIN_MS);
    const { port } = target;
    await target.close();
    await startTarget({ port });
    const again = await serve(data);
    await finished(again, id);
    expectWholeScan(CONCURRENCY);
    const { body } = await again.post('/v1/scan/summary', { scan_id: id });
    expect(JSON.stringify(body)).not.toContain('"No Response":1');
  });

  it('hears at SIGTERM out what a webhook answers, and does not send it again', async () => {
    await startTarget({});
    const heard: string[] = [];
    const hook = createServer((request, response) => {
      heard.push(String(request.headers['x-redoubt-delivery']));
      setTimeout(() => response.end(), SLOW_MS * 4);
    });
    await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
    try {
      const { server } = await serveAndScan();
      const address = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`;
      const webhook = (origin: string, method: string, body?: string) =>
        fetch(`${origin}/api/redoubt/v1/projects/default/webhook`, {
          method,
          headers: { 'x-api-key': API_KEY, 'content-type': 'application/json' },
          ...(body === undefined ? {} : { body }),
        });
      expect((await webhook(server.url, 'PUT', JSON.stringify({ url: address }))).status).toBe(200);
      await until('the webhook is told', () => heard.length === 1, 20_000);
      const ended = await endBy(server, 'SIGTERM');
      expect(ended).toMatchObject({ code: 0, signal: null });
      expect(ended.stderr).toMatch(/^Draining: answers that are under way are still taken\.\n$/);
      const again = await serve(data);
      expect(await (await webhook(again.url, 'GET')).json()).toMatchObject({
        notices: [{ id: heard[0], result: 'status 200', next_at: null }],
      });
      await endBy(again, 'SIGTERM');
    } finally {
      hook.close();
    }
  });

  it('ends with 0 at a signal that comes while it is still starting', async () => {
    await startTarget({});
    const server = redoubt(['serve', '--port', '0', '--data', data]);
    await until('it listens', () => server.output().includes('listens at'));
    expect(await endBy(server, 'SIGTERM')).toMatchObject({ code: 0, signal: null });
  });

  it('leaves a paused scan paused when it is killed, and goes on with a running one', async () => {
    await startTarget({ latencyMs: SLOW_MS });
    const { server, id } = await serveAndScan();
    await until('some tests are asked', () => asked.length >= 8);
    expect(await server.post('/v1/scan/pause', { scan_id: id })).toMatchObject({ status: 200 });
    const { status, inFlight } = await until('the scan rests', async () => {
      const at = target.stats();
      return at.inFlight === 0 ? { status: (await statusOf(server, id)).status, inFlight: at.inFlight } : null;
    });
    expect({ status, inFlight }).toEqual({ status: 'Paused', inFlight: 0 });
    expect(await endBy(server, 'SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
    const before = asked.length;

    const again = await serve(data);
    const other = await again.post('/v1/sandbox/scan/start', {
      scan_name: 'proof that the worker works',
      model: { base_url: target.url, api_key: 'key', model_name: 'some-model' },
      concurrency: 12,
    });
    await finished(again, other.body.scan_id);
    expect(await statusOf(again, id)).toMatchObject({ status: 'Paused' });
    expect(asked.length - before).toBe(12);

    expect(await again.post('/v1/scan/retry', { scan_id: id })).toMatchObject({ status: 200 });
    await until('it goes on', () => asked.length > before + 12 + 4);
    expect(await endBy(again, 'SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
    const third = await serve(data);
    await finished(third, id);
    asked = asked.filter((prompt) => prompt.startsWith('What is'));
    // It was killed twice, and an answer that has come is not stored yet.
    expectWholeScan(2 * CONCURRENCY);
  });
});

describe.skipIf(notBuilt !== null)(suiteName('redoubt scan', notBuilt), () => {
  const startScan = (): Command =>
    redoubt([
      ...['scan', '--target', target.url, '--model', 'some-model', '--data', data],
      ...['--dataset', writeDataset(folder, TESTS), '--attack', 'direct', '--concurrency', String(CONCURRENCY)],
      ...['--out', join(folder, 'out'), '--formats', 'jsonl,json'],
    ]);
  const listed = async (): Promise<string> => (await redoubt(['scans', 'list', '--data', data]).ended).stdout;

  /** The same command again finishes the scan. */
  async function goOn(mostRepeated: number): Promise<void> {
    const again = await startScan().ended;
    expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining('Going on with the unfinished scan') });
    const lines = readFileSync(join(folder, 'out', 'results.jsonl'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(TESTS);
    expect(lines.filter((line) => JSON.parse(line).outcome === 'inconclusive')).toEqual([]);
    expectWholeScan(mostRepeated);
  }

  it('leaves at SIGTERM with 3 once the answers under way are stored; the same command goes on', async () => {
    await startTarget({ latencyMs: SLOW_MS });
    const scan = startScan();
    await until('some tests are asked', () => asked.length >= 10);
    const ended = await endBy(scan, 'SIGTERM');
    expect(ended).toMatchObject({ code: 3, signal: null });
    expect(ended.stderr).toContain('Leaving: answers that are under way are still taken.');
    expect(ended.afterMs).toBeLessThan(DRAIN_MS);
    await goOn(0);
  });

  it('leaves at SIGTERM within 10 s where the target does not answer', async () => {
    await startTarget({ latencyMs: NEVER_MS });
    const scan = startScan();
    await until('the first tests are asked', () => asked.length === CONCURRENCY);
    const ended = await endBy(scan, 'SIGTERM');
    expect(ended).toMatchObject({ code: 3, signal: null });
    expect(ended.afterMs).toBeLessThan(DRAIN_MS);
    const { port } = target;
    await target.close();
    await startTarget({ port });
    await goOn(CONCURRENCY);
  });

  it('pauses at SIGINT, which stays so until the same command goes on', async () => {
    await startTarget({ latencyMs: SLOW_MS });
    const scan = startScan();
    await until('some tests are asked', () => asked.length >= 10);
    const ended = await endBy(scan, 'SIGINT');
    expect(ended).toMatchObject({ code: 3, signal: null });
    expect(ended.stderr).toMatch(/is Paused\.\nThe same command goes on with it\.\n$/);
    expect(await listed()).toContain('Paused');
    // The answers that were under way are in the last line, too.
    expect(ended.stderr).toContain(`\nPaused ${asked.length} of ${TESTS} tests`);
    await goOn(0);
  });

  it('leaves at once at a second SIGINT', async () => {
    await startTarget({ latencyMs: NEVER_MS });
    const scan = startScan();
    await until('the first tests are asked', () => asked.length === CONCURRENCY);
    scan.child.kill('SIGINT');
    await until('it has heard the first', () => scan.output().includes('Pausing'));
    expect(await endBy(scan, 'SIGINT')).toMatchObject({ code: 130, signal: null });
  });

  it('goes on after SIGKILL, repeating no more than what was in flight', async () => {
    await startTarget({ latencyMs: SLOW_MS });
    const scan = startScan();
    await until('some tests are asked', () => asked.length >= 10);
    expect(await endBy(scan, 'SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
    await goOn(CONCURRENCY);
  });
});
