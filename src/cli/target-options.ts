// The options that say which target is asked, and how: the same for `scan` and `doctor target`.

import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readTargetKey, readVariable, type Settings } from '../config.ts';
import { invalidField } from '../core/errors.ts';
import { scanRanges } from '../core/scan-ranges.ts';
import { extraHeadersSchema } from '../models/extra-headers.ts';
import type { TargetSecrets } from '../models/open-target.ts';
import { parseTargetFile } from '../models/target-file.ts';
import { readGivenFile } from '../scan/given-file.ts';
import type { TargetSpec } from '../scan/spec.ts';
import { collect, numberOption, textOption } from './command.ts';
import {
  addressField,
  type ChosenTarget,
  chosenTarget,
  headersOfEntry,
  isModel,
  keyOfEntry,
  settingOf,
  templateText,
} from './named-target.ts';

export interface TargetFlags {
  readonly target?: string;
  readonly model?: string;
  readonly curl?: string;
  readonly concurrency?: number;
  readonly qpm?: number;
  readonly timeout?: number;
  readonly keyEnv?: string;
  readonly header: readonly string[];
  readonly system?: string;
  readonly temperature?: number;
  readonly maxTokens?: number;
}

const DEFAULT_CONCURRENCY = 8;
const DEFAULT_TIMEOUT_S = 60;
const DEFAULT_TEMPERATURE = 0.7;
const DEFAULT_MAX_TOKENS = 2048;

export const withTargetOptions = (command: Command): Command =>
  command
    .option(
      '--target <url|name>',
      'base URL of an OpenAI-compatible endpoint, up to and with /v1, or a name under targets: in redoubt.yaml',
    )
    .option('--model <name>', 'model to ask for', textOption('--model'))
    .option('--curl <file>', 'instead: an HTTP application, as a pasted curl command or a template')
    .option(
      '--concurrency <n>',
      `calls in flight at most (default: ${DEFAULT_CONCURRENCY})`,
      numberOption('--concurrency', scanRanges.concurrency),
    )
    .option('--qpm <n>', 'calls a minute at most', numberOption('--qpm', scanRanges.qpm))
    .option(
      '--timeout <s>',
      `seconds a call may take (default: ${DEFAULT_TIMEOUT_S})`,
      numberOption('--timeout', scanRanges.timeout),
    )
    .option(
      '--key-env <name>',
      "variable that holds the target's key (default REDOUBT_TARGET_API_KEY; with --curl none)",
    )
    .option('--header <header>', "extra header, 'Name: value' (repeatable)", collect, [])
    .option('--system <text|file>', 'system prompt of the application')
    .option(
      '--temperature <t>',
      `sampling temperature (default: ${DEFAULT_TEMPERATURE})`,
      numberOption('--temperature', scanRanges.temperature),
    )
    .option(
      '--max-tokens <n>',
      `output tokens at most (default: ${DEFAULT_MAX_TOKENS})`,
      numberOption('--max-tokens', scanRanges.maxTokens),
    );

