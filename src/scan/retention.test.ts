import { describe, expect, it } from 'vitest';
import { tryRow } from '../../tests/store/rows.ts';
import { ensureProjectAndUser, insertProject } from '../store/access.ts';
import { insertDecisions, latestDecisions } from '../store/guard.ts';
import { createResultWriter } from '../store/results.ts';
import { findScan, insertScan } from '../store/scans.ts';
import type { ScanRow } from '../store/schema.ts';
import { openStore } from '../store/store.ts';
import { sweep } from './retention.ts';

const DAY_MS = 86_400_000;
const NOW = 1_000 * DAY_MS;

const scan = (id: string, daysAgo: number, changes: Partial<ScanRow> = {}): ScanRow => ({
  id,
  project_id: 'default',
  name: id,
  kind: 'scan',
  status: 'Finished',
  reason: null,
  ended_by: null,
  request: '{}',
  request_hash: '',
  target_key: '',
  target_secrets: null,
  plan_hash: '',
  planned: 0,
  planned_all: 0,
  created_by: 'test',
  created_at: NOW - daysAgo * DAY_MS,
  started_at: null,
  ended_at: NOW - daysAgo * DAY_MS,
  resumed_at: null,
  active_ms: 0,
  owner: null,
  heartbeat_at: null,
  resumes: 0,
  adaptations: '[]',
  summary: null,
  ...changes,
});

describe('retention', () => {
  it('counts the days of a paused scan from its last answer, however long ago it was begun', async () => {
    const store = await openStore({ path: ':memory:' });
    await ensureProjectAndUser(
      store,
      { id: 'default', name: 'default', created_at: 0 },
      { id: 'admin', name: 'admin', role: 'admin', created_at: 0 },
    );
    const paused = { status: 'Paused', ended_at: null } as const;
    for (const [id, daysAgo] of [
      ['answered yesterday', 1],
      ['answered long ago', 3],
    ] as const) {
      await insertScan(store, scan(id, 4, paused));
      const tries = [tryRow(id, 0, 0, { ended_at: NOW - daysAgo * DAY_MS })] as const;
      await createResultWriter(store).write([{ tries, calls: ['ok'] }]);
    }
    expect(await sweep(store, { default: 2 }, NOW)).toBe(1);
    expect(await store.db.selectFrom('scans').select('id').execute()).toEqual([{ id: 'answered yesterday' }]);
    await store.close();
  });

  it('takes away what an import left that was killed a day ago', async () => {
    const store = await openStore({ path: ':memory:' });
    const left = { project_id: '', title: 'half', version: '1', role: 'case', cases: 0, current: 0 } as const;
    for (const [id, daysAgo] of [
      ['killed', 2],
      ['going on', 0.5],
    ] as const) {
      const row = { ...left, id, slug: id, sha256: `unfinished ${id}`, created_at: NOW - daysAgo * DAY_MS };
      await store.db.insertInto('datasets').values(row).execute();
    }
    await sweep(store, {}, NOW);
    expect(await store.db.selectFrom('datasets').select('id').execute()).toEqual([{ id: 'going on' }]);
    await store.close();
  });

  it('takes away what is left of scans that are gone, and nothing of another', async () => {
    const store = await openStore({ path: ':memory:' });
    await ensureProjectAndUser(
      store,
      { id: 'default', name: 'default', created_at: 0 },
      { id: 'admin', name: 'admin', role: 'admin', created_at: 0 },
    );
    for (const id of ['a gone one', 'kept', 'the last, gone']) {
      await insertScan(store, scan(id, 1));
      const tries = [tryRow(id, 0, 0, {})] as const;
      await createResultWriter(store).write([{ tries, calls: ['ok'] }]);
    }
    await store.db.deleteFrom('scans').where('id', '!=', 'kept').execute();
    expect(await sweep(store, {}, NOW)).toBe(0);
    for (const table of ['tries', 'call_counters'] as const)
      expect(await store.db.selectFrom(table).select('scan_id').execute(), table).toEqual([{ scan_id: 'kept' }]);
    await store.close();
  });

  it('deletes ended scans of the named project that are older than its days, and nothing else', async () => {
    const store = await openStore({ path: ':memory:' });
    await ensureProjectAndUser(
      store,
      { id: 'default', name: 'default', created_at: 0 },
      { id: 'admin', name: 'admin', role: 'admin', created_at: 0 },
    );
    await insertScan(store, scan('old', 31));
    await insertScan(store, scan('old-paused', 31, { status: 'Paused', ended_at: null }));
    await insertScan(store, scan('old-running', 31, { status: 'Scanning', ended_at: null }));
    await insertScan(store, scan('young', 29));
    expect(await sweep(store, { default: 30, unknown: 1 }, NOW)).toBe(2);
    const left = await Promise.all(['old', 'old-paused', 'old-running', 'young'].map((id) => findScan(store, id)));
    expect(left.map((row) => row?.id ?? null)).toEqual([null, null, 'old-running', 'young']);
    await store.close();
  });

  it('takes the days that the project says itself before those of the settings', async () => {
    const store = await openStore({ path: ':memory:' });
    await insertProject(store, { id: 'default', name: 'default', created_at: 0, retention_days: 10 });
    await insertScan(store, scan('eleven', 11));
    await insertScan(store, scan('nine', 9));
    const decision = { project_id: 'default', session: null, findings: '[]', messages: null, ms: 1 } as const;
    const nothing = { flagged: 0, denied: 0, redacted: 0, undecided: 0 } as const;
    for (const [id, daysAgo] of [
      ['d11', 11],
      ['d9', 9],
    ] as const)
      await insertDecisions(store, [{ ...decision, ...nothing, id, created_at: NOW - daysAgo * DAY_MS }]);
    expect(await sweep(store, { default: 30 }, NOW)).toBe(1);
    expect((await latestDecisions(store, 'default', 10)).map(({ id }) => id)).toEqual(['d9']);
    expect(await findScan(store, 'nine')).toBeDefined();
    await store.close();
  });
});
