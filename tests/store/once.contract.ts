// Contract of the store: a client's key asks for a scan once.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { testEnds } from '../../src/store/aggregates.ts';
import { usedKey } from '../../src/store/idempotency.ts';
import { createResultWriter } from '../../src/store/results.ts';
import { countActive, deleteScan, findScan, insertScan, latestScans, updateScan } from '../../src/store/scans.ts';
import type { IdempotencyKeyRow } from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';
import { NOW, newProject, newScan, resultOf, scanRow } from './rows.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

export function onceContract(open: () => Store): void {
  describe('keys that ask for a scan once', () => {
    let store: Store;
    let project: string;

    beforeAll(() => {
      store = open();
    });
    beforeEach(async () => {
      project = await newProject(store);
    });

    const asked = (key: string, created_at = NOW, project_id = project) => {
      const row = scanRow({ project_id, kind: 'rounds', created_at });
      const once: IdempotencyKeyRow = { project_id, key, body_sha256: 'hash', scan_id: row.id, created_at };
      return { row, once };
    };

    it('store one scan, however many come at once', async () => {
      const all = Array.from({ length: 5 }, () => asked('same'));
      const stored = await Promise.all(all.map(({ row, once }) => insertScan(store, row, once)));
      expect(stored.filter((each) => each)).toHaveLength(1);
      const used = await usedKey(store, project, 'same', NOW);
      const scans = await latestScans(store, project, 'rounds', 10);
      expect(scans.map(({ id }) => id)).toEqual([used!.scan_id]);
    });

    it('are free in another project, after a day, and when their scan is deleted', async () => {
      const first = asked('again');
      expect(await insertScan(store, first.row, first.once)).toBe(true);
      const other = asked('again', NOW, await newProject(store));
      expect(await insertScan(store, other.row, other.once)).toBe(true);
      expect(await usedKey(store, project, 'again', NOW + DAY_MS)).toBeUndefined();
      const later = asked('again', NOW + DAY_MS);
      expect(await insertScan(store, later.row, later.once)).toBe(true);
      expect((await usedKey(store, project, 'again', NOW + DAY_MS))!.scan_id).toBe(later.row.id);
      await deleteScan(store, later.row.id);
      expect(await usedKey(store, project, 'again', NOW + DAY_MS)).toBeUndefined();
      expect(await findScan(store, first.row.id)).toBeDefined();
    });

    it('are not taken where the scan is refused', async () => {
      await newScan(store, { project_id: project, name: 'taken' });
      const { row, once } = asked('refused');
      await expect(insertScan(store, { ...row, name: 'taken' }, once)).rejects.toMatchObject({
        code: 'DUPLICATE_NAME',
      });
      expect(await usedKey(store, project, 'refused', NOW)).toBeUndefined();
    });

    it('leave the latest scans of a kind, newest first, and how many are active', async () => {
      const before = await countActive(store, 'rounds');
      const rows = [];
      for (const [index, kind] of (['rounds', 'scan', 'rounds'] as const).entries())
        rows.push(await newScan(store, { project_id: project, kind, created_at: NOW + index }));
      expect((await latestScans(store, project, 'rounds', 10)).map(({ id }) => id)).toEqual([rows[2]!.id, rows[0]!.id]);
      expect(await latestScans(store, project, 'rounds', 1)).toHaveLength(1);
      expect(await countActive(store, 'rounds')).toBe(before + 2);
      await updateScan(store, rows[0]!.id, { status: 'Finished' });
      expect(await countActive(store, 'rounds')).toBe(before + 1);
    });

    it('give the ends of the tests of several scans', async () => {
      const [first, second] = [
        await newScan(store, { project_id: project }),
        await newScan(store, { project_id: project }),
      ];
      await createResultWriter(store).write([resultOf(first.id, 0), resultOf(second.id, 0), resultOf(second.id, 1)]);
      const ends = await testEnds(store, [first.id, second.id]);
      expect(ends.map(({ scan_id, test_no }) => [scan_id === first.id, test_no]).sort()).toEqual([
        [false, 0],
        [false, 1],
        [true, 0],
      ]);
      expect(await testEnds(store, [])).toEqual([]);
      expect(await usedKey(store, project, newId(), NOW)).toBeUndefined();
    });
  });
}
