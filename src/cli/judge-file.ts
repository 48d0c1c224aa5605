// `redoubt judge FILE`: judges the answers of a file, and holds the verdicts that it carries against ours.

import { once } from 'node:events';
import { closeSync, createWriteStream, openSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { Option } from 'commander';
import { openConfiguredJudge, softwareVersion } from '../compose.ts';
import { invalidField, RedoubtError } from '../core/errors.ts';
import type { ComparisonData } from '../reports/comparison-data.ts';
import { sha256OfFile } from '../scan/file-hash.ts';
import { requireReadable } from '../scan/given-file.ts';
import { comparisonData, judgedLine, keepExamples } from '../scan/imports/comparison-report.ts';
import { importers } from '../scan/imports/index.ts';
import { type Judge, judgeFile } from '../scan/imports/judge-file.ts';
import { action, exitCodes, jsonText, note, print, printJsonInTurn } from './command.ts';
import { parseComparisonCondition } from './comparison-fail-on.ts';
import { comparisonText } from './comparison-text.ts';
import { isSameFile } from './files-read.ts';
import { type SettingsFlags, settingsOf } from './settings-options.ts';

interface Flags extends Pick<SettingsFlags, 'config'> {
  readonly json?: boolean;
  readonly out?: string;
  readonly html?: string;
  readonly pdf?: string;
  readonly highMeans?: 'breached' | 'held';
  readonly failOn?: string;
}

/** Where the judged lines go: to the output with --json, to a file with --out, or nowhere. */
interface LineWriter {
  write(line: string): Promise<void>;
  close(): Promise<void>;
}

const unwritable = (field: string, path: string, cause: unknown): RedoubtError =>
  new RedoubtError(
    'FILE_UNWRITABLE',
    { field, value: path, reason: cause instanceof Error ? cause.message : 'unknown' },
    cause,
  );

const printer: LineWriter = { write: printJsonInTurn, close: async () => undefined };

async function writerToFile(path: string): Promise<LineWriter> {
  const stream = createWriteStream(path);
  try {
    await once(stream, 'open');
  } catch (cause) {
    throw unwritable('--out', path, cause);
  }
  return {
    async write(line) {
      if (!stream.write(`${line}\n`)) await once(stream, 'drain');
    },
    close: () => new Promise((resolve) => void stream.end(resolve)),
  };
}

async function writersOf(flags: Flags): Promise<LineWriter[]> {
  return [...(flags.json ? [printer] : []), ...(flags.out === undefined ? [] : [await writerToFile(flags.out)])];
}

async function exportTo(field: string, path: string, make: () => string | Promise<Buffer>): Promise<void> {
  const content = await make();
  try {
    writeFileSync(path, content);
  } catch (cause) {
    throw unwritable(field, path, cause);
  }
  note(`Wrote ${path}`);
}

/** Before anything is judged: a judge model costs money. Throws FILE_UNWRITABLE. */
function requirePlacesToWrite({ html, pdf }: Flags): void {
  for (const [flag, path] of Object.entries({ '--html': html, '--pdf': pdf })) {
    if (path === undefined) continue;
    try {
      closeSync(openSync(path, 'a'));
    } catch (cause) {
      throw unwritable(flag, path, cause);
    }
  }
}

async function exportReports(flags: Flags, data: ComparisonData): Promise<void> {
  if (flags.html !== undefined) {
    const { comparisonHtml } = await import('../reports/comparison-html.ts');
    await exportTo('--html', flags.html, () => comparisonHtml(data));
  }
  if (flags.pdf !== undefined) {
    const { comparisonPdf } = await import('../reports/comparison-pdf.ts');
    await exportTo('--pdf', flags.pdf, () => comparisonPdf(data));
  }
}

async function judgedData(path: string, flags: Flags, judging: Judge): Promise<ComparisonData> {
  const { file, rows } = await judgeFile(path, judging, { highMeans: flags.highMeans ?? null });
  const writers = await writersOf(flags);
  const examples = keepExamples();
  for await (const row of rows) {
    examples.keep(row);
    const line = writers.length > 0 ? jsonText(judgedLine(row)) : '';
    for (const writer of writers) await writer.write(line);
  }
  for (const writer of writers) await writer.close();
  const source = { name: path, sha256: await sha256OfFile(path) };
  return comparisonData(file, source, softwareVersion(), examples.kept());
}

/** Throws INVALID_FIELD where a file would be written over the one that is read. */
function requireOtherPlaces(path: string, { out, html, pdf }: Flags): void {
  for (const [flag, place] of Object.entries({ '--out': out, '--html': html, '--pdf': pdf }))
    if (place !== undefined && isSameFile(path, place))
      throw invalidField(flag, 'is the file that is read: name another.');
}

async function judgeGivenFile(path: string, flags: Flags): Promise<void> {
  requireOtherPlaces(path, flags);
  const crossed = flags.failOn === undefined ? null : parseComparisonCondition(flags.failOn);
  requireReadable(path);
  requirePlacesToWrite(flags);
  const judge = openConfiguredJudge(settingsOf(flags));
  const data = await judgedData(path, flags, judge.judging).finally(() => judge.close());
  (flags.json ? note : print)(comparisonText(data));
  if (flags.out !== undefined) note(`Wrote ${flags.out}`);
  await exportReports(flags, data);
  if (data.not_understood.rows > 0) process.exitCode = exitCodes.usage;
  else if (crossed?.(data)) process.exitCode = exitCodes.crossed;
}

const formats = importers.map(({ title }) => `  ${title}`).join('\n');

/** Gives the command its file and its options. */
export function addJudgeFile(command: Command): void {
  command
    .argument('<file>', 'what was answered, as the tool left it')
    .option('--json', 'print one JSON line a row; the table then goes to the error output')
    .option('--out <file>', 'write one JSON line a row to a file')
    .option('--html <file>', 'write the table and the rows that differ as a page')
    .option('--pdf <file>', 'the same as a PDF')
    .addOption(
      new Option(
        '--high-means <verdict>',
        'what a high score of the tool says, where its format leaves it open',
      ).choices(['breached', 'held']),
    )
    .option('--fail-on <condition>', "exit with 1 when e.g. 'breached>0', 'missed>0', 'false>2' or 'errors-as-pass>0'")
    .option(
      '--config <file>',
      'settings file, which may name a judge model (default: redoubt.yaml here or in the data folder)',
    )
    .addHelpText(
      'after',
      `\nReads, by what is in the file:\n${formats}\nExits with 0; with 1 when --fail-on is crossed; with 2 when a row was not understood.`,
    )
    .action(action(judgeGivenFile));
}
