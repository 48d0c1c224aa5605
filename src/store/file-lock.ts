// A kernel lock on a file, as Node offers none: an exclusive transaction on a tiny SQLite file holds one.
// The kernel frees it with the process, however it ends, so there is no stale pid file to clear away.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface FileLock {
  release(): void;
}

// Long enough to outwait somebody who only looks whether the lock is held.
const PATIENCE_MS = 250;
const SQLITE_BUSY = 5;

/** Takes the lock, or gives null where a living process holds it. Throws where the file cannot be a lock at all. */
export function tryLock(path: string, patienceMs = PATIENCE_MS): FileLock | null {
  mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path);
  try {
    database.exec(`pragma busy_timeout = ${patienceMs}`);
    database.exec('begin exclusive');
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return null;
    throw error;
  }
  return { release: () => database.close() };
}

/** Whether a living process holds the lock. */
export function isLocked(path: string): boolean {
  const lock = tryLock(path, 0);
  lock?.release();
  return lock === null;
}
