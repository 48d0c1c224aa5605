// A user's file of cases, JSONL or CSV by its ending: what both formats share, so that nobody else asks which it is.
import { existsSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import { RedoubtError } from '../../core/errors.ts';
import { readCsv } from './csv-reader.ts';
import { type LineProblem, type NumberedLine, readLines } from './line-reader.ts';

/** Throws FILE_INVALID where nothing readable is there. */
export function requireFile(path: string): void {
  if (!existsSync(path)) throw new RedoubtError('FILE_INVALID', { field: path, reason: 'there is no such file.' });
  if (!statSync(path).isFile()) throw new RedoubtError('FILE_INVALID', { field: path, reason: 'this is no file.' });
}

/** Every line or row that is not empty: read, or with what is wrong with it. Files ending in .csv are CSV. */
export async function* readCases(path: string): AsyncGenerator<NumberedLine | LineProblem> {
  yield* extname(path).toLowerCase() === '.csv' ? readCsv(path) : readLines(path);
}

/** The cases of a file that must be whole. Throws FILE_INVALID at the first bad line, naming file and line. */
export async function* requireCases(path: string): AsyncGenerator<NumberedLine> {
  for await (const entry of readCases(path)) {
    if ('problem' in entry)
      throw new RedoubtError('FILE_INVALID', { field: `${path}, line ${entry.number}`, reason: entry.problem });
    yield entry;
  }
}
