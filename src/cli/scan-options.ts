// The options of `redoubt scan`, and the request that they make.
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { DEFAULT_PROJECT } from '../access/keys.ts';
import type { Settings } from '../config.ts';
import { invalidField, RedoubtError } from '../core/errors.ts';
import { guardModes } from '../core/guarding.ts';
import { inputModalities, scanRanges } from '../core/scan-ranges.ts';
import { imageAttacks } from '../scan/attacks/image-attacks.ts';
import { builtInTitles } from '../scan/datasets/index.ts';
import { requireOneOfEachName, storeOwnFile } from '../scan/datasets/own-file.ts';
import { DEFAULT_PRESET, type PresetId, presetIds } from '../scan/presets.ts';
import type { DatasetChoice, ScanRequest } from '../scan/request.ts';
import { DEFAULT_SEED } from '../scan/spec.ts';
import { requireSuite, type Suite } from '../scan/suites/catalogue.ts';
import { storeSuite } from '../scan/suites/store-suite.ts';
import type { Store } from '../store/store.ts';
import { requireAttackNames } from './attack-names.ts';
import { type BoundFlags, boundsOf, withBoundOptions } from './bound-options.ts';
import { collect, numberOption, textOption } from './command.ts';
import { DEFAULT_FORMATS, formatIds } from './formats.ts';
import type { SettingsFlags } from './settings-options.ts';
import { type TargetFlags, targetOf, withTargetOptions } from './target-options.ts';

export interface ScanFlags extends SettingsFlags, TargetFlags, BoundFlags {
  readonly name?: string;
  readonly dataset: readonly string[];
  readonly attack: readonly string[];
  readonly suite?: string;
  readonly preset?: string;
  readonly inputModality: readonly string[];
  readonly out?: string;
  readonly formats?: string;
  readonly fullAnswers?: boolean;
  readonly limit?: number;
  readonly seed?: number;
  /** Which of these are the settings' defaults, for errors. */
  readonly byDefault?: Readonly<Record<keyof typeof settingOf, boolean>>;
  readonly judge: boolean;
  readonly guard?: string;
  readonly guardPolicy: readonly string[];
  readonly baseline?: string;
  readonly failOn: readonly string[];
  readonly authorisedBy?: string;
  readonly dryRun?: boolean;
  readonly template?: boolean;
  readonly json?: boolean;
}

const settingOf = {
  dataset: ['--dataset', 'datasets'],
  attack: ['--attack', 'attacks'],
  guardPolicy: ['--guard-policy', 'guard_policies'],
  out: ['--out', 'out'],
  maxCost: ['--max-cost', 'max_cost'],
  untilInterval: ['--until-interval', 'until_interval'],
} as const;

/** What a value was said by, for errors: the flag, or the setting where no flag says it. */
export function saidBy({ byDefault }: ScanFlags, value: keyof typeof settingOf): string {
  const [flag, setting] = settingOf[value];
  return byDefault?.[value] ? `Setting defaults.${setting}` : flag;
}

/** What is asked. */
const withPlanOptions = (command: Command): Command =>
  command
    .option('--name <name>', 'name of the scan', textOption('--name'))
    .option(
      '--dataset <name|file>',
      'dataset by name, or a JSONL or CSV file of yours (repeatable; default: all that ship)',
      collect,
      [],
    )
    .option(
      '--attack <name>',
      'exactly these attacks, e.g. direct, or NAME:KEY=VALUE,KEY=VALUE with parameters of redoubt attacks list (repeatable; default: those of the preset)',
      collect,
      [],
    )
    .option('--suite <name>', 'a suite, e.g. prompt-injection, or dataset:NAME: its cases under its attacks')
    .option('--preset <name>', presetIds.join(' | '))
    .option(
      '--input-modality <name>',
      'what the target takes: text (default), image; repeatable: images add typographic attacks',
      collect,
      [],
    );

export const withScanOptions = (command: Command): Command =>
  withPlanOptions(withBoundOptions(withTargetOptions(command)))
    .option('--out <dir>', 'where to leave the files (default: here)')
    .option('--formats <list>', `files to leave: ${formatIds.join(', ')} (default: ${DEFAULT_FORMATS})`)
    .option('--full-answers', 'do not shorten answers that were judged breached or partial in pdf, html and csv')
    .option(
      '--limit <n>',
      'at most this many cases in all, drawn by the seed',
      numberOption('--limit', scanRanges.limit),
    )
    .option(
      '--seed <n>',
      `seed of everything that is drawn (default: ${DEFAULT_SEED})`,
      numberOption('--seed', scanRanges.seed),
    )
    .option('--no-judge', 'store the answers unjudged')
    .option('--guard <mode>', `the guard in the scan: ${guardModes.join(' | ')} (default none)`)
    .option(
      '--guard-policy <id>',
      'policies that the guard holds to (repeatable; default: the default set)',
      collect,
      [],
    )
    .option(
      '--baseline <name|id>',
      'hold the scan against this one; the first scan that names a baseline which there is not becomes it',
      textOption('--baseline'),
    )
    .option(
      '--fail-on <condition>',
      "exit with 1 when crossed: 'new', 'regression', 'rate>5%', 'breached>0', 'asr>5%', 'severity>=high' (repeatable)",
      collect,
      [],
    )
    .option(
      '--authorised-by <text>',
      'who authorised the test, for hosts outside this machine',
      textOption('--authorised-by'),
    )
    .option('--dry-run', 'print what the scan would take (with --json as JSON) and end: no call is made')
    .option('--template', 'print a template of a scan file and end')
    .option('--json', 'print the summary as JSON');

