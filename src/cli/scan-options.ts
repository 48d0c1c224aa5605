// The options of `redoubt scan`, and the request that they make.
import { existsSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { DEFAULT_PROJECT } from '../access/keys.ts';
import { readTargetKey, type Settings } from '../config.ts';
import { invalidField, RedoubtError } from '../core/errors.ts';
import { parseTargetFile } from '../models/target-file.ts';
import { builtInTitles } from '../scan/datasets/index.ts';
import { storeOwnFile } from '../scan/datasets/own-file.ts';
import { DEFAULT_PRESET, type PresetId, presetIds } from '../scan/presets.ts';
import type { DatasetChoice, ScanRequest } from '../scan/request.ts';
import { DEFAULT_SEED, type TargetSecrets, type TargetSpec } from '../scan/spec.ts';
import type { Store } from '../store/store.ts';
import { collect, numberOption } from './command.ts';
import type { SettingsFlags } from './settings-options.ts';

export interface ScanFlags extends SettingsFlags {
  readonly target?: string;
  readonly model?: string;
  readonly curl?: string;
  readonly name?: string;
  readonly dataset: readonly string[];
  readonly attack: readonly string[];
  readonly preset?: string;
  readonly out?: string;
  readonly formats?: string;
  readonly limit?: number;
  readonly seed: number;
  readonly concurrency: number;
  readonly qpm?: number;
  readonly timeout: number;
  readonly keyEnv?: string;
  readonly header: readonly string[];
  readonly system?: string;
  readonly temperature: number;
  readonly maxTokens: number;
  readonly judge: boolean;
  readonly failOn: readonly string[];
  readonly authorisedBy?: string;
  readonly template?: boolean;
  readonly json?: boolean;
}

const DEFAULT_CONCURRENCY = 8;
const DEFAULT_TIMEOUT_S = 60;
const DEFAULT_TEMPERATURE = 0.7;
const DEFAULT_MAX_TOKENS = 2048;
const MOST_CONCURRENCY = 4096;

export const withScanOptions = (command: Command): Command =>
  command
    .option('--target <url>', 'base URL of an OpenAI-compatible endpoint, up to and with /v1')
    .option('--model <name>', 'model to ask for')
    .option('--curl <file>', 'instead: an HTTP application, as a pasted curl command or a template')
    .option('--name <name>', 'name of the scan')
    .option(
      '--dataset <name|file>',
      'dataset by name, or a JSONL file of yours (repeatable; default: all that ship)',
      collect,
      [],
    )
    .option(
      '--attack <name>',
      'exactly these attacks, e.g. direct (repeatable; default: those of the preset)',
      collect,
      [],
    )
    .option('--preset <name>', presetIds.join(' | '))
    .option('--out <dir>', 'where to leave the files', '.')
    .option('--formats <list>', 'files to leave: jsonl, json, zip', 'jsonl,json,zip')
    .option('--limit <n>', 'at most this many cases in all, drawn by the seed', numberOption('--limit', { min: 1 }))
    .option('--seed <n>', 'seed of everything that is drawn', numberOption('--seed', { min: 0 }), DEFAULT_SEED)
    .option(
      '--concurrency <n>',
      'calls in flight at most',
      numberOption('--concurrency', { min: 1, max: MOST_CONCURRENCY }),
      DEFAULT_CONCURRENCY,
    )
    .option('--qpm <n>', 'calls a minute at most', numberOption('--qpm', { min: 1 }))
    .option(
      '--timeout <s>',
      'seconds a call may take',
      numberOption('--timeout', { min: 0.1, max: 3600, whole: false }),
      DEFAULT_TIMEOUT_S,
    )
    .option('--key-env <name>', "variable that holds the target's key (default REDOUBT_TARGET_API_KEY)")
    .option('--header <header>', "extra header, 'Name: value' (repeatable)", collect, [])
    .option('--system <text|file>', 'system prompt of the application')
    .option(
      '--temperature <t>',
      'sampling temperature',
      numberOption('--temperature', { min: 0, max: 2, whole: false }),
      DEFAULT_TEMPERATURE,
    )
    .option('--max-tokens <n>', 'output tokens at most', numberOption('--max-tokens', { min: 1 }), DEFAULT_MAX_TOKENS)
    .option('--no-judge', 'store the answers unjudged')
    .option(
      '--fail-on <condition>',
      "exit with 1 when crossed: 'breached>0', 'asr>5%', 'severity>=high' (repeatable)",
      collect,
      [],
    )
    .option('--authorised-by <text>', 'who authorised the test, for hosts outside this machine')
    .option('--template', 'print a template of a scan file and end')
    .option('--json', 'print the summary as JSON');

function headersOf(written: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    written.map((header) => {
      const at = header.indexOf(':');
      const name = header.slice(0, at).trim();
      if (at < 1 || !/^[\w!#$%&'*+.^`|~-]+$/.test(name))
        throw invalidField('--header', `"${header.slice(0, 20)}" is no 'Name: value'`);
      return [name.toLowerCase(), header.slice(at + 1).trim()];
    }),
  );
}

function readFile(path: string, field: string): string {
  if (!existsSync(path)) throw new RedoubtError('FILE_INVALID', { field, reason: `there is no file ${path}.` });
  return readFileSync(path, 'utf8');
}

const systemOf = (given: string | undefined): string | null => {
  if (given === undefined) return null;
  return existsSync(given) ? readFileSync(given, 'utf8').trim() : given;
};

function limitsOf(flags: ScanFlags): Omit<TargetSpec, 'kind' | 'url' | 'model'> {
  return {
    temperature: flags.temperature,
    maxTokens: flags.maxTokens,
    system: systemOf(flags.system),
    timeoutMs: flags.timeout * 1000,
    concurrency: flags.concurrency,
    qpm: flags.qpm ?? null,
  };
}

function targetOf(flags: ScanFlags): { target: TargetSpec; secrets: TargetSecrets } {
  const headers = headersOf(flags.header);
  if (flags.curl !== undefined) {
    const targetFile = readFile(flags.curl, '--curl');
    const { url } = parseTargetFile(targetFile);
    const withoutQuery = url.replace(/[?#].*$/s, '');
    const target: TargetSpec = {
      ...limitsOf(flags),
      kind: 'http',
      url: withoutQuery,
      model: flags.model ?? new URL(withoutQuery).host,
    };
    return { target, secrets: { apiKey: null, headers, targetFile } };
  }
  if (flags.target === undefined)
    throw invalidField('--target', 'say which endpoint to scan: --target URL --model NAME, or --curl FILE');
  if (flags.model === undefined) throw invalidField('--model', 'say which model to ask for');
  const apiKey = readTargetKey(flags.keyEnv, flags.target);
  return {
    target: { ...limitsOf(flags), kind: 'openai', url: flags.target, model: flags.model },
    secrets: { apiKey, headers, targetFile: null },
  };
}

function presetOf(name: string | undefined): PresetId {
  const preset = presetIds.find((id) => id === (name ?? DEFAULT_PRESET));
  if (preset === undefined)
    throw new RedoubtError('UNKNOWN_VALUE', { field: '--preset', value: name ?? '', allowed: presetIds });
  return preset;
}

const isFile = (name: string): boolean => /\.jsonl?$/i.test(name) || (name.includes('/') && existsSync(name));

async function datasetChoices(store: Store, flags: ScanFlags, now: number): Promise<DatasetChoice[]> {
  if (flags.dataset.length === 0) return builtInTitles().map((name) => ({ name, field: '--dataset' }));
  const choices: DatasetChoice[] = [];
  for (const name of flags.dataset)
    choices.push(
      isFile(name) ? { id: await storeOwnFile(store, DEFAULT_PROJECT, name, now) } : { name, field: '--dataset' },
    );
  return choices;
}

/** Reads flags, files and variables into a request. Throws an error of the catalogue that names the flag. */
export async function requestOf(
  store: Store,
  _settings: Settings,
  flags: ScanFlags,
  now: number,
): Promise<ScanRequest> {
  const preset = presetOf(flags.preset);
  const { target, secrets } = targetOf(flags);
  return {
    projectId: DEFAULT_PROJECT,
    createdBy: 'command line',
    name: flags.name ?? null,
    kind: 'scan',
    target,
    secrets,
    datasets: await datasetChoices(store, flags, now),
    preset,
    attacks: flags.attack,
    onlyAttacks: flags.attack.length > 0,
    seed: flags.seed,
    limit: flags.limit ?? null,
    twins: null,
    judge: flags.judge,
    judgeModel: false,
    authorisedBy: flags.authorisedBy ?? null,
    labels: {},
  };
}
