import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fails, type MemoryScans, type Model, openMemoryScans, says, target } from '../../tests/fakes/memory-scan.ts';
import { DEFAULT_PROJECT } from '../access/keys.ts';
import { invalidField } from '../core/errors.ts';
import { updateScan } from '../store/scans.ts';
import { specOf } from './spec.ts';
import { type WorkerContext, workOnScan } from './worker.ts';

let memory: MemoryScans;

beforeEach(async () => {
  memory = await openMemoryScans();
});
afterEach(() => memory.close());

const never = new AbortController().signal;
const refuses: Model = () => says("I can't help with that.");

const started = async (cases = 3, kind: 'scan' | 'sandbox' = 'scan'): Promise<string> =>
  (await memory.scans.start(await memory.request(cases, { kind }))).id;

async function worked(id: string, model: Model, changes: Partial<WorkerContext> = {}, stop = never) {
  await workOnScan(memory.worker(model, changes), id, stop);
  return memory.row(id);
}

const usage = () => memory.store.db.selectFrom('usage').selectAll().execute();

describe('working on a scan', () => {
  it('finishes it with its summary, its times and one line of usage', async () => {
    const row = await worked(await started(), refuses);
    expect(row).toMatchObject({ status: 'Finished', reason: null });
    expect(row.ended_at).toBeGreaterThanOrEqual(row.started_at!);
    expect(JSON.parse(row.summary!)).toMatchObject({ counts: { tests: 3 }, manifest: { calls: { ok: 3 } } });
    expect(await usage()).toMatchObject([{ scan_id: row.id, finished_at: row.ended_at }]);
  });

  it('says when the status is Scanning', async () => {
    const id = await started();
    const seen: Promise<string>[] = [];
    const onBegun = (): void => void seen.push(memory.row(id).then((row) => row.status));
    await workOnScan(memory.worker(refuses), id, never, onBegun);
    expect(await Promise.all(seen)).toEqual(['Scanning']);
  });

  it('counts no sandbox scan as usage', async () => {
    expect((await worked(await started(3, 'sandbox'), refuses)).status).toBe('Finished');
    expect(await usage()).toEqual([]);
  });

  it('ends it as Failed where the target may not be called, in the words of the error', async () => {
    const openTarget = (): never => {
      throw invalidField('base_url', 'may not be called.');
    };
    const row = await worked(await started(), refuses, { openTarget });
    expect(row).toMatchObject({ status: 'Failed', reason: 'base_url: may not be called.' });
  });

  it('ends it as Failed where another version planned other tests, before anything is asked', async () => {
    const id = await started();
    await updateScan(memory.store, id, { plan_hash: 'of another version' });
    const row = await worked(id, refuses);
    expect(row).toMatchObject({ status: 'Failed', reason: expect.stringMatching(/Start it again/) });
    expect(memory.calls()).toBe(0);
  });

  it('ends it as Failed where the target answers nothing at all', async () => {
    const row = await worked(await started(), () => fails('client_error'));
    expect(row).toMatchObject({ status: 'Failed', reason: expect.stringMatching(/answered none of the calls/) });
    expect(memory.errors).toEqual([]);
  });

  it('ends it as Error for an error of ours, with the reason, and tells of it', async () => {
    const row = await worked(await started(), () => {
      throw new Error('the disk is on fire');
    });
    expect(row).toMatchObject({ status: 'Error', reason: expect.stringContaining('the disk is on fire') });
    expect(memory.errors).toHaveLength(1);
  });

  it.each(['Paused', 'Finished', 'Failed', 'Error'] as const)('leaves one in %s alone', async (status) => {
    const id = await started();
    await updateScan(memory.store, id, { status });
    expect((await worked(id, refuses)).status).toBe(status);
    expect(memory.calls()).toBe(0);
  });

  it('leaves one alone that does not exist', async () => {
    await workOnScan(memory.worker(refuses), 'none', never);
    expect(memory.errors).toEqual([]);
  });

  it('leaves it paused where it was paused meanwhile, with the answers it has', async () => {
    const id = await started(6);
    const stop = new AbortController();
    const row = await worked(
      id,
      async (number) => {
        if (number === 3) {
          await memory.scans.pause(DEFAULT_PROJECT, id);
          stop.abort();
        }
        return says('No.');
      },
      {},
      stop.signal,
    );
    expect(row.status).toBe('Paused');
    const { done } = await memory.scans.progress(DEFAULT_PROJECT, id);
    expect(done).toBe(memory.calls());
  });

  it('is no error where it was deleted while its last answer came', async () => {
    const id = await started(1);
    await workOnScan(
      memory.worker(async () => {
        await updateScan(memory.store, id, { status: 'Failed' });
        await memory.scans.remove(DEFAULT_PROJECT, id, 'a test');
        return says('No.');
      }),
      id,
      never,
    );
    expect(memory.errors).toEqual([]);
    expect(await usage()).toEqual([]);
  });
});

describe('helper models of a scan', () => {
  const judge = { host: 'judge.example', model: 'small' };

  async function planned(): Promise<string> {
    const id = await started(1);
    const spec = { ...specOf(await memory.row(id)), helpers: { attacker: null, judge } };
    await updateScan(memory.store, id, { request: JSON.stringify(spec) });
    return id;
  }

  it('stand in its manifest, by host and model', async () => {
    const { openTarget } = memory.worker(refuses);
    const open = () => openTarget(target, { apiKey: null, headers: {}, targetFile: null }, '');
    const row = await worked(await planned(), refuses, { helpers: { attacker: null, judge: { name: judge, open } } });
    expect(row.status).toBe('Finished');
    expect(JSON.parse(row.summary!).manifest).toMatchObject({
      helpers: { judge },
      hosts_contacted: ['127.0.0.1:9', 'judge.example'],
    });
  });

  it.each([
    ['none', null],
    ['another', { name: { ...judge, model: 'large' }, open: () => expect.fail('is not to be opened') }],
  ])('end it as Failed where the worker has %s', async (_, own) => {
    const row = await worked(await planned(), refuses, { helpers: { attacker: null, judge: own } });
    expect(row).toMatchObject({
      status: 'Failed',
      reason: expect.stringMatching(/judge model small at judge\.example.*REDOUBT_JUDGE_\*/),
    });
  });
});

describe('working on a scan again', () => {
  it('asks only what has no answer yet, and keeps its first start', async () => {
    const id = await started(6);
    const stop = new AbortController();
    const first = await worked(
      id,
      (number) => {
        if (number === 2) stop.abort();
        return says('No.');
      },
      {},
      stop.signal,
    );
    expect(first.status).toBe('Scanning');
    const row = await worked(id, refuses);
    expect(row).toMatchObject({ status: 'Finished', started_at: first.started_at });
    expect(memory.calls()).toBe(6);
  });

  it('asks after a retry what had failed, and finishes once in usage', async () => {
    const id = await started(4);
    await worked(id, () => fails('client_error'));
    expect(memory.calls()).toBe(4);
    await memory.scans.retry(DEFAULT_PROJECT, id);
    const row = await worked(id, refuses);
    expect(row.status).toBe('Finished');
    expect(memory.calls()).toBe(8);
    expect(JSON.parse(row.summary!)).toMatchObject({
      counts: { tests: 4, inconclusive: 0 },
      manifest: { calls: { ok: 4, client_error: 4 } },
    });
    expect(await usage()).toHaveLength(1);
  });
});
