// Finds out what a file is, by what is in it.
import { RedoubtError } from '../../core/errors.ts';
import { requireGivenFile, requireUtf8 } from '../given-file.ts';
import { headOf } from './file-text.ts';
import type { Importer } from './import.ts';
import { importers } from './index.ts';

/** The importer that reads this file, by what is in it. Throws FILE_INVALID where nothing readable is there. */
export async function importerOf(path: string): Promise<Importer> {
  requireGivenFile(path);
  const head = await headOf(path);
  if (head.text.trim() === '') throw new RedoubtError('FILE_INVALID', { field: path, reason: 'the file is empty.' });
  if (!head.isZip) await requireUtf8(path);
  const found = importers.find((importer) => importer.recognises(head));
  if (found) return found;
  const known = importers.map((importer) => importer.title).join(', ');
  throw new RedoubtError('FILE_INVALID', {
    field: path,
    reason: `line 1 begins no format that is known ("${head.text.trimStart().slice(0, 60).split('\n')[0]}"). Known: ${known}.`,
  });
}
