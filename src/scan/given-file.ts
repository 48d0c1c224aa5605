// A file that somebody named: read, or checked to be one that can be, with a sentence where it cannot.
import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { RedoubtError } from '../core/errors.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file.',
  EISDIR: 'this is a folder, not a file.',
  ENOTDIR: 'there is no such file: a part of the path is a file, not a folder.',
  EACCES: 'you may not read it.',
  EPERM: 'you may not read it.',
};

function unreadable(field: string, cause: unknown): RedoubtError {
  const { code = '', message } = cause as NodeJS.ErrnoException;
  return new RedoubtError('FILE_INVALID', { field, reason: reasons[code] ?? `it cannot be read: ${message}.` }, cause);
}

/** The text of a file; `flag` is what it was named by. Throws FILE_INVALID where it cannot be read. */
export function readGivenFile(path: string, flag: string): string {
  try {
    return readFileSync(path, 'utf8');
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
