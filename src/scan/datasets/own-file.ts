// A user's dataset from a JSONL file: checked, then kept in the database, since every worker must find it.
import { existsSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { RedoubtError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import { storeDataset } from '../../store/datasets.ts';
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

interface Counted {
  cases: number;
  ownIds: boolean;
}

function countLines(path: string): Counted {
  const counted: Counted = { cases: 0, ownIds: false };
  for (const { line } of requireLines(path)) {
    counted.cases += 1;
    if (line.id !== undefined) counted.ownIds = true;
  }
  return counted;
}

async function refuseRepeatedIds(store: Store, datasetId: string, path: string): Promise<void> {
  const repeated = await store.db
    .selectFrom('dataset_cases')
    .select('case_id')
    .where('dataset_id', '=', datasetId)
    .groupBy('case_id')
    .having((eb) => eb.fn.countAll(), '>', 1)
    .limit(1)
    .executeTakeFirst();
  if (!repeated) return;
  await store.db.deleteFrom('dataset_cases').where('dataset_id', '=', datasetId).execute();
  await store.db.deleteFrom('datasets').where('id', '=', datasetId).execute();
  throw new RedoubtError('FILE_INVALID', {
    field: path,
    reason: `the id "${repeated.case_id}" occurs more than once.`,
  });
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
  const known = await store.db
    .selectFrom('datasets')
    .select('id')
    .where('project_id', '=', projectId)
    .where('slug', '=', slug)
    .where('sha256', '=', sha256)
    .where('current', '=', 1)
    .executeTakeFirst();
  if (known) return known.id;
  const { cases, ownIds } = countLines(path);
  if (cases === 0) throw new RedoubtError('FILE_INVALID', { field: path, reason: 'the file holds no case.' });
  const id = newId();
  const row = {
    id,
    project_id: projectId,
    slug,
    title,
    version: sha256.slice(0, 12),
    sha256,
    role: 'case',
    cases,
    created_at: now,
  } as const;
  const stored = await storeDataset(store, row, rowsOf(path, slug));
  if (stored === id && ownIds) await refuseRepeatedIds(store, id, path);
  return stored;
}

function* rowsOf(
  path: string,
  slug: string,
): Generator<{
  position: number;
  case_id: string;
  expect: ReturnType<typeof caseColumns>['expect'];
  offline: 0 | 1;
  body: string;
}> {
  let position = 0;
  for (const { line } of requireLines(path)) {
    yield { position, ...caseColumns(line, `${slug}-${position + 1}`), body: JSON.stringify(line) };
    position += 1;
  }
}
