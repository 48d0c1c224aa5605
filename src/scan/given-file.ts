// A file that somebody named: read, or checked to be one that can be, with a sentence where it cannot.
import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { RedoubtError } from '../core/errors.ts';
import { unreadableReason } from '../core/unreadable.ts';
import { firstLineNotUtf8, NOT_UTF8 } from './datasets/line-reader.ts';

const unreadable = (field: string, cause: unknown): RedoubtError =>
  new RedoubtError('FILE_INVALID', { field, reason: unreadableReason(cause) }, cause);

/** The text of a file without a byte order mark; `flag` is what it was named by. Throws FILE_INVALID where it cannot be read. */
export function readGivenFile(path: string, flag: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    throw unreadable(`${flag} ${path}`, cause);
  }
}

/** Throws FILE_INVALID unless this may be read, as a file or a pipe. */
export function requireReadable(path: string, field = path): void {
  try {
    accessSync(path, constants.R_OK);
    if (statSync(path).isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
  } catch (cause) {
    throw unreadable(field, cause);
  }
}

/** Throws FILE_INVALID unless this is a file that can be read more than once. */
export function requireGivenFile(path: string): void {
  requireReadable(path);
  if (!statSync(path).isFile()) throw new RedoubtError('FILE_INVALID', { field: path, reason: 'this is no file.' });
}

/** Throws FILE_INVALID where a line of the file is not UTF-8: what would be read of it is not what was written. */
export async function requireUtf8(path: string): Promise<void> {
  const line = await firstLineNotUtf8(path);
  if (line !== null) throw new RedoubtError('FILE_INVALID', { field: `${path}, line ${line}`, reason: `${NOT_UTF8}.` });
}