function headersOf(written: readonly string[]): Record<string, string> {
  const headers = Object.fromEntries(
    written.map((header) => {
      const at = header.indexOf(':');
      const name = header.slice(0, at).trim();
      if (at < 1 || !/^[\w!#$%&'*+.^`|~-]+$/.test(name))
        throw invalidField('--header', `"${header.slice(0, 20)}" is no 'Name: value'`);
      return [name.toLowerCase(), header.slice(at + 1).trim()];
    }),
  );
  const [wrong] = extraHeadersSchema.safeParse(headers).error?.issues ?? [];
  if (wrong) throw invalidField('--header', [...wrong.path, wrong.message].join(' '));
  return headers;
}

/** A prompt may be empty or a word that is also the name of a folder; one written as a path was meant to be a file. */
const namesFile = (given: string, path: string): boolean =>
  existsSync(path) && (/[/\\]|^\.+$/.test(given) || !statSync(path).isDirectory());

const textOrFile = (given: string, path: string, field: string): string =>
  namesFile(given, path) ? readGivenFile(path, field).trim() : given;

/** Of a flag a file of the working folder, of a named target one beside redoubt.yaml. */
function systemOf(flags: TargetFlags, chosen: ChosenTarget | null): string | null {
  if (flags.system !== undefined) return textOrFile(flags.system, flags.system, '--system');
  const system = chosen?.entry.system;
  if (chosen === null || system === undefined) return null;
  return textOrFile(system, resolve(chosen.folder, system), `Setting ${settingOf(chosen.name, '.system')}`);
}

/** Flags before the named target before the defaults of the settings. */
function limitsOf(flags: TargetFlags, chosen: ChosenTarget | null, { defaults }: Settings) {
  const entry = chosen?.entry;
  const model = entry !== undefined && isModel(entry) ? entry : undefined;
  return {
    temperature: flags.temperature ?? model?.temperature ?? defaults.temperature ?? DEFAULT_TEMPERATURE,
    maxTokens: flags.maxTokens ?? model?.max_tokens ?? defaults.max_tokens ?? DEFAULT_MAX_TOKENS,
    system: systemOf(flags, chosen),
    timeoutMs: (flags.timeout ?? entry?.timeout ?? defaults.timeout ?? DEFAULT_TIMEOUT_S) * 1000,
    concurrency: flags.concurrency ?? entry?.concurrency ?? defaults.concurrency ?? DEFAULT_CONCURRENCY,
    qpm: flags.qpm ?? entry?.qpm ?? defaults.qpm ?? null,
  };
}

export interface GivenTarget {
  /** What was understood or left out when a template was read, one sentence each. */
  readonly notes: readonly string[];
  readonly target: TargetSpec;
  readonly secrets: TargetSecrets;
  /** The flag or the setting that says where it is, for errors. */
  readonly targetField: string;
}

interface Application {
  readonly targetFile: string;
  /** As the flags or the settings name it; undefined: by its host. */
  readonly called: string | undefined;
  readonly limits: ReturnType<typeof limitsOf>;
  readonly headers: Record<string, string>;
  readonly keyEnv: string | undefined;
  readonly targetField: string;
}

function applicationOf({ targetFile, called, limits, keyEnv, targetField, ...given }: Application): GivenTarget {
  const template = parseTargetFile(targetFile);
  const url = template.url.replace(/[?#].*$/s, '');
  const key: Record<string, string> =
    keyEnv === undefined ? {} : { authorization: `Bearer ${readVariable(keyEnv, '--key-env')}` };
  const headers = { ...given.headers, ...key };
  const sampled = { temperature: null, maxTokens: null };
  const target: TargetSpec = { ...limits, ...sampled, kind: 'http', url, model: called ?? new URL(url).host };
  return { target, secrets: { apiKey: null, headers, targetFile }, targetField, notes: template.notes };
}

function namedTarget(chosen: ChosenTarget, flags: TargetFlags, settings: Settings): GivenTarget {
  const { name, entry } = chosen;
  const limits = limitsOf(flags, chosen, settings);
  const headers = { ...headersOfEntry(chosen), ...headersOf(flags.header) };
  const targetField = addressField(chosen);
  if (!isModel(entry)) {
    const targetFile = templateText({ ...chosen, entry });
    const { keyEnv } = flags;
    return applicationOf({ targetFile, called: flags.model ?? name, limits, headers, keyEnv, targetField });
  }
  const apiKey = flags.keyEnv === undefined ? keyOfEntry(name, entry) : readVariable(flags.keyEnv, '--key-env');
  return {
    target: { ...limits, kind: 'openai', url: entry.base_url, model: flags.model ?? entry.model },
    secrets: { apiKey, headers, targetFile: null },
    targetField,
    notes: [],
  };
}

/** Target and secrets as flags, files, variables and settings say. Throws an error of the catalogue that names the flag. */
export function targetOf(flags: TargetFlags, settings: Settings): GivenTarget {
  const headers = headersOf(flags.header);
  if (flags.curl !== undefined) {
    const targetFile = readGivenFile(flags.curl, '--curl');
    const limits = limitsOf(flags, null, settings);
    const { model: called, keyEnv } = flags;
    return applicationOf({ targetFile, called, limits, headers, keyEnv, targetField: '--curl' });
  }
  if (flags.target === undefined)
    throw invalidField('--target', 'say which endpoint to scan: --target URL --model NAME, or --curl FILE');
  const chosen = chosenTarget(flags.target, settings);
  if (chosen !== null) return namedTarget(chosen, flags, settings);
  if (flags.model === undefined) throw invalidField('--model', 'say which model to ask for');
  const apiKey = flags.keyEnv === undefined ? readTargetKey(flags.target) : readVariable(flags.keyEnv, '--key-env');
  return {
    target: { ...limitsOf(flags, null, settings), kind: 'openai', url: flags.target, model: flags.model },
    secrets: { apiKey, headers, targetFile: null },
    targetField: '--target',
    notes: [],
  };
}
