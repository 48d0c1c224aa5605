// An upgrade of an older database: a whole copy is kept beside it first, once, and whatever goes wrong loses nothing.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { insertProject, projectByName } from '../src/store/access.ts';
import { copyPath } from '../src/store/before-upgrade.ts';
import { migrations } from '../src/store/migrations/index.ts';
import { type MigrationList, openStore, type Store } from '../src/store/store.ts';
import { newFolder } from './fakes/command-line.ts';

const storeModule = new URL('../src/store/store.ts', import.meta.url).href;
const migrationsModule = new URL('../src/store/migrations/index.ts', import.meta.url).href;
const LATER = '0099-later';

const withLater =
  (statements: readonly string[]): MigrationList =>
  (types) => ({
    ...migrations(types),
    [LATER]: {
      async up(db) {
        for (const statement of statements) await db.executeQuery({ sql: statement, parameters: [] } as never);
      },
    },
  });

const adding = withLater(['alter table projects add column colour text']);
const failing = withLater(['alter table projects add column colour text', 'this is no statement']);

let path: string;
let folder: string;
const folders: string[] = [];

beforeEach(() => {
  folder = newFolder('upgrade');
  folders.push(folder);
  path = join(folder, 'redoubt.db');
});
afterAll(() => {
  for (const each of folders) rmSync(each, { recursive: true, force: true });
});

async function using<Result>(list: MigrationList | undefined, work: (store: Store) => Promise<Result>) {
  const store = await openStore({ path }, 'full', list);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const addProject = (name: string) =>
  using(undefined, (store) => insertProject(store, { id: name, name, created_at: 1 }));

function read(file: string, statement: string): unknown[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return database
      .prepare(statement)
      .all()
      .map((row) => Object.values(row)[0]);
  } finally {
    database.close();
  }
}

const copies = (): string[] =>
  readdirSync(folder)
    .filter((name) => name.includes('before'))
    .sort();
const columnsOf = (file: string): unknown[] => read(file, `select name from pragma_table_info('projects')`);

describe('an upgrade of the database', () => {
  it('keeps a copy of the older one beside it, which an older Redoubt can open', async () => {
    await addProject('kept');
    await using(adding, (store) => insertProject(store, { id: 'after', name: 'after', created_at: 2 }));
    expect(copies()).toEqual([`redoubt.db.before-${LATER}`]);
    expect(columnsOf(path)).toContain('colour');
    expect(columnsOf(copyPath(path, LATER))).not.toContain('colour');
    expect(statSync(copyPath(path, LATER)).mode & 0o777).toBe(0o600);
    path = copyPath(path, LATER);
    expect(await using(undefined, (store) => projectByName(store, 'kept'))).toMatchObject({ id: 'kept' });
    expect(await using(undefined, (store) => projectByName(store, 'after'))).toBeUndefined();
  });

  it('has in the copy what lay in the write-ahead log alone', async () => {
    await addProject('first');
    const other = new DatabaseSync(path);
    other.exec('pragma wal_autocheckpoint = 0');
    other.exec(`insert into projects (id, name, created_at) values ('w', 'in the log', 1)`);
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(0);
    await using(adding, async () => undefined);
    other.close();
    expect(read(copyPath(path, LATER), 'select name from projects order by name')).toEqual(['first', 'in the log']);
  });

  it('keeps none of a new database, nor of one that is up to date', async () => {
    await using(adding, async () => undefined);
    await using(adding, async () => undefined);
    expect(copies()).toEqual([]);
  });

  it('names the migration that failed, changes nothing, and goes on from there with a mended one', async () => {
    await addProject('kept');
    for (const _ of [1, 2])
      await expect(using(failing, async () => undefined)).rejects.toMatchObject({
        code: 'STORAGE_FAILED',
        message: expect.stringMatching(/^Storing failed: 0099-later: .*syntax error/),
      });
    expect(columnsOf(path)).not.toContain('colour');
    expect(copies()).toEqual([`redoubt.db.before-${LATER}`]);
    expect(await using(adding, (store) => projectByName(store, 'kept'))).toMatchObject({ id: 'kept' });
  });

  it('does not begin where the copy cannot be written', async () => {
    await addProject('kept');
    mkdirSync(copyPath(path, LATER));
    writeFileSync(join(copyPath(path, LATER), 'in the way'), '');
    await expect(using(adding, async () => undefined)).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      message: expect.stringContaining('no copy before the upgrade could be made'),
    });
    expect(columnsOf(path)).not.toContain('colour');
    expect(copies()).toEqual([`redoubt.db.before-${LATER}`]);
  });

  it('takes the place of an unfinished copy that a killed upgrade left', async () => {
    await addProject('kept');
    writeFileSync(`${copyPath(path, LATER)}.unfinished`, 'half of a copy');
    await using(adding, async () => undefined);
    expect(copies()).toEqual([`redoubt.db.before-${LATER}`]);
    expect(read(copyPath(path, LATER), 'select name from projects')).toEqual(['kept']);
  });

  it('happens once when several processes start together', async () => {
    await addProject('kept');
    const script = `
      const { openStore } = await import(${JSON.stringify(storeModule)});
      const { migrations } = await import(${JSON.stringify(migrationsModule)});
      const up = async (db) => {
        await db.executeQuery({ sql: 'alter table projects add column colour text', parameters: [] });
      };
      const list = (types) => ({ ...migrations(types), '${LATER}': { up } });
      process.stdout.write('ready');
      await new Promise((go) => process.stdin.once('data', go));
      await (await openStore({ path: ${JSON.stringify(path)} }, 'full', list)).close();
      process.exit(0);`;
    const children = Array.from({ length: 3 }, () => {
      const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      return { child, ready: once(child.stdout, 'data'), closed: once(child, 'close') };
    });
    await Promise.all(children.map(({ ready }) => ready));
    for (const { child } of children) child.stdin.write('go\n');
    await Promise.all(children.map(({ closed }) => closed));
    expect(children.map(({ child }) => child.exitCode)).toEqual([0, 0, 0]);
    expect(columnsOf(copyPath(path, LATER))).not.toContain('colour');
    expect(copies()).toEqual([`redoubt.db.before-${LATER}`]);
    expect(read(path, 'select name from projects')).toEqual(['kept']);
  });

  it('refuses a newer database without touching it, and makes no copy of it', async () => {
    await using(adding, async () => undefined);
    const before = readFileSync(path);
    await expect(using(undefined, async () => undefined)).rejects.toMatchObject({ code: 'DATABASE_NEWER' });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(existsSync(copyPath(path, LATER))).toBe(false);
  });
});
