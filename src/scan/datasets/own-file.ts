// A user's dataset from a JSONL or CSV file: checked, then kept in the database, since every worker must find it.
import { createHash } from 'node:crypto';
import { basename, extname } from 'node:path';
import { invalidField } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { storeDataset, storedVersion } from '../../store/datasets.ts';
import type { DatasetCaseRow } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';
import { type CaseFile, caseFileAt, requireCases } from './case-file.ts';
import { caseColumns } from './case-line.ts';
import { shippedDataset } from './index.ts';
import { fileHash } from './line-reader.ts';

export const slugOf = (title: string): string =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '') || 'dataset';

/** The name of a dataset for which none was given. */
export const nameOfFile = (path: string): string => basename(path, extname(path));

/** Throws INVALID_FIELD at `field` where a dataset that ships has this name: it would hide that one. */
export function requireOwnName(name: string, field: string): void {
  const taken = shippedDataset(name) ?? shippedDataset(slugOf(name));
  if (taken) throw invalidField(field, `"${taken.title}" ships with Redoubt. Choose another name.`);
}

/** The same file read by other columns is another version. */
function versionHash({ path, columns }: CaseFile): string {
  const sha256 = fileHash(path);
  const map = Object.entries(columns).sort(([a], [b]) => (a < b ? -1 : 1));
  return map.length === 0
    ? sha256
    : createHash('sha256')
        .update(JSON.stringify([sha256, map]))
        .digest('hex');
}

/**
 * Stores the file as a dataset of the project under `title`; the same content again is the same version. Gives the id
 * of its row. Throws FILE_INVALID with file and line where the file is not whole.
 */
export async function storeCaseFile(
  store: Store,
  projectId: string,
  file: CaseFile,
  title: string,
  now: number,
): Promise<string> {
  const slug = slugOf(title);
  const sha256 = versionHash(file);
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
  return storeDataset(store, row, rowsOf(file, slug));
}

/** Stores the file at `path`, named after it or by `title`: see storeCaseFile. */
export const storeOwnFile = async (
  store: Store,
  projectId: string,
  path: string,
  now: number,
  title = nameOfFile(path),
): Promise<string> => storeCaseFile(store, projectId, caseFileAt(path), title, now);

async function* rowsOf(file: CaseFile, slug: string): AsyncGenerator<Omit<DatasetCaseRow, 'dataset_id'>> {
  let position = 0;
  for await (const { line } of requireCases(file)) {
    yield { position, ...caseColumns(line, `${slug}-${position + 1}`), body: JSON.stringify(line) };
    position += 1;
  }
}
