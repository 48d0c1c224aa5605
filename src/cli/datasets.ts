// `redoubt datasets`: looks at datasets, samples them, checks and adds files of one's own.
import Table from 'cli-table3';
import type { Command } from 'commander';
import { DEFAULT_PROJECT } from '../access/keys.ts';
import type { Redoubt } from '../compose.ts';
import { systemClock } from '../core/clock.ts';
import { RedoubtError } from '../core/errors.ts';
import { sampleIndices, seededRandom } from '../core/random.ts';
import { caseFileAt, readCases } from '../scan/datasets/case-file.ts';
import { testCaseOfBody } from '../scan/datasets/case-line.ts';
import { columnMapOf } from '../scan/datasets/csv-reader.ts';
import { reportOnFile } from '../scan/datasets/file-report.ts';
import {
  datasetOf,
  entryOfRow,
  listDatasets,
  ordinaryDatasets,
  resolveDataset,
  slugOf,
} from '../scan/datasets/index.ts';
import { nameOfFile, requireOwnName, storeCaseFile } from '../scan/datasets/own-file.ts';
import { casesAfter, retireDataset } from '../store/datasets.ts';
import type { DatasetCaseRow } from '../store/schema.ts';
import {
  type AddCommand,
  action,
  collect,
  exitCodes,
  numberOption,
  print,
  printJson,
  printJsonLine,
  textOption,
} from './command.ts';
import { type SettingsFlags, withSettings } from './settings-options.ts';
import { withRedoubt } from './with-redoubt.ts';

interface Flags extends SettingsFlags {
  readonly json?: boolean;
  readonly name?: string;
  readonly column?: readonly string[];
  readonly n?: number;
  readonly seed?: number;
}

/** More cases than this are not shown at once. */
const MOST_SHOWN = 10_000;

async function casesOf(redoubt: Redoubt, name: string): Promise<DatasetCaseRow[]> {
  const row = await resolveDataset(redoubt.store, DEFAULT_PROJECT, name, 'NAME', systemClock.now());
  return casesAfter(redoubt.store, row.id, -1, MOST_SHOWN);
}

function list(flags: Flags): Promise<void> {
  return withRedoubt(flags, async ({ store }) => {
    const entries = await listDatasets(store, DEFAULT_PROJECT);
    if (flags.json) return printJson(entries);
    const table = new Table({
      head: ['Name', 'Version', 'Cases', 'Origin'],
      colAligns: ['left', 'left', 'right', 'left'],
      style: { head: [], border: [] },
    });
    for (const row of entries) table.push([row.name, row.version, row.cases, row.origin]);
    print(table.toString());
  });
}

const shown = (row: DatasetCaseRow): Record<string, unknown> => {
  const { id, subcategory, lang, goal, expect, severity, messages, system, rubric, references } = testCaseOfBody(
    row.body,
    row.case_id,
  );
  return { id, subcategory, lang, expect, severity, goal, system, messages, rubric, references };
};

function show(name: string, flags: Flags): Promise<void> {
  return withRedoubt(flags, async (redoubt) => {
    const rows = await casesOf(redoubt, name);
    if (flags.json) return printJson(rows.map(shown));
    for (const row of rows) {
      const { id, subcategory, expect, goal } = testCaseOfBody(row.body, row.case_id);
      print(`${id}  [${subcategory}; ${expect}]  ${goal}`);
    }
  });
}

function sample(flags: Flags): Promise<void> {
  return withRedoubt(flags, async (redoubt) => {
    const all: DatasetCaseRow[] = [];
    for (const dataset of ordinaryDatasets()) all.push(...(await casesOf(redoubt, dataset.title)));
    const picked = sampleIndices(all.length, flags.n ?? 1, seededRandom(flags.seed ?? 1, 'datasets sample'));
    for (const index of picked) printJsonLine({ dataset: all[index]!.dataset_id, ...shown(all[index]!) });
  });
}

async function validate(file: string, flags: Flags): Promise<void> {
  const report = reportOnFile();
  const lines: Record<string, unknown>[] = [];
  for await (const entry of readCases(caseFileAt(file, columnMapOf(flags.column ?? [], '--column'))))
    for (const { number, text, isFault } of report.take(entry))
      if (flags.json) lines.push({ line: number, text, is_fault: isFault });
      else print(`line ${number}: ${text}`);
  const remarks = report.conclude();
  const { good, bad } = report.counts();
  if (bad > 0 || good === 0) process.exitCode = exitCodes.usage;
  if (flags.json) return printJson({ good, bad, lines, remarks });
  for (const sentence of remarks) print(sentence);
  print(`${good} good, ${bad} bad`);
}

function add(path: string, flags: Flags): Promise<void> {
  return withRedoubt(flags, async ({ store }) => {
    const file = caseFileAt(path, columnMapOf(flags.column ?? [], '--column'));
    const name = flags.name ?? nameOfFile(path);
    requireOwnName(name, flags.name === undefined ? `${path} without --name` : '--name');
    const row = await datasetOf(store, await storeCaseFile(store, DEFAULT_PROJECT, file, name, systemClock.now()));
    if (flags.json) return printJson(entryOfRow(row));
    print(`Added ${row.title}: ${row.cases} cases, version ${row.version}`);
  });
}

function remove(name: string, flags: Flags): Promise<void> {
  return withRedoubt(flags, async ({ store }) => {
    if (!(await retireDataset(store, DEFAULT_PROJECT, slugOf(name))))
      throw new RedoubtError('NOT_FOUND', { field: 'Dataset of yours', value: name });
    print(`Deleted ${name}. Scans that used it keep their version.`);
  });
}

const withColumns = (command: Command): Command =>
  command.option(
    '--column <key=column>',
    'CSV: the column that holds a key, e.g. prompt=Question (repeatable)',
    collect,
    [],
  );

export const datasetsCommand: AddCommand = (group) => {
  const command = (usage: string, description: string): Command =>
    withSettings(group.command(usage).description(description));
  command('list', 'all datasets').option('--json', 'print JSON').action(action(list));
  command('show <name>', 'the cases of a dataset').option('--json', 'print JSON').action(action(show));
  command('sample', 'cases drawn from all datasets, one JSON object a line')
    .option('--n <n>', 'how many', numberOption('--n', { min: 1 }), 10)
    .option('--seed <s>', 'seed of the draw', numberOption('--seed', { min: 0 }), 1)
    .option('--json', 'print JSON lines, as it does by itself')
    .action(action(sample));
  withColumns(group.command('validate <file>').description('check a JSONL or CSV file line by line'))
    .option('--json', 'print JSON')
    .action(action(validate));
  withColumns(command('add <file>', 'add a JSONL or CSV file as a dataset'))
    .option('--name <name>', 'its name (default: the file name)', textOption('--name'))
    .option('--json', 'print JSON')
    .action(action(add));
  command('delete <name>', 'delete a dataset of your own').action(action(remove));
};
