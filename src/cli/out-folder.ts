// The folder of --out: made before the work whose files are to lie in it.
import { accessSync, constants } from 'node:fs';
import { invalidField } from '../core/errors.ts';
import { makeFolder } from '../store/make-folder.ts';

/** `field` is what it was named by. Throws INVALID_FIELD where this is no folder and none can be made, or nothing may be written there. */
export function openOutFolder(path: string, field = '--out'): void {
  try {
    makeFolder(path);
    accessSync(path, constants.W_OK | constants.X_OK);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const isFile = code === 'EEXIST' || code === 'ENOTDIR';
    throw invalidField(
      field,
      isFile ? `${path} is a file, or lies below one: name a folder.` : `files cannot be left in ${path}: ${message}.`,
    );
  }
}
