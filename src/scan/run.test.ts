import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fails, type MemoryScans, type Model, openMemoryScans, says } from '../../tests/fakes/memory-scan.ts';
import { systemClock } from '../core/clock.ts';
import { seededRandom } from '../core/random.ts';
import { noHelpers } from '../models/helper-models.ts';
import { callCountersOf } from '../store/call-counters.ts';
import { FAILURES_IN_A_ROW } from './outage.ts';
import type { ScanRequest } from './request.ts';
import { type RunEnd, runScan } from './run.ts';
import { specOf } from './spec.ts';

let memory: MemoryScans;

beforeEach(async () => {
  memory = await openMemoryScans();
});
afterEach(() => memory.close());

async function scan(cases: number, target: Partial<ScanRequest['target']> = {}): Promise<string> {
  const request = await memory.request(cases);
  return (await memory.scans.start({ ...request, target: { ...request.target, ...target } })).id;
}

async function run(scanId: string, model: Model, stop = new AbortController().signal): Promise<RunEnd> {
  const row = await memory.row(scanId);
  const opened = memory
    .worker(model)
    .openTarget(specOf(row).target, { apiKey: null, headers: {}, targetFile: null }, '');
  return runScan({
    scanId,
    spec: specOf(row),
    store: memory.store,
    vault: memory.vault,
    clock: systemClock,
    jitter: seededRandom('jitter'),
    target: opened,
    helpers: noHelpers,
    stop,
  });
}

const stored = async (scanId: string): Promise<number[]> => {
  const rows = await memory.store.db.selectFrom('tests').select('test_no').where('scan_id', '=', scanId).execute();
  return rows.map((row) => row.test_no).sort((a, b) => a - b);
};

describe('a run', () => {
  it.each([1, 3, 50])('of %i tests asks and stores each once', async (cases) => {
    const id = await scan(cases);
    expect(await run(id, () => says('No.'))).toEqual({ kind: 'finished' });
    expect(memory.calls()).toBe(cases);
    expect(await stored(id)).toEqual(Array.from({ length: cases }, (_, index) => index));
  });

  it('with nothing left to ask has finished', async () => {
    const id = await scan(3);
    await run(id, () => says('No.'));
    expect(await run(id, () => fails('timeout'))).toEqual({ kind: 'finished' });
    expect(memory.calls()).toBe(3);
  });

  it('that is stopped before it began asks nothing', async () => {
    const id = await scan(3);
    expect(await run(id, () => says('No.'), AbortSignal.abort())).toEqual({ kind: 'stopped' });
    expect(memory.calls()).toBe(0);
  });

  it('fills the gaps that an earlier run left', async () => {
    const id = await scan(6);
    await run(id, () => says('No.'));
    await memory.store.db.deleteFrom('tests').where('test_no', 'in', [0, 3, 5]).execute();
    await memory.store.db.deleteFrom('tries').where('test_no', 'in', [0, 3, 5]).execute();
    expect(await run(id, () => says('No.'))).toEqual({ kind: 'finished' });
    expect(memory.calls()).toBe(9);
    expect(await stored(id)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('ends as failed once the target counts as gone, and asks no more', async () => {
    const id = await scan(100);
    const end = await run(id, () => fails('client_error'));
    expect(end).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining(`${FAILURES_IN_A_ROW} calls in a row`),
    });
    expect(memory.calls()).toBeLessThanOrEqual(FAILURES_IN_A_ROW + 2);
  });

  it('counts the calls too whose tries were still to be asked again when the target counted as gone', async () => {
    const id = await scan(100, { concurrency: FAILURES_IN_A_ROW, callsPerTry: 5 });
    expect(await run(id, () => fails('unreachable'))).toMatchObject({ kind: 'failed' });
    const counted = await callCountersOf(memory.store, id);
    expect(counted).toEqual([expect.objectContaining({ result: 'unreachable', n: memory.calls() })]);
    expect(await stored(id)).toEqual([]);
  });

  it('goes on past single failures: they are stored as inconclusive', async () => {
    const id = await scan(6);
    expect(await run(id, (number) => (number % 2 === 0 ? fails('client_error') : says('No.')))).toEqual({
      kind: 'finished',
    });
    expect(await stored(id)).toHaveLength(6);
  });

  it('throws what is an error of ours, and stops the others', async () => {
    const id = await scan(50);
    const broken = run(id, (number) => {
      if (number === 5) throw new Error('a bug');
      return says('No.');
    });
    await expect(broken).rejects.toThrow('a bug');
    expect(memory.calls()).toBeLessThan(50);
  });

  it('puts the system prompt of the target before each request', async () => {
    const seen: unknown[] = [];
    const id = await scan(1, { system: 'You sell shoes.' });
    await run(id, (_, request) => {
      seen.push(request.messages);
      return says('No.');
    });
    expect(seen).toEqual([
      [
        { role: 'system', content: 'You sell shoes.' },
        { role: 'user', content: 'Say 0.' },
      ],
    ]);
  });
});
