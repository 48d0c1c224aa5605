// Reads a CSV file row by row in constant memory: each row becomes the same line that JSONL would hold, with the
// number of the line where it starts.
import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { pipeline } from 'node:stream';
import { CsvError, type Parser, parse } from 'csv-parse';
import { invalidField, unknownValue } from '../../core/errors.ts';
import { notJson } from '../../core/json-fault.ts';
import { checkCaseLine } from './case-line.ts';
import { firstLineNotUtf8, type LineProblem, MAX_LINE_BYTES, NOT_UTF8, type NumberedLine } from './line-reader.ts';

/** Columns whose cells are taken as they stand. */
const textColumns = ['prompt', 'goal', 'system', 'rubric', 'reference'];
/** Columns whose cells are one word or name: blanks around it mean nothing. */
const wordColumns = ['id', 'category', 'subcategory', 'leaf', 'lang', 'expect', 'severity'];
/** Columns whose cells hold JSON. */
const jsonColumns = ['messages', 'variants', 'documents', 'tools', 'oracle'];
const REFERENCES = 'references';
const askingColumns = ['prompt', 'messages', 'variants'];

const HEADER_BYTES = 64 * 1024;
/** A semicolon is what spreadsheets write where the comma stands in numbers. */
const delimiters = [',', ';', '\t'];

interface ParsedRow {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

interface Row {
  readonly number: number;
  readonly cells: readonly string[];
}

type Cell = { readonly value: unknown } | { readonly problem: string };

function startOf(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(HEADER_BYTES);
    return buffer.subarray(0, readSync(file, buffer));
  } finally {
    closeSync(file);
  }
}

function delimiterOf(path: string): string {
  const header = startOf(path).toString('utf8').split(/\r?\n/, 1)[0]!;
  const counts = delimiters.map((delimiter) => header.split(delimiter).length);
  return delimiters[counts.indexOf(Math.max(...counts))]!;
}

/** What spreadsheets call Unicode text says so in its first bytes, and the parser reads it. */
const isMarkedUtf16 = (path: string): boolean => startOf(path).subarray(0, 2).equals(Buffer.of(0xff, 0xfe));

function parserOf(path: string): Parser {
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(path),
    info: true,
    max_record_size: MAX_LINE_BYTES,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  // An error reaches whoever reads the parser; a reader who stops closes the file.
  pipeline(createReadStream(path), parser, () => {});
  return parser;
}

function jsonOf(column: string, text: string): Cell {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { problem: `${column}: ${notJson(text, error)}` };
  }
}

function cellOf(column: string, text: string): Cell {
  if (textColumns.includes(column)) return { value: text };
  if (wordColumns.includes(column)) return { value: text.trim() };
  if (jsonColumns.includes(column) || text.trimStart().startsWith('[')) return jsonOf(column, text);
  return { value: text.split(';').map((reference) => reference.trim()) };
}

const knownColumns = [...textColumns, ...wordColumns, ...jsonColumns, REFERENCES];
const isKnown = (column: string): boolean => knownColumns.includes(column);

/** Which column of a file holds a key, where they are not named alike: `{ prompt: 'Customer question' }`. */
export type ColumnMap = Readonly<Record<string, string>>;

/** Reads `KEY=COLUMN`, each once. Throws an error of the catalogue that names `field`. */
export function columnMapOf(pairs: readonly string[], field: string): ColumnMap {
  const columns: Record<string, string> = {};
  for (const pair of pairs) {
    const [key, ...rest] = pair.split('=');
    const [wanted, column] = [key!.trim(), rest.join('=').trim()];
    if (column === '') throw invalidField(field, `"${pair}" is not of the form KEY=COLUMN.`);
    if (!isKnown(wanted)) throw unknownValue(field, wanted, knownColumns);
    if (wanted in columns) throw invalidField(field, `"${wanted}" is given twice.`);
    columns[wanted] = column;
  }
  return columns;
}

const plainName = (name: string): string => name.trim().toLowerCase();

/** The key of each column; a column that the map gives another key, or whose key it gives another column, has none. */
function keysOf(header: readonly string[], columns: ColumnMap): string[] {
  const keyOfColumn = new Map(Object.entries(columns).map(([key, column]) => [plainName(column), key]));
  return header.map(plainName).map((name) => keyOfColumn.get(name) ?? (name in columns ? '' : name));
}

function headerProblem(header: readonly string[], columns: readonly string[], map: ColumnMap): string | null {
  const absent = Object.entries(map).find(([key]) => !columns.includes(key));
  if (absent) return `the header has no column "${absent[1]}" for ${absent[0]}; it names ${header.join(', ')}`;
  const twice = columns.find((column, index) => isKnown(column) && columns.indexOf(column) < index);
  if (twice !== undefined) return `the header names the column "${twice}" twice`;
  if (askingColumns.some((column) => columns.includes(column))) return null;
  return `the header names none of the columns ${askingColumns.join(', ')}, but ${header.join(', ')}. Say which one it is: prompt=COLUMN`;
}

function checkRow(columns: readonly string[], cells: readonly string[]): ReturnType<typeof checkCaseLine> {
  if (cells.length !== columns.length)
    return { problem: `${cells.length} cells, where the header names ${columns.length} columns` };
  const line: Record<string, unknown> = {};
  for (const [index, column] of columns.entries()) {
    if (!isKnown(column) || cells[index]!.trim() === '') continue;
    const cell = cellOf(column, cells[index]!);
    if ('problem' in cell) return cell;
    line[column] = cell.value;
  }
  return checkCaseLine(line);
}

const countOf = (cells: readonly string[], pattern: RegExp): number =>
  cells.reduce((count, cell) => count + (cell.match(pattern)?.length ?? 0), 0);

async function* rowsOf(path: string): AsyncGenerator<Row | LineProblem> {
  // The parser counts to the end of a row, and a line end of Windows inside a cell as two.
  let countedTwice = 0;
  try {
    for await (const { record, info } of parserOf(path) as AsyncIterable<ParsedRow>) {
      countedTwice += countOf(record, /\r\n/g);
      yield { number: info.lines - countedTwice - countOf(record, /\r\n?|\n/g), cells: record };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const number = (Number(error.lines) || 1) - countedTwice;
    yield { number, problem: `${error.message}. Nothing after it was read` };
  }
}

/**
 * Every row that is not empty: read, or with what is wrong with it. The first row names the columns, in any order and
 * letter case; `map` leads keys to columns of other names, and what is left is left out. `oracle`, `messages`, `variants`, `documents` and `tools` hold
 * JSON, `references` JSON or texts parted by semicolons; an empty cell is an absent key.
 */
export async function* readCsv(path: string, map: ColumnMap): AsyncGenerator<NumberedLine | LineProblem> {
  const notUtf8 = isMarkedUtf16(path) ? null : await firstLineNotUtf8(path);
  if (notUtf8 !== null) {
    yield { number: notUtf8, problem: `${NOT_UTF8}. No row was read` };
    return;
  }
  let columns: readonly string[] | null = null;
  for await (const row of rowsOf(path)) {
    if ('problem' in row) {
      yield row;
    } else if (row.cells.every((cell) => cell.trim() === '')) {
    } else if (columns === null) {
      columns = keysOf(row.cells, map);
      const problem = headerProblem(row.cells, columns, map);
      if (problem === null) continue;
      yield { number: row.number, problem };
      return;
    } else {
      yield { number: row.number, ...checkRow(columns, row.cells) };
    }
  }
}
