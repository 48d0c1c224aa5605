// Inspect's logs (UK AISI, inspect_ai): the .json log as one document, the .eval log as a ZIP of one file a sample.
// Of its documentation: "Eval Logs", format version 2.
import { buffer } from 'node:stream/consumers';
import { inflateRawSync, zstdDecompressSync } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { RedoubtError } from '../../core/errors.ts';
import { textOf } from './file-text.ts';
import type { Imported, Importer, ImportOptions } from './import.ts';
import { inspectRow } from './inspect-sample.ts';
import { jsonParts } from './json-parts.ts';
import { jsonValue } from './json-value.ts';

const KNOWN_VERSION = 2;

const versionOf = (version: unknown): Imported => ({
  kind: 'version',
  version: `log version ${String(version)}`,
  known: version === KNOWN_VERSION,
});

const softwareOf = (version: unknown): Imported => ({
  kind: 'version',
  version: `inspect_ai ${String(version)}`,
  known: true,
});

async function* fromJson(path: string, options: ImportOptions): AsyncGenerator<Imported> {
  const parts = jsonParts(textOf(path), ['version', 'eval.packages.inspect_ai', 'samples.*']);
  for await (const { line, pattern, parsed } of parts) {
    const place = `line ${line}`;
    if ('problem' in parsed) yield { kind: 'problem', place, problem: parsed.problem };
    else if (pattern === 'version') yield versionOf(parsed.value);
    else if (pattern === 'samples.*') yield* inspectRow(parsed.value, place, options);
    else yield softwareOf(parsed.value);
  }
}

export const inspectJson: Importer = {
  id: 'inspect',
  title: 'Inspect log (JSON)',
  recognises: ({ text }) => /^\s*\{\s*"version"\s*:\s*\d+\s*,\s*"status"/.test(text),
  read: fromJson,
};

/** A sample larger than this when unpacked is refused. */
const MOST_BYTES = 256 * 1024 * 1024;
const limits = { maxOutputLength: MOST_BYTES };

/** Methods of compression (APPNOTE 4.4.5): Inspect writes Zstandard since 0.3.180 or so, deflated files before that. */
const unpack: Readonly<Record<number, (packed: Buffer) => Buffer>> = {
  0: (packed) => packed,
  8: (packed) => inflateRawSync(packed, limits),
  93: (packed) => zstdDecompressSync(packed, limits),
};

async function contentOf(
  zip: ZipFile,
  entry: Entry,
): Promise<{ readonly value: unknown } | { readonly problem: string }> {
  const method = unpack[entry.compressionMethod];
  if (method === undefined) return { problem: `compressed by method ${entry.compressionMethod}, which is not known` };
  let text: string;
  try {
    const packed = await buffer(await zip.openReadStreamPromise(entry, { decodeFileData: false }));
    text = method(packed).toString('utf8');
  } catch (error) {
    const isTooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    return { problem: isTooLarge ? `larger than ${MOST_BYTES / 1024 / 1024} MB when unpacked` : 'damaged' };
  }
  return jsonValue(text);
}

const SAMPLE = /^samples\/.*\.json$/;

async function* entryOf(zip: ZipFile, entry: Entry, options: ImportOptions): AsyncGenerator<Imported> {
  const place = entry.fileName;
  if (!SAMPLE.test(place) && place !== 'header.json') {
    yield { kind: 'aside', what: 'sums and journal of the log' };
    return;
  }
  const content = await contentOf(zip, entry);
  if ('problem' in content) {
    yield { kind: 'problem', place, problem: content.problem };
    return;
  }
  if (place !== 'header.json') return yield* inspectRow(content.value, place, options);
  const header = content.value as { version?: unknown; eval?: { packages?: { inspect_ai?: unknown } } } | null;
  yield versionOf(header?.version);
  yield softwareOf(header?.eval?.packages?.inspect_ai);
}

/** The list of what is in an archive stands at its end: of one that is cut off nothing can be found. */
async function openArchive(path: string): Promise<ZipFile> {
  try {
    return await yauzl.openPromise(path);
  } catch (cause) {
    const reason = 'the archive is cut off or damaged: copy it again from where Inspect left it.';
    throw new RedoubtError('FILE_INVALID', { field: path, reason }, cause);
  }
}

/** What is in the archive; null where its list goes wrong, after which nothing more is found. */
async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry | null> {
  try {
    yield* zip.eachEntry();
  } catch {
    yield null;
  }
}

async function* fromEval(path: string, options: ImportOptions): AsyncGenerator<Imported> {
  const zip = await openArchive(path);
  for await (const entry of entriesOf(zip)) {
    if (entry !== null) yield* entryOf(zip, entry, options);
    else yield { kind: 'problem', place: 'list of the archive', problem: 'damaged. Nothing after it was read' };
  }
}

export const inspectEval: Importer = {
  id: 'inspect-eval',
  title: 'Inspect log (.eval)',
  recognises: ({ isZip, text }) => isZip && /_journal\/|samples\/|header\.json/.test(text),
  read: fromEval,
};
