// Reads a JSONL file line by line in constant memory, and says at which line something is wrong.
import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import { RedoubtError } from '../../core/errors.ts';
import { notJson } from '../../core/json-fault.ts';
import { createSlices } from '../../core/slices.ts';
import { type CaseLine, checkCaseLine } from './case-line.ts';

const CHUNK_BYTES = 256 * 1024;
const NEWLINE = 10;
/** A request of this size is no request any more. */
export const MAX_LINE_BYTES = 1024 * 1024;

/** Each chunk holds until the next one is asked for: both lie in one buffer. */
function* chunksOf(path: string): Generator<Buffer> {
  const file = openSync(path, 'r');
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  try {
    for (;;) {
      const length = readSync(file, buffer, 0, CHUNK_BYTES, null);
      if (length === 0) return;
      yield buffer.subarray(0, length);
    }
  } finally {
    closeSync(file);
  }
}

/** Lines as bytes; null for one that is too long, of which no more is held than of any other. */
function* linesOf(path: string): Generator<Buffer | null> {
  let rest: Buffer = Buffer.alloc(0);
  let isTooLong = false;
  for (const chunk of chunksOf(path)) {
    const data = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let start = 0;
    for (let end = data.indexOf(NEWLINE); end >= 0; end = data.indexOf(NEWLINE, start)) {
      yield isTooLong || end - start > MAX_LINE_BYTES ? null : data.subarray(start, end);
      isTooLong = false;
      start = end + 1;
    }
    isTooLong ||= data.length - start > MAX_LINE_BYTES;
    rest = isTooLong ? Buffer.alloc(0) : Buffer.from(data.subarray(start));
  }
  yield isTooLong ? null : rest;
}

/** A line of a file with its number, counted from 1. */
export interface NumberedLine {
  readonly number: number;
  readonly line: CaseLine;
}

export interface LineProblem {
  readonly number: number;
  readonly problem: string;
}

export const NOT_UTF8 = 'not UTF-8; save the file as UTF-8';

function parseLine(text: string): { line: CaseLine } | { problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { problem: notJson(text, error) };
  }
  return checkCaseLine(json);
}

/** Every line that is not empty: read, or with what is wrong with it. */
export function* readLines(path: string): Generator<NumberedLine | LineProblem> {
  let number = 0;
  for (const bytes of linesOf(path)) {
    number += 1;
    if (bytes === null) yield { number, problem: 'the line is longer than 1 MB' };
    else if (!isUtf8(bytes)) yield { number, problem: NOT_UTF8 };
    else {
      const text = number === 1 ? bytes.toString('utf8').replace(/^\uFEFF/, '') : bytes.toString('utf8');
      if (text.trim() !== '') yield { number, ...parseLine(text) };
    }
  }
}

/** Number of the first line that is not UTF-8; null where all are. Others of this thread have turns in between. */
export async function firstLineNotUtf8(path: string): Promise<number | null> {
  const slices = createSlices();
  let number = 0;
  for (const bytes of linesOf(path)) {
    number += 1;
    if (bytes !== null && !isUtf8(bytes)) return number;
    if (slices.isOver()) await slices.next();
  }
  return null;
}

/** The lines of a file that must be whole. Throws FILE_INVALID at the first bad line, naming file and line. */
export function* requireLines(path: string): Generator<NumberedLine> {
  for (const entry of readLines(path)) {
    if ('problem' in entry)
      throw new RedoubtError('FILE_INVALID', { field: `${path}, line ${entry.number}`, reason: entry.problem });
    yield entry;
  }
}
