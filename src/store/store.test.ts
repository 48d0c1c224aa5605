// What is particular to a data folder with SQLite in it; what both databases share stands in tests/store.contract.ts.
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RedoubtError } from '../core/errors.ts';
import { insertProject, projectByName } from './access.ts';
import { openStore, type Store } from './store.ts';

const project = { id: 'p', name: 'kept', created_at: 1 };

describe('a store in a data folder', () => {
  let folder: string;
  let path: string;

  const refusalOf = async (at: string): Promise<unknown> =>
    openStore({ path: at }).then(
      (store) => store.close(),
      (error: unknown) => error,
    );
  const expectUnusable = async (at: string, reason: RegExp): Promise<void> => {
    const error = await refusalOf(at);
    expect(error).toBeInstanceOf(RedoubtError);
    expect(error).toMatchObject({ code: 'DATA_FOLDER_UNUSABLE', details: { value: dirname(at) } });
    expect((error as RedoubtError).details.reason).toMatch(reason);
  };
  const withStore = async (work: (store: Store) => Promise<void>): Promise<void> => {
    const store = await openStore({ path });
    await work(store).finally(() => store.close());
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'redoubt-data-'));
    path = join(folder, 'data', 'redoubt.db');
  });
  afterEach(() => {
    chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true, force: true });
  });

  it('makes the folder for its owner alone', async () => {
    await withStore(async () => undefined);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
  });

  it('makes its files for their owner alone, and takes them from everybody, but not from a group', async () => {
    const modes = () => ['', '-wal', '-shm'].map((end) => (statSync(path + end).mode & 0o777).toString(8));
    mkdirSync(dirname(path), { mode: 0o755 });
    await withStore(async () => expect(modes()).toEqual(['600', '600', '600']));
    chmodSync(path, 0o644);
    await withStore(async () => expect(modes()).toEqual(['600', '600', '600']));
    chmodSync(path, 0o640);
    await withStore(async () => expect(modes()).toEqual(['640', '640', '640']));
  });

  it('leaves one file behind when it is closed', async () => {
    await withStore((store) => insertProject(store, project));
    expect(() => statSync(`${path}-wal`)).toThrow();
    expect(readFileSync(path).subarray(0, 15).toString()).toBe('SQLite format 3');
  });

  it('lives in memory where no path is given', async () => {
    const store = await openStore({});
    await insertProject(store, project);
    expect(await projectByName(store, 'kept')).toMatchObject(project);
    await store.close();
  });

  it('refuses a folder that is a file', async () => {
    writeFileSync(join(folder, 'data'), 'a file');
    await expectUnusable(path, /EEXIST|ENOTDIR/);
  });

  it('refuses a path under a file', async () => {
    writeFileSync(join(folder, 'data'), 'a file');
    await expectUnusable(join(folder, 'data', 'deeper', 'redoubt.db'), /ENOTDIR/);
  });

  it('refuses a database that is a folder', async () => {
    mkdirSync(path, { recursive: true });
    await expectUnusable(path, /unable to open database file/);
  });

  const isRoot = process.getuid?.() === 0;
  it.skipIf(isRoot)(`refuses a folder that may not be written${isRoot ? ' - skipped: root may' : ''}`, async () => {
    chmodSync(folder, 0o500);
    await expectUnusable(path, /EACCES/);
  });

  it('refuses a file that is no database, and leaves it as it is', async () => {
    mkdirSync(dirname(path));
    const text = 'These are my notes. '.repeat(200);
    writeFileSync(path, text);
    await expectUnusable(path, /not a database/);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('refuses a database that was cut off', async () => {
    await withStore((store) => insertProject(store, project));
    truncateSync(path, 6_000);
    await expectUnusable(path, /malformed/);
  });

  it('refuses a database that a newer Redoubt wrote, and leaves it as it is', async () => {
    await withStore((store) => insertProject(store, project));
    const database = new DatabaseSync(path);
    database.exec(`insert into kysely_migration values ('0002-of-the-future', '2030')`);
    database.close();
    const before = readFileSync(path);
    expect(await refusalOf(path)).toMatchObject({
      code: 'DATABASE_NEWER',
      message: expect.stringContaining('0002-of-the-future'),
    });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('has the right to write from the beginning of a transaction, so that none breaks off half-way', async () => {
    await withStore(async (store) => {
      const other = new DatabaseSync(path);
      // Were the other let in after our reading, our own writing would be refused without any waiting.
      await store.db.transaction().execute(async (trx) => {
        expect(await projectByName({ ...store, db: trx }, 'kept')).toBeUndefined();
        expect(() => other.exec(`insert into projects (id, name, created_at) values ('o', 'other', 1)`)).toThrow(
          /locked/,
        );
        await insertProject({ ...store, db: trx }, project);
      });
      other.exec(`insert into projects (id, name, created_at) values ('o', 'other', 1)`);
      other.close();
      expect(await projectByName(store, 'kept')).toMatchObject(project);
    });
  });
});
