// A user's dataset from a JSONL file: checked, then kept in the database, since every worker must find it.
import { existsSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { RedoubtError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { storeDataset, storedVersion } from '../../store/datasets.ts';
import type { DatasetCaseRow } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';
import { caseColumns } from './case-line.ts';
import { fileHash, requireLines } from './line-reader.ts';

export const slugOf = (title: string): string =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '') || 'dataset';

const nameOfFile = (path: string): string => basename(path, extname(path));

/** Throws FILE_INVALID where nothing readable is there. */
export function requireFile(path: string): void {
  if (!existsSync(path)) throw new RedoubtError('FILE_INVALID', { field: path, reason: 'there is no such file.' });
  if (!statSync(path).isFile()) throw new RedoubtError('FILE_INVALID', { field: path, reason: 'this is no file.' });
}

/**
 * Stores the file as a dataset of the project, named after the file or `title`; the same content again is the same
 * version. Gives the id of its row. Throws FILE_INVALID with file and line where the file is not whole.
 */
export async function storeOwnFile(
  store: Store,
  projectId: string,
  path: string,
  now: number,
  title = nameOfFile(path),
): Promise<string> {
  requireFile(path);
  const slug = slugOf(title);
  const sha256 = fileHash(path);
  const known = await storedVersion(store, projectId, slug, sha256);
  if (known !== null) return known;
  const row = {
    id: newId(),
    project_id: projectId,
    slug,
    title,
    version: sha256.slice(0, 12),
    sha256,
    role: 'case',
    created_at: now,
  } as const;
  return storeDataset(store, row, rowsOf(path, slug));
}

function* rowsOf(path: string, slug: string): Generator<Omit<DatasetCaseRow, 'dataset_id'>> {
  let position = 0;
  for (const { line } of requireLines(path)) {
    yield { position, ...caseColumns(line, `${slug}-${position + 1}`), body: JSON.stringify(line) };
    position += 1;
  }
}
