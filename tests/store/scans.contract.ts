// Contract of the store: scans, their names, owners and statuses.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { type ScanAction, scanStatuses, transitions } from '../../src/core/scan-status.ts';
import {
  activeScans,
  claimScan,
  findScan,
  findScanByName,
  findUnfinished,
  heartbeat,
  insertScan,
  listScans,
  moveScan,
  ownedScans,
  releaseScan,
  requireScan,
  updateScan,
} from '../../src/store/scans.ts';
import type { Store } from '../../src/store/store.ts';
import { NOW, newProject, newScan, scanRow, upTo } from './rows.ts';

const actions: readonly ScanAction[] = ['begin', 'pause', 'retry', 'finish', 'fail', 'break'];
const steps = scanStatuses.flatMap((status) =>
  actions.map((action) => ({ status, action, next: transitions[status][action] })),
);

export function scansContract(open: () => Store): void {
  describe('scans', () => {
    let store: Store;
    let project: string;

    beforeAll(() => {
      store = open();
    });
    beforeEach(async () => {
      project = await newProject(store);
    });

    it('come back as they were stored, secrets byte for byte', async () => {
      const row = await newScan(store, { project_id: project, started_at: NOW, owner: 'me', heartbeat_at: NOW });
      const found = (await findScan(store, row.id))!;
      expect({ ...found, target_secrets: Uint8Array.from(found.target_secrets!) }).toEqual(row);
    });

    it('have a name of their own within a project', async () => {
      const first = await newScan(store, { project_id: project, name: 'nightly' });
      const second = scanRow({ project_id: project, name: 'nightly' });
      await expect(insertScan(store, second)).rejects.toMatchObject({
        code: 'DUPLICATE_NAME',
        details: { value: 'nightly' },
      });
      await newScan(store, { name: 'nightly' });
      expect((await findScanByName(store, project, 'nightly'))?.id).toBe(first.id);
      expect(await findScanByName(store, project, 'weekly')).toBeUndefined();
    });

    it('are refused for other reasons with another error', async () => {
      const row = await newScan(store, { project_id: project });
      const sameId = scanRow({ project_id: project, id: row.id });
      for (const wrong of [sameId, scanRow({ project_id: 'none' }), scanRow({ project_id: project, request: null! })])
        await expect(insertScan(store, wrong)).rejects.not.toMatchObject({ code: 'DUPLICATE_NAME' });
    });

    it('of another project are answered like none', async () => {
      const row = await newScan(store);
      expect((await requireScan(store, row.project_id, row.id)).id).toBe(row.id);
      const refusal = { code: 'SCAN_NOT_FOUND', details: { value: 'scan-as-asked' } };
      await expect(requireScan(store, project, row.id, 'scan-as-asked')).rejects.toMatchObject(refusal);
      await expect(requireScan(store, project, newId(), 'scan-as-asked')).rejects.toMatchObject(refusal);
    });

    it('are listed oldest first, from a time on', async () => {
      const times = [NOW + 30, NOW + 10, NOW + 20, NOW + 20];
      for (const created_at of times) await newScan(store, { project_id: project, created_at });
      const listed = await listScans(store, project);
      expect(listed.map((row) => row.created_at)).toEqual([NOW + 10, NOW + 20, NOW + 20, NOW + 30]);
      expect(listed[1]!.id < listed[2]!.id).toBe(true);
      expect(await listScans(store, project, NOW + 20)).toHaveLength(3);
      expect(await listScans(store, newId())).toEqual([]);
    });

    it('that have not finished are found by their request, the latest first', async () => {
      const mine = { project_id: project, request_hash: 'same request' };
      await newScan(store, { ...mine, status: 'Paused', created_at: NOW });
      const latest = await newScan(store, { ...mine, status: 'Failed', created_at: NOW + 1 });
      await newScan(store, { ...mine, status: 'Finished', created_at: NOW + 2 });
      await newScan(store, { request_hash: 'same request', created_at: NOW + 3 });
      expect((await findUnfinished(store, project, 'same request'))?.id).toBe(latest.id);
      expect(await findUnfinished(store, project, 'another request')).toBeUndefined();
    });

    it.each(steps)('$status, asked to $action: $next', async ({ status, action, next }) => {
      const row = await newScan(store, { project_id: project, status });
      const moved = moveScan(store, row.id, action, { reason: 'as told' });
      if (next === undefined) await expect(moved).rejects.toMatchObject({ code: 'ILLEGAL_TRANSITION' });
      else expect(await moved).toBe(next);
      const after = await findScan(store, row.id);
      expect(after).toMatchObject(next ? { status: next, reason: 'as told' } : { status, reason: null });
    });

    it('cannot be moved where there is none', async () => {
      await expect(moveScan(store, newId(), 'pause')).rejects.toMatchObject({ code: 'SCAN_NOT_FOUND' });
    });

    it('are moved by exactly one of several callers at once', async () => {
      for (const _ of upTo(10)) {
        const row = await newScan(store, { project_id: project, status: 'Scanning' });
        const moves = await Promise.allSettled(upTo(4).map((n) => moveScan(store, row.id, 'fail', { reason: `${n}` })));
        const won = moves.flatMap((move, n) => (move.status === 'fulfilled' ? [`${n}`] : []));
        const lost = moves.flatMap((move) => (move.status === 'rejected' ? [move.reason] : []));
        expect(won).toEqual([(await findScan(store, row.id))!.reason]);
        for (const error of lost)
          expect(error).toMatchObject({ code: 'ILLEGAL_TRANSITION', details: { value: 'Failed' } });
      }
    });

    it('are claimed by exactly one of several workers at once', async () => {
      for (const _ of upTo(10)) {
        const { id } = await newScan(store, { project_id: project });
        const claims = await Promise.all(upTo(4).map((n) => claimScan(store, id, null, `worker ${n}`, NOW)));
        expect(claims.filter(Boolean)).toHaveLength(1);
        expect(await findScan(store, id)).toMatchObject({ owner: `worker ${claims.indexOf(true)}`, heartbeat_at: NOW });
      }
    });

    it('are taken over only from the owner that was seen', async () => {
      const { id } = await newScan(store, { project_id: project });
      expect(await claimScan(store, id, 'somebody', 'me', NOW)).toBe(false);
      expect(await claimScan(store, id, null, 'me', NOW)).toBe(true);
      expect(await claimScan(store, id, null, 'you', NOW)).toBe(false);
      expect(await claimScan(store, id, 'me', 'you', NOW + 1)).toBe(true);
      expect(await findScan(store, id)).toMatchObject({ owner: 'you', heartbeat_at: NOW + 1 });
    });

    it.each(['Paused', 'Finished', 'Failed', 'Error'] as const)('are not claimed while %s', async (status) => {
      const { id } = await newScan(store, { project_id: project, status });
      expect(await claimScan(store, id, null, 'me', NOW)).toBe(false);
    });

    it('beat for their owner alone, and are let go by him alone', async () => {
      const [me, you] = [newId(), newId()];
      const mine = await newScan(store, { project_id: project, status: 'Scanning', owner: me, active_ms: 1_000 });
      const yours = await newScan(store, { project_id: project, status: 'Paused', owner: you, heartbeat_at: NOW });
      expect(await heartbeat(store, me, NOW + 2_000)).toEqual([{ id: mine.id, status: 'Scanning' }]);
      expect(await findScan(store, mine.id)).toMatchObject({ heartbeat_at: NOW + 2_000 });
      expect(await findScan(store, yours.id)).toMatchObject({ heartbeat_at: NOW });
      await releaseScan(store, yours.id, me, 50);
      expect(await ownedScans(store, you)).toEqual([{ id: yours.id, status: 'Paused' }]);
      await releaseScan(store, mine.id, me, 250.6);
      expect(await findScan(store, mine.id)).toMatchObject({ owner: null, heartbeat_at: null, active_ms: 1_251 });
      expect(await heartbeat(store, me, NOW)).toEqual([]);
    });

    it('that want a worker are listed with who holds them', async () => {
      const rows = await Promise.all(
        scanStatuses.map((status) => newScan(store, { project_id: project, status, owner: `of ${status}` })),
      );
      const ids = new Set(rows.map((row) => row.id));
      const active = (await activeScans(store)).filter((row) => ids.has(row.id));
      expect(active.map((row) => row.owner).sort()).toEqual(['of Initializing', 'of Scanning']);
    });

    it('keep what an update does not name', async () => {
      const row = await newScan(store, { project_id: project });
      await updateScan(store, row.id, { summary: '{}', ended_at: NOW });
      expect(await findScan(store, row.id)).toMatchObject({ summary: '{}', ended_at: NOW, name: row.name });
    });
  });
}
