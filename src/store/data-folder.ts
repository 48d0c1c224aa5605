// The data folder: made for this user alone, and held by one server at a time.
import { join } from 'node:path';
import { RedoubtError } from '../core/errors.ts';
import { type FileLock, tryLock } from './file-lock.ts';
import { makeFolder } from './make-folder.ts';

/** Does something with files of the data folder. Throws DATA_FOLDER_UNUSABLE where they cannot be read or written. */
export function inDataFolder<Result>(folder: string, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof RedoubtError) throw cause;
    const reason = cause instanceof Error ? cause.message : 'unreadable';
    throw new RedoubtError('DATA_FOLDER_UNUSABLE', { value: folder, reason }, cause);
  }
}

/** Makes the folder. Throws DATA_FOLDER_UNUSABLE. */
export const makeDataFolder = (folder: string): void => void inDataFolder(folder, () => makeFolder(folder, 0o700));

/** Makes sure that this is the only server on the folder. Throws DATA_FOLDER_TAKEN, DATA_FOLDER_UNUSABLE. */
export function lockDataFolder(folder: string): FileLock {
  makeDataFolder(folder);
  const lock = inDataFolder(folder, () => tryLock(join(folder, 'locks', 'server.lock')));
  if (lock === null) throw new RedoubtError('DATA_FOLDER_TAKEN', { value: folder });
  return lock;
}
