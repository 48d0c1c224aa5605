// Keeps a copy of an SQLite database before a newer Redoubt changes its schema, so that the way back stays open.
import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { RedoubtError } from '../core/errors.ts';
import { type FileLock, tryLock } from './file-lock.ts';
import type { Database } from './schema.ts';

/** Longer than a copy and a migration of a large database take. */
const PATIENCE_MS = 600_000;

/** Where the copy lies that was made before `migration`. */
export const copyPath = (path: string, migration: string): string => `${path}.before-${migration}`;

/** Held from the copy to the last migration: of processes that start together one upgrades, the others wait. */
export function lockUpgrade(path: string): FileLock {
  const lock = tryLock(join(dirname(path), 'locks', 'upgrade.lock'), PATIENCE_MS);
  if (lock === null) throw new RedoubtError('STORAGE_FAILED', { reason: 'another process is upgrading the database' });
  return lock;
}

function reachDisk(path: string): void {
  const file = openSync(path, 'r+');
  fsyncSync(file);
  closeSync(file);
}

/**
 * Writes the whole database, with what lies in its write-ahead log, to `copyPath`; an earlier copy of that name gives
 * way only once the new one is whole. Throws STORAGE_FAILED, and then nothing has been changed.
 */
export async function copyBeforeUpgrade(db: Kysely<Database>, path: string, migration: string): Promise<void> {
  const copy = copyPath(path, migration);
  const unfinished = `${copy}.unfinished`;
  rmSync(unfinished, { force: true });
  try {
    closeSync(openSync(unfinished, 'wx', 0o600));
    await sql`vacuum into ${unfinished}`.execute(db);
    reachDisk(unfinished);
    renameSync(unfinished, copy);
  } catch (cause) {
    rmSync(unfinished, { force: true });
    const reason = cause instanceof RedoubtError ? cause.details.reason : (cause as Error).message;
    throw new RedoubtError('STORAGE_FAILED', { reason: `no copy before the upgrade could be made: ${reason}` }, cause);
  }
}
