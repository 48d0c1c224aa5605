// Contract of the store: projects, users and keys.
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/core/ids.ts';
import {
  ensureProjectAndUser,
  insertKey,
  insertProject,
  keyByHash,
  listKeys,
  projectByName,
  revokeKey,
  touchKeys,
} from '../../src/store/access.ts';
import type { KeyRow } from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';
import { keyRow, NOW, newProject, userRow } from './rows.ts';

export function accessContract(open: () => Store): void {
  describe('projects, users and keys', () => {
    let store: Store;
    let owner: Pick<KeyRow, 'project_id' | 'user_id'>;

    beforeAll(async () => {
      store = open();
      const user = userRow();
      const project = { id: newId(), name: 'of the keys', created_at: NOW };
      await ensureProjectAndUser(store, project, user);
      owner = { project_id: project.id, user_id: user.id };
    });

    it('makes the first project and user once, however often it is asked', async () => {
      const project = { id: newId(), name: 'default', created_at: NOW, retention_days: null };
      const user = userRow({ name: 'admin', role: 'admin' });
      await ensureProjectAndUser(store, project, user);
      await ensureProjectAndUser(store, { ...project, id: newId(), created_at: NOW + 1 }, { ...user, id: newId() });
      expect(await projectByName(store, 'default')).toEqual(project);
      const users = await store.db.selectFrom('users').selectAll().where('name', '=', 'admin').execute();
      expect(users).toEqual([user]);
    });

    it('refuses a second project of the same name', async () => {
      await insertProject(store, { id: newId(), name: 'taken', created_at: NOW });
      await expect(insertProject(store, { id: newId(), name: 'taken', created_at: NOW })).rejects.toThrow(/unique/i);
    });

    it('finds no project and no key that is not there', async () => {
      expect(await projectByName(store, 'nobody made this')).toBeUndefined();
      expect(await keyByHash(store, 'nobody made this')).toBeUndefined();
    });

    it('finds a key by its hash with all that was stored', async () => {
      const row = keyRow({ ...owner, expires_at: NOW + 1 });
      await insertKey(store, row);
      expect(await keyByHash(store, row.hash)).toEqual(row);
      expect(await listKeys(store)).toContainEqual(row);
    });

    it('keeps the first of two keys with the same hash', async () => {
      const row = keyRow(owner);
      await insertKey(store, row);
      await insertKey(store, { ...row, id: newId(), name: 'again' });
      expect(await keyByHash(store, row.hash)).toEqual(row);
    });

    it('refuses a key of a project that does not exist', async () => {
      await expect(insertKey(store, keyRow({ ...owner, project_id: 'none' }))).rejects.toThrow(/foreign key/i);
    });

    it('revokes a key once, and notes when a key was used', async () => {
      const row = keyRow(owner);
      await insertKey(store, row);
      await touchKeys(store, new Map([[row.id, NOW + 5]]));
      await touchKeys(store, new Map([[row.id, NOW + 3]]));
      expect(await revokeKey(store, row.id, NOW + 9, 'another project')).toBeUndefined();
      expect(await revokeKey(store, row.id, NOW + 10)).toMatchObject({ id: row.id });
      expect(await revokeKey(store, row.id, NOW + 20)).toBeUndefined();
      expect(await revokeKey(store, newId(), NOW)).toBeUndefined();
      expect(await keyByHash(store, row.hash)).toEqual({ ...row, last_used_at: NOW + 5, revoked_at: NOW + 10 });
    });

    it('lists keys in the order they were made', async () => {
      const project_id = await newProject(store);
      for (const created_at of [NOW + 300, NOW + 100, NOW + 200])
        await insertKey(store, keyRow({ ...owner, project_id, created_at }));
      const times = (await listKeys(store)).map((key) => key.created_at);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    });
  });
}
