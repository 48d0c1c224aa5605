import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MemoryScans, openMemoryScans, says } from '../../tests/fakes/memory-scan.ts';
import { DEFAULT_PROJECT } from '../access/keys.ts';
import type { ScanStatus } from '../core/scan-status.ts';
import { updateScan } from '../store/scans.ts';
import { targetKeyOf } from './service.ts';
import { secretsOf, workOnScan } from './worker.ts';

let memory: MemoryScans;

beforeEach(async () => {
  memory = await openMemoryScans();
});
afterEach(() => memory.close());

const started = async (name: string | null = null): Promise<string> =>
  (await memory.scans.start(await memory.request(2, { name }))).id;
const finish = (id: string): Promise<void> =>
  workOnScan(
    memory.worker(() => says('No.')),
    id,
    new AbortController().signal,
  );
const setStatus = (id: string, status: ScanStatus): Promise<void> => updateScan(memory.store, id, { status });

describe('a scan that is started', () => {
  it('waits in Initializing, and workers are told', async () => {
    const id = await started('a name');
    expect(await memory.row(id)).toMatchObject({ name: 'a name', status: 'Initializing', planned: 2, owner: null });
    expect(memory.changes).toEqual([id]);
  });

  it('gets a name of its own where none is given', async () => {
    const names = [await memory.row(await started()), await memory.row(await started())].map((row) => row.name);
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name).toMatch(/^some-model 20/);
  });

  it('keeps secrets sealed, to be opened for this scan alone', async () => {
    const row = await memory.row(await started());
    expect(JSON.stringify({ ...row, target_secrets: null })).not.toContain('sk-of-the-target');
    expect(Buffer.from(row.target_secrets!).toString('latin1')).not.toContain('sk-of-the-target');
    expect(secretsOf(memory.vault, row).apiKey).toBe('sk-of-the-target');
    expect(() => secretsOf(memory.vault, { ...row, id: 'another' })).toThrow(/another key/);
  });

  it('is refused where the project has one of its name', async () => {
    await started('taken');
    await expect(started('taken')).rejects.toThrow(/"taken" exists in this project already/);
    expect(memory.changes).toHaveLength(1);
  });
});

describe('an unfinished scan of the same request', () => {
  it('is the latest one that has not finished', async () => {
    const planned = await memory.scans.plan(await memory.request(2));
    const unfinished = async () => (await memory.scans.unfinished(DEFAULT_PROJECT, planned))?.id;
    expect(await unfinished()).toBeUndefined();
    const id = await started();
    expect(await unfinished()).toBe(id);
    await setStatus(id, 'Paused');
    expect(await unfinished()).toBe(id);
    await setStatus(id, 'Finished');
    expect(await unfinished()).toBeUndefined();
    expect(await memory.scans.unfinished('another project', planned)).toBeUndefined();
  });
});

describe('what can be done', () => {
  it.each<[ScanStatus, 'pause' | 'retry' | 'remove', boolean]>([
    ['Initializing', 'pause', true],
    ['Scanning', 'pause', true],
    ['Paused', 'pause', false],
    ['Finished', 'pause', false],
    ['Failed', 'pause', false],
    ['Error', 'pause', false],
    ['Initializing', 'retry', false],
    ['Scanning', 'retry', false],
    ['Paused', 'retry', true],
    ['Finished', 'retry', false],
    ['Failed', 'retry', true],
    ['Error', 'retry', true],
    ['Initializing', 'remove', false],
    ['Scanning', 'remove', false],
    ['Paused', 'remove', true],
    ['Finished', 'remove', true],
    ['Failed', 'remove', true],
    ['Error', 'remove', true],
  ])('with a scan in %s: %s is %s', async (status, action, isPossible) => {
    const id = await started();
    await setStatus(id, status);
    const done = memory.scans[action](DEFAULT_PROJECT, id, id).then(
      () => true,
      () => false,
    );
    expect(await done).toBe(isPossible);
    if (!isPossible) expect((await memory.row(id)).status).toBe(status);
  });

  it.each(['pause', 'retry', 'remove', 'get', 'progress'] as const)(
    'in one project is not in another: %s',
    async (action) => {
      const id = await started();
      await expect(memory.scans[action]('another project', id, id)).rejects.toThrow(/No scan with the id/);
      await expect(memory.scans.summary('another project', id, 'summary')).rejects.toThrow(/No scan with the id/);
      expect(await memory.scans.list('another project')).toEqual([]);
    },
  );

  it('at the same time happens once: of two pauses one is told that the scan is paused', async () => {
    const id = await started();
    const [one, other] = await Promise.allSettled([
      memory.scans.pause(DEFAULT_PROJECT, id),
      memory.scans.pause(DEFAULT_PROJECT, id),
    ]);
    expect([one?.status, other?.status].sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('a summary', () => {
  it('exists once the scan has finished; before, the error names the status', async () => {
    const id = await started();
    await expect(memory.scans.summary(DEFAULT_PROJECT, id, 'summary')).rejects.toThrow(
      /status Initializing; its summary/,
    );
    await finish(id);
    const summary = await memory.scans.summary(DEFAULT_PROJECT, id, 'summary');
    expect(summary).toMatchObject({ scan_id: id, avg_score: 100, counts: { tests: 2, refused: 2 } });
  });

  it('goes with the scan, the usage stays', async () => {
    const id = await started();
    await finish(id);
    await memory.scans.remove(DEFAULT_PROJECT, id, 'a test');
    await expect(memory.row(id)).rejects.toThrow(/No scan with the id/);
    const rows = await memory.store.db.selectFrom('usage').select('scan_id').execute();
    expect(rows).toEqual([{ scan_id: id }]);
  });
});

describe('the key of a target', () => {
  it('tells endpoints and models apart, and nothing else', async () => {
    const { target } = await memory.request(1);
    expect(targetKeyOf({ ...target, concurrency: 99, temperature: 1 })).toBe(targetKeyOf(target));
    expect(targetKeyOf({ ...target, model: 'another' })).not.toBe(targetKeyOf(target));
    expect(targetKeyOf({ ...target, url: 'http://127.0.0.1:10/v1' })).not.toBe(targetKeyOf(target));
  });
});
