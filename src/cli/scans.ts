// `redoubt scans`: looks at stored scans, pauses, resumes, exports, judges anew, marks and deletes them.
import Table from 'cli-table3';
import type { Command } from 'commander';
import { DEFAULT_PROJECT } from '../access/keys.ts';
import { unknownValue } from '../core/errors.ts';
import { bareId } from '../core/ids.ts';
import { isoTime } from '../core/iso-time.ts';
import type { Progress } from '../scan/progress.ts';
import { findBaseline } from './baseline.ts';
import { COMMAND_LINE } from './by-command-line.ts';
import { type AddCommand, action, exitCodes, note, print, printDone, printJson } from './command.ts';
import { exportFile } from './export-files.ts';
import { progressLine } from './follow.ts';
import { fileNameOf, formatIds } from './formats.ts';
import { headlineFor } from './headline.ts';
import { runHere } from './run-here.ts';
import { addScansJudging } from './scans-judging.ts';
import { type SettingsFlags, withSettings } from './settings-options.ts';
import { withRedoubt } from './with-redoubt.ts';

interface Flags extends SettingsFlags {
  readonly json?: boolean;
  readonly format?: string;
  readonly out?: string;
  readonly fullAnswers?: boolean;
  readonly baseline?: string;
}

const described = (progress: Progress): Record<string, unknown> => ({
  scan_id: progress.scanId,
  name: progress.name,
  status: progress.status,
  reason: progress.reason,
  planned: progress.planned,
  done: progress.done,
  decided: progress.decided,
  outcomes: progress.byOutcome,
  percentage: progress.percentage,
  remaining_seconds: progress.remainingSeconds,
  created_at: isoTime(progress.createdAt),
});

function list(flags: Flags): Promise<void> {
  return withRedoubt(flags, async (redoubt) => {
    const scans = await redoubt.scans.list(DEFAULT_PROJECT);
    if (flags.json) return printJson(scans.map(described));
    if (scans.length === 0) return print('No scan yet. Start one with: redoubt scan --target URL --model NAME');
    const table = new Table({
      head: ['Id', 'Name', 'Status', 'Tests', 'Breached', 'Created'],
      style: { head: [], border: [] },
    });
    for (const scan of scans)
      table.push([
        scan.scanId,
        scan.name,
        scan.status,
        `${scan.done} of ${scan.planned}`,
        scan.byOutcome.breached,
        isoTime(scan.createdAt),
      ]);
    print(table.toString());
  });
}

function show(id: string, flags: Flags): Promise<void> {
  return withRedoubt(flags, async (redoubt) => {
    const progress = await redoubt.scans.progress(DEFAULT_PROJECT, bareId(id), id);
    const summary =
      progress.status === 'Finished' ? await redoubt.scans.summary(DEFAULT_PROJECT, bareId(id), 'summary') : null;
    if (flags.json) return printJson({ ...described(progress), summary });
    print(progressLine(progress));
    if (progress.reason !== null) print(progress.reason);
    if (summary !== null) print(await headlineFor(redoubt, summary));
  });
}

function pause(id: string, flags: Flags): Promise<void> {
  return withRedoubt(flags, async (redoubt) => {
    await redoubt.scans.pause(DEFAULT_PROJECT, bareId(id), id);
    const progress = await redoubt.scans.progress(DEFAULT_PROJECT, bareId(id));
    printDone(flags, described(progress), `Paused ${bareId(id)}. Go on with: redoubt scans resume ${bareId(id)}`);
  });
}

function resume(id: string, flags: Flags): Promise<void> {
  return withRedoubt(flags, async (redoubt) => {
    await redoubt.scans.retry(DEFAULT_PROJECT, bareId(id), id);
    const progress = await runHere(redoubt, DEFAULT_PROJECT, bareId(id));
    printDone(flags, described(progress), progressLine(progress));
    if (progress.reason !== null) note(progress.reason);
    if (progress.status !== 'Finished') process.exitCode = exitCodes.failed;
  });
}

function exportScan(id: string, flags: Flags): Promise<void> {
  return withRedoubt(flags, async (redoubt) => {
    const format = formatIds.find((each) => each === (flags.format ?? 'zip'));
    if (format === undefined) throw unknownValue('--format', flags.format ?? '', formatIds);
    const summary = await redoubt.scans.summary(DEFAULT_PROJECT, bareId(id), 'export', id);
    const row = await redoubt.scans.get(DEFAULT_PROJECT, bareId(id), id);
    const path = flags.out ?? fileNameOf(format);
    const baseline = flags.baseline === undefined ? null : (await findBaseline(redoubt.store, flags.baseline)).row;
    await exportFile({ redoubt, row, summary, fullAnswers: flags.fullAnswers ?? false, baseline }, format, path);
    printDone(flags, { scan_id: row.id, format, file: path }, `Wrote ${path}`);
  });
}

function remove(id: string, flags: Flags): Promise<void> {
  return withRedoubt(flags, async (redoubt) => {
    await redoubt.scans.remove(DEFAULT_PROJECT, bareId(id), COMMAND_LINE);
    printDone(flags, { scan_id: bareId(id), deleted: true }, `Deleted ${bareId(id)}`);
  });
}

export const scansCommand: AddCommand = (group) => {
  const add = (usage: string, description: string): Command =>
    withSettings(group.command(usage).description(description)).option('--json', 'print JSON');
  add('list', 'all scans of the project').action(action(list));
  add('show <id>', 'how a scan stands, or what it found').action(action(show));
  add('pause <id>', 'pause a scan that is running').action(action(pause));
  add('resume <id>', 'go on with a Paused, Failed or Error scan').action(action(resume));
  add('export <id>', 'write a file of a finished scan')
    .option('--format <format>', formatIds.join(' | '), 'zip')
    .option('--out <file>', 'where to')
    .option('--baseline <name|id>', 'for sarif and markdown: the scan that findings are held against')
    .option('--full-answers', 'do not shorten answers that were judged breached or partial in pdf, html and csv')
    .action(action(exportScan));
  addScansJudging(add);
  add('delete <id>', 'delete a scan with all it holds').action(action(remove));
};
