// A user's file of cases, JSONL or CSV: what both formats share, so that nobody else asks which it is.
import { extname } from 'node:path';
import { RedoubtError } from '../../core/errors.ts';
import { createSlices } from '../../core/slices.ts';
import { requireGivenFile } from '../given-file.ts';
import { type ColumnMap, readCsv } from './csv-reader.ts';
import { type LineProblem, type NumberedLine, readLines } from './line-reader.ts';

export interface CaseFile {
  readonly path: string;
  readonly format: 'jsonl' | 'csv';
  /** Of a CSV file: keys whose column has another name. */
  readonly columns: ColumnMap;
  /** What errors call the file. */
  readonly shownAs: string;
}

/** A file under its own name: one that ends in .csv is CSV, every other JSONL. Throws FILE_INVALID where there is none. */
export function caseFileAt(path: string, columns: ColumnMap = {}): CaseFile {
  requireGivenFile(path);
  const format = extname(path).toLowerCase() === '.csv' ? 'csv' : 'jsonl';
  return { path, format, columns, shownAs: path };
}

/** Every line or row that is not empty: read, or with what is wrong with it. Others of this thread have turns in between. */
export async function* readCases(file: CaseFile): AsyncGenerator<NumberedLine | LineProblem> {
  const slices = createSlices();
  for await (const entry of file.format === 'csv' ? readCsv(file.path, file.columns) : readLines(file.path)) {
    yield entry;
    if (slices.isOver()) await slices.next();
  }
}

/** The cases of a file that must be whole. Throws FILE_INVALID at the first bad line, naming file and line. */
export async function* requireCases(file: CaseFile): AsyncGenerator<NumberedLine> {
  for await (const entry of readCases(file)) {
    if ('problem' in entry)
      throw new RedoubtError('FILE_INVALID', { field: `${file.shownAs}, line ${entry.number}`, reason: entry.problem });
    yield entry;
  }
}
