// The key of the data folder: made once and whole, and never made again over data that only the lost one could open.
import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { RedoubtError } from '../core/errors.ts';
import { SECRET_KEY_BYTES } from './vault.ts';

/** Of processes that start together the first one's key holds; nobody ever reads half a key. */
function makeKeyFile(path: string): void {
  const unfinished = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(unfinished, randomBytes(SECRET_KEY_BYTES).toString('base64'), { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(unfinished, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/**
 * The key in this file, 32 bytes in base64; made where there is none and `mayMake` says so. Throws SECRET_KEY_LOST
 * where it is missing, SECRET_KEY_WRONG where the file holds no key, and what the file system throws.
 */
export function readKeyFile(path: string, mayMake: boolean): Uint8Array {
  if (!existsSync(path)) {
    if (!mayMake) throw new RedoubtError('SECRET_KEY_LOST', { value: path });
    makeKeyFile(path);
  }
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64');
  if (key.length !== SECRET_KEY_BYTES) throw new RedoubtError('SECRET_KEY_WRONG');
  return key;
}