function presetOf(name: string | undefined): PresetId {
  const preset = presetIds.find((id) => id === (name ?? DEFAULT_PRESET));
  if (preset === undefined)
    throw new RedoubtError('UNKNOWN_VALUE', { field: '--preset', value: name ?? '', allowed: presetIds });
  return preset;
}

/** What is run on top of the attacks asked for. Throws UNKNOWN_VALUE. */
function addedBy(modalities: readonly string[]): readonly string[] {
  const unknown = modalities.find((name) => !inputModalities.some((each) => each === name));
  if (unknown !== undefined)
    throw new RedoubtError('UNKNOWN_VALUE', { field: '--input-modality', value: unknown, allowed: inputModalities });
  return modalities.includes('image') ? imageAttacks : [];
}

/** A suite brings its own cases. Throws UNKNOWN_VALUE, and INVALID_FIELD beside a dataset. */
function suiteOf({ suite, dataset }: ScanFlags): Suite | null {
  if (suite === undefined) return null;
  if (dataset.length > 0) throw invalidField('--suite', 'brings its own cases: leave --dataset out');
  return requireSuite(suite, '--suite');
}

function guardOf(flags: ScanFlags): Pick<ScanRequest, 'guard'> {
  const mode = guardModes.find((each) => each === (flags.guard ?? 'none'));
  if (mode === undefined)
    throw new RedoubtError('UNKNOWN_VALUE', { field: '--guard', value: flags.guard ?? '', allowed: guardModes });
  if (mode === 'none' && flags.guardPolicy.length > 0)
    throw invalidField('--guard-policy', 'says what the guard holds to: add --guard only or --guard both.');
  return mode === 'none' ? {} : { guard: { mode, policies: flags.guardPolicy } };
}

/** Whether this choice of a dataset is a file, and no name. */
export const isDatasetFile = (name: string): boolean =>
  /\.(?:jsonl?|csv)$/i.test(name) || (name.includes('/') && existsSync(name));

async function datasetChoices(
  store: Store,
  flags: ScanFlags,
  suite: Suite | null,
  now: number,
): Promise<DatasetChoice[]> {
  if (suite !== null) return [{ id: await storeSuite(store, suite, now) }];
  if (flags.dataset.length === 0) return builtInTitles().map((name) => ({ name, field: '--dataset' }));
  const asked = flags.dataset.map((name) => ({ asked: name, isFile: isDatasetFile(name) }));
  const field = saidBy(flags, 'dataset');
  requireOneOfEachName(asked, field);
  const choices: DatasetChoice[] = [];
  for (const { asked: name, isFile: own } of asked)
    choices.push(own ? { id: await storeOwnFile(store, DEFAULT_PROJECT, name, now) } : { name, field });
  return choices;
}

/** A request before its datasets, of which those in files are yet to be stored. */
export interface AskedScan {
  readonly suite: Suite | null;
  readonly request: Omit<ScanRequest, 'datasets'>;
  /** What is to be known of the target's template, one sentence each. */
  readonly notes: readonly string[];
}

/** Reads flags, files, variables and settings; stores nothing. Throws an error of the catalogue that names the flag. */
export function readScanFlags(flags: ScanFlags, settings: Settings): AskedScan {
  const preset = presetOf(flags.preset);
  const suite = suiteOf(flags);
  requireAttackNames(flags.attack, saidBy(flags, 'attack'));
  const attacks = suite === null || flags.attack.length > 0 ? flags.attack : suite.attacks;
  const { notes, ...target } = targetOf(flags, settings);
  const request = {
    projectId: DEFAULT_PROJECT,
    createdBy: 'command line',
    name: flags.name ?? null,
    nameField: '--name',
    kind: 'scan' as const,
    ...target,
    preset,
    attacks: [...attacks, ...addedBy(flags.inputModality)],
    attackField: saidBy(flags, 'attack'),
    // Who takes no text is asked by pictures alone.
    onlyAttacks: attacks.length > 0 || (flags.inputModality.length > 0 && !flags.inputModality.includes('text')),
    seed: flags.seed ?? DEFAULT_SEED,
    limit: flags.limit ?? null,
    twins: null,
    judge: flags.judge,
    ...guardOf(flags),
    ...boundsOf(flags, { maxCost: saidBy(flags, 'maxCost'), untilInterval: saidBy(flags, 'untilInterval') }),
    authorisedBy: flags.authorisedBy ?? null,
    labels: {},
  };
  return { suite, request, notes };
}

/** Stores the suite and the files that are asked for. Throws FILE_INVALID. */
export async function requestOf(
  store: Store,
  { suite, request }: AskedScan,
  flags: ScanFlags,
  now: number,
): Promise<ScanRequest> {
  return { ...request, datasets: await datasetChoices(store, flags, suite, now) };
}
