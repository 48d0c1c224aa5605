// Makes a folder with those above it, and ends in every case: Node's own way, `recursive`, goes round for ever where the
// system will not make a folder below one that is there, as in /proc.
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Does nothing where the folder is there. Throws the error of the file system. */
export function makeFolder(path: string, mode?: number): void {
  const parent = dirname(path);
  if (!existsSync(parent) && parent !== path) makeFolder(parent, mode);
  try {
    mkdirSync(path, { mode });
  } catch (cause) {
    if (!existsSync(path) || !statSync(path).isDirectory()) throw cause;
  }
}
