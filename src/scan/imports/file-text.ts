// Reads a file as text, in pieces or line by line, in memory that does not grow with the file.

import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { isRecord } from '../../core/records.ts';
import type { FileHead, Imported } from './import.ts';
import { jsonValue } from './json-value.ts';

const HEAD_BYTES = 64 * 1024;
const CHUNK_BYTES = 256 * 1024;
/** A line this long is no result of one test any more. */
const MOST_CHARACTERS = 64 * 1024 * 1024;

const ZIP_SIGNATURE = 'PK\u0003\u0004';
const BYTE_ORDER_MARK = /^\uFEFF/;

/** The file's text in pieces, without a byte order mark. */
export async function* textOf(path: string): AsyncGenerator<string> {
  let isFirst = true;
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: CHUNK_BYTES })) {
    yield isFirst ? String(chunk).replace(BYTE_ORDER_MARK, '') : String(chunk);
    isFirst = false;
  }
}

/** A line with its number, counted from 1; `text` is null where the line is too long to be held. */
export interface Line {
  readonly number: number;
  readonly text: string | null;
}

/** Every line that is not blank. */
export async function* linesOf(path: string): AsyncGenerator<Line> {
  let number = 0;
  let pieces: string[] = [];
  let length = 0;
  const finished = (): Line[] => {
    number += 1;
    const text = length > MOST_CHARACTERS ? null : pieces.join('');
    pieces = [];
    length = 0;
    return text === null || text.trim() !== '' ? [{ number, text }] : [];
  };
  const add = (piece: string): void => {
    length += piece.length;
    if (length <= MOST_CHARACTERS) pieces.push(piece);
    else pieces = [];
  };
  for await (const chunk of textOf(path)) {
    let start = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', start)) {
      add(chunk.slice(start, end));
      yield* finished();
      start = end + 1;
    }
    add(chunk.slice(start));
  }
  yield* finished();
}

function recordOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

async function firstRecord(path: string): Promise<Record<string, unknown> | null> {
  for await (const { text } of linesOf(path)) return text === null ? null : recordOf(text);
  return null;
}

/** The beginning of the file, for recognising it. */
export async function headOf(path: string): Promise<FileHead> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read({
      buffer: Buffer.alloc(HEAD_BYTES),
      length: HEAD_BYTES,
      position: 0,
    });
    const text = buffer.subarray(0, bytesRead).toString('utf8').replace(BYTE_ORDER_MARK, '');
    const isZip = text.startsWith(ZIP_SIGNATURE);
    return { text, isZip, firstLine: isZip || !text.trimStart().startsWith('{') ? null : await firstRecord(path) };
  } finally {
    await file.close();
  }
}

/** A line as JSON, or what is wrong with it. */
export function parseLine({ text }: Line): { readonly value: unknown } | { readonly problem: string } {
  if (text === null) return { problem: `the line is longer than ${MOST_CHARACTERS / 1024 / 1024} MB` };
  return jsonValue(text);
}

/** The rows of a file of one JSON object a line; a line that is none is a problem at its place. */
export async function* rowsOfLines(
  path: string,
  rowOf: (value: unknown, place: string, number: number) => Imported,
): AsyncGenerator<Imported> {
  for await (const line of linesOf(path)) {
    const place = `line ${line.number}`;
    const parsed = parseLine(line);
    yield 'problem' in parsed
      ? { kind: 'problem', place, problem: parsed.problem }
      : rowOf(parsed.value, place, line.number);
  }
}
