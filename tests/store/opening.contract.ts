// Contract of the store: how a database is made, opened again, and refused.
import { describe, expect, it } from 'vitest';
import { ensureMeta, insertProject, projectByName, readMeta } from '../../src/store/access.ts';
import { openStore, type Store, type StoreLocation } from '../../src/store/store.ts';
import { openInChildren } from './in-children.ts';
import { NOW, type StorePlace } from './rows.ts';

async function withStore<Result>(location: StoreLocation, work: (store: Store) => Promise<Result>): Promise<Result> {
  const store = await openStore(location);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const tableNames = async (store: Store): Promise<string[]> =>
  (await store.db.introspection.getTables()).map((table) => table.name).sort();

const ownTables = [
  'call_counters',
  'counters',
  'dataset_cases',
  'datasets',
  'keys',
  'meta',
  'projects',
  'scans',
  'tests',
  'tries',
  'usage',
  'users',
];

export function openingContract(place: StorePlace): void {
  describe('opening', () => {
    it('makes all tables in an empty database', async () => {
      const tables = await withStore(await place.newLocation(), tableNames);
      expect(tables).toEqual(expect.arrayContaining(ownTables));
    });

    it('changes nothing in a database that is up to date', async () => {
      const location = await place.newLocation();
      await withStore(location, (store) => insertProject(store, { id: 'p', name: 'kept', created_at: NOW }));
      const found = await withStore(location, (store) => projectByName(store, 'kept'));
      expect(found).toEqual({ id: 'p', name: 'kept', created_at: NOW, retention_days: null });
    });

    it('lets several processes make the same new database at once', async () => {
      const complaints = await openInChildren(await place.newLocation(), 4);
      expect(complaints).toEqual(['', '', '', '']);
    });

    it('refuses a database that a newer Redoubt wrote, and names what it does not know', async () => {
      const location = await place.newLocation();
      await withStore(location, (store) =>
        store.db
          .insertInto('kysely_migration' as never)
          .values({ name: '9999-later', timestamp: '2030-01-01T00:00:00.000Z' } as never)
          .execute(),
      );
      await expect(openStore(location)).rejects.toMatchObject({
        code: 'DATABASE_NEWER',
        details: { value: '9999-later' },
      });
    });

    it('says which migration failed, and leaves no half of it behind', async () => {
      const location = await place.newLocation();
      await place.execute(location, 'create table scans (alien text)');
      await expect(openStore(location)).rejects.toMatchObject({
        code: 'STORAGE_FAILED',
        message: expect.stringContaining('0001-foundation'),
      });
      await place.execute(location, 'drop table scans');
      expect(await withStore(location, tableNames)).toEqual(expect.arrayContaining(ownTables));
    });

    it('keeps the first value of a fact about the database', async () => {
      await withStore(await place.newLocation(), async (store) => {
        expect(await readMeta(store, 'secret check')).toBeUndefined();
        expect(await ensureMeta(store, 'secret check', 'first')).toBe('first');
        expect(await ensureMeta(store, 'secret check', 'second')).toBe('first');
      });
    });
  });
}
