// Contract of the store: limits that servers share, words that are taken once, notices that one server sends.
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import { deleteFullLimits, takeFromLimit } from '../../src/store/limits.ts';
import { settleNotice, setWebhook, takeDueNotice } from '../../src/store/notices.ts';
import { emptyProject } from '../../src/store/projects.ts';
import { moveScan } from '../../src/store/scans.ts';
import type { Store } from '../../src/store/store.ts';
import { deleteTokensBefore, insertToken, insertUser, takeToken, userOfSession } from '../../src/store/users.ts';
import { NOW, newProject, newScan, upTo, userRow } from './rows.ts';

export function limitsContract(open: () => Store): void {
  describe('limits, tokens and notices', () => {
    let store: Store;
    beforeAll(() => {
      store = open();
    });
    const five = { now: NOW, cost: 12_000, window: 60_000 };

    it('gives of twenty requests at once as many as the bucket holds, and says when the next one may come', async () => {
      const waits = await Promise.all(upTo(20).map(() => takeFromLimit(store, 'many at once', five)));
      expect(waits.filter((wait) => wait === null)).toHaveLength(5);
      expect(waits.filter((wait) => wait !== null)).toEqual(upTo(15).map(() => 12_000));
      expect(await takeFromLimit(store, 'many at once', { ...five, now: NOW + 12_000 })).toBeNull();
      expect(await takeFromLimit(store, 'many at once', { ...five, now: NOW + 12_000 })).toBe(12_000);
      expect(await takeFromLimit(store, 'another', five)).toBeNull();
    });

    it('forgets buckets that are full', async () => {
      await takeFromLimit(store, 'old', five);
      await deleteFullLimits(store, NOW + 60_000);
      const left = await store.db.selectFrom('limits').select('name').where('name', '=', 'old').execute();
      expect(left).toEqual([]);
    });

    it('hands a link to one of ten who take it, and to nobody after its time', async () => {
      const user = userRow();
      await insertUser(store, user);
      const token = { id: newId(), user_id: user.id, hash: newId(), created_at: NOW, expires_at: NOW + 10 };
      await insertToken(store, 'sign_in_links', token);
      expect(await takeToken(store, 'sign_in_links', token.hash, NOW + 10)).toBeUndefined();
      const taken = await Promise.all(upTo(10).map(() => takeToken(store, 'sign_in_links', token.hash, NOW)));
      expect(taken.filter((row) => row !== undefined)).toEqual([token]);
    });

    it('knows the user of a session until it ends, or the user is disabled', async () => {
      const user = userRow();
      await insertUser(store, user);
      await expect(insertUser(store, { ...user, id: newId() })).rejects.toMatchObject({ code: 'NAME_TAKEN' });
      const token = { id: newId(), user_id: user.id, hash: newId(), created_at: NOW, expires_at: NOW + 10 };
      await insertToken(store, 'sessions', token);
      expect(await userOfSession(store, token.hash, NOW)).toEqual({ ...user, session_id: token.id });
      expect(await userOfSession(store, token.hash, NOW + 10)).toBeUndefined();
      await store.db.updateTable('users').set({ disabled_at: NOW }).where('id', '=', user.id).execute();
      expect(await userOfSession(store, token.hash, NOW)).toBeUndefined();
      await deleteTokensBefore(store, NOW + 10);
      expect(await store.db.selectFrom('sessions').select('id').where('id', '=', token.id).execute()).toEqual([]);
    });

    it('notes the end of a scan with the change of status, and gives the notice to one of ten', async () => {
      const scan = await newScan(store, { status: 'Scanning' });
      const { project_id } = scan;
      await setWebhook(store, { project_id, url: 'http://127.0.0.1/', secret: Uint8Array.of(1), created_at: NOW });
      await moveScan(store, scan.id, 'pause');
      expect(await takeDueNotice(store, NOW, NOW + 1)).toBeUndefined();
      await moveScan(store, scan.id, 'finish', { ended_at: NOW });
      const taken = await Promise.all(upTo(10).map(() => takeDueNotice(store, NOW, NOW + 100)));
      const notices = taken.filter((row) => row !== undefined);
      expect(notices).toMatchObject([{ scan_id: scan.id, project_id, status: 'Finished', sends: 1 }]);
      expect(await takeDueNotice(store, NOW + 100, NOW + 200)).toMatchObject({ sends: 2 });
      await settleNotice(store, notices[0]!.id, 'status 200', null);
      expect(await takeDueNotice(store, NOW + 1_000, NOW + 2_000)).toBeUndefined();
    });

    it('empties a project of all that belongs to it, but keys, members and the audit log', async () => {
      const kept = new Set(['keys', 'members', 'audit', 'webhooks']);
      const tables = await store.db.introspection.getTables();
      const own = tables.filter(
        ({ name, columns }) => !kept.has(name) && columns.some((column) => column.name === 'project_id'),
      );
      const project = await newProject(store);
      const scan = await newScan(store, { project_id: project, status: 'Finished' });
      expect(await emptyProject(store, project)).toMatchObject({ scans: 1 });
      expect(await store.db.selectFrom('scans').select('id').where('id', '=', scan.id).execute()).toEqual([]);
      const sentence = 'a new table of a project: emptyProject must know it';
      expect(own.map(({ name }) => name).sort(), sentence).toEqual(
        [
          'datasets',
          'finding_decisions',
          'finding_scans',
          'findings',
          'guard_decisions',
          'guard_policies',
          'guard_session_keys',
          'guard_tokens',
          'hardenings',
          'idempotency_keys',
          'notices',
          'scans',
          'search_indexes',
          'usage',
        ].sort(),
      );
    });

    it('empties no project in which a scan is worked on', async () => {
      const scan = await newScan(store, { status: 'Scanning' });
      const done = await newScan(store, { status: 'Finished', project_id: scan.project_id });
      await expect(emptyProject(store, scan.project_id)).rejects.toMatchObject({ code: 'SCAN_BUSY' });
      expect(await store.db.selectFrom('scans').select('id').where('id', '=', done.id).execute()).toHaveLength(1);
    });
  });
}
