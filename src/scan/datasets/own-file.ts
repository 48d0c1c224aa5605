// A user's dataset from a JSONL or CSV file: checked, then kept in the database, since every worker must find it.
import { createHash } from 'node:crypto';
import { basename, extname, resolve } from 'node:path';
import { invalidField, type RedoubtError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { storedVersion } from '../../store/datasets.ts';
import { storeDataset } from '../../store/new-dataset.ts';
import type { DatasetCaseRow } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';
import { sha256OfFile } from '../file-hash.ts';
import { type CaseFile, caseFileAt, requireCases } from './case-file.ts';
import { caseColumns } from './case-line.ts';
import { bareName, shippedDataset, slugOf } from './index.ts';

/** The name of a dataset for which none was given. */
export const nameOfFile = (path: string): string => basename(path, extname(path));

/** Throws INVALID_FIELD at `field` where a dataset that ships has this name: it would hide that one. */
export function requireOwnName(name: string, field: string, remedy = 'Choose another name.'): void {
  const taken = shippedDataset(name) ?? shippedDataset(slugOf(name));
  if (taken) throw invalidField(field, `"${taken.title}" ships with Redoubt. ${remedy}`);
}

/** A dataset as a command line asks for it: the name of one, or the path of a file that is named after itself. */
export interface AskedDataset {
  readonly asked: string;
  readonly isFile: boolean;
}

/**
 * Throws INVALID_FIELD at `field` where a file has the name of a dataset that ships, or of another choice: in one scan
 * a name stands for one dataset, and the other would be left out.
 */
export function requireOneOfEachName(choices: readonly AskedDataset[], field: string): void {
  const files = new Map<string, string>();
  for (const { asked, isFile } of choices) {
    if (!isFile) continue;
    const slug = slugOf(nameOfFile(asked));
    requireOwnName(nameOfFile(asked), `${field} ${asked}`, 'Rename the file: the dataset is named after it.');
    const earlier = files.get(slug) ?? asked;
    files.set(slug, earlier);
    if (resolve(earlier) !== resolve(asked)) throw sameName(field, earlier, asked);
  }
  for (const { asked, isFile } of choices) {
    const file = isFile ? undefined : files.get(slugOf(bareName(asked)));
    if (file !== undefined) throw sameName(field, asked, file);
  }
}

const sameName = (field: string, one: string, other: string): RedoubtError =>
  invalidField(
    field,
    `${one} and ${other} would be one dataset by their name. Rename the file: the dataset is named after it.`,
  );

/** The same file read by other columns is another version. */
async function versionHash({ path, columns }: CaseFile): Promise<string> {
  const sha256 = await sha256OfFile(path);
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
  const sha256 = await versionHash(file);
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
