// PyRIT's exports of its memory (microsoft/PyRIT, memory.export_conversations, until 0.x with scores in each piece): a
// JSON list or a CSV table of message pieces, one conversation after the other. Every answer of the target is a row.
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { type CastingContext, CsvError, parse } from 'csv-parse';
import { textOf } from './file-text.ts';
import type { Imported, Importer, ImportOptions } from './import.ts';
import { jsonParts } from './json-parts.ts';
import { conversationReader } from './pyrit-conversation.ts';

async function* fromJson(path: string, options: ImportOptions): AsyncGenerator<Imported> {
  const read = conversationReader(options);
  for await (const { line, parsed } of jsonParts(textOf(path), ['*'])) {
    const place = `line ${line}`;
    if ('problem' in parsed) yield { kind: 'problem', place, problem: parsed.problem };
    else yield* read(parsed.value, place);
  }
}

export const pyritJson: Importer = {
  id: 'pyrit',
  title: 'PyRIT conversations (JSON)',
  recognises: ({ text }) =>
    /^\s*\[/.test(text) && ['conversation_id', 'original_value'].every((key) => text.includes(`"${key}"`)),
  read: fromJson,
};

/** Keeps the line of the file beside each record. */
interface CsvRecord {
  readonly record: Readonly<Record<string, string>>;
  readonly info: Pick<CastingContext, 'lines'>;
}

/** A table that is broken ends with what is wrong with it. */
async function* fromCsv(path: string, options: ImportOptions): AsyncGenerator<Imported> {
  const read = conversationReader(options);
  const parser = parse({ columns: true, bom: true, info: true, relax_column_count: true });
  // An error of the file reaches whoever reads the parser; a reader who stops closes the file.
  pipeline(createReadStream(path), parser, () => {});
  try {
    for await (const { record, info } of parser as AsyncIterable<CsvRecord>) yield* read(record, `line ${info.lines}`);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const place = `line ${String(error.lines)}`;
    yield { kind: 'problem', place, problem: `${error.message}. Nothing after it was read` };
  }
}

export const pyritCsv: Importer = {
  id: 'pyrit-csv',
  title: 'PyRIT conversations (CSV)',
  recognises: ({ text }) => {
    const [header = ''] = text.split('\n', 1);
    return ['conversation_id', 'original_value', 'role'].every((column) => header.includes(column));
  },
  read: fromCsv,
};
