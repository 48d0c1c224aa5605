// The options that say which target is asked, and how: the same for `scan` and `doctor target`.

import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { readTargetKey } from '../config.ts';
import { invalidField } from '../core/errors.ts';
import { extraHeadersSchema } from '../models/extra-headers.ts';
import type { TargetSecrets } from '../models/open-target.ts';
import { parseTargetFile } from '../models/target-file.ts';
import { readGivenFile } from '../scan/given-file.ts';
import type { TargetSpec } from '../scan/spec.ts';
import { collect, numberOption, textOption } from './command.ts';

export interface TargetFlags {
  readonly target?: string;
  readonly model?: string;
  readonly curl?: string;
  readonly concurrency: number;
  readonly qpm?: number;
  readonly timeout: number;
  readonly keyEnv?: string;
  readonly header: readonly string[];
  readonly system?: string;
  readonly temperature: number;
  readonly maxTokens: number;
}

const DEFAULT_CONCURRENCY = 8;
const DEFAULT_TIMEOUT_S = 60;
const DEFAULT_TEMPERATURE = 0.7;
const DEFAULT_MAX_TOKENS = 2048;
const MOST_CONCURRENCY = 4096;

export const withTargetOptions = (command: Command): Command =>
  command
    .option('--target <url>', 'base URL of an OpenAI-compatible endpoint, up to and with /v1')
    .option('--model <name>', 'model to ask for', textOption('--model'))
    .option('--curl <file>', 'instead: an HTTP application, as a pasted curl command or a template')
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
    .option('--max-tokens <n>', 'output tokens at most', numberOption('--max-tokens', { min: 1 }), DEFAULT_MAX_TOKENS);

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

const systemOf = (given: string | undefined): string | null => {
  if (given === undefined) return null;
  return existsSync(given) ? readGivenFile(given, '--system').trim() : given;
};

function limitsOf(flags: TargetFlags): Omit<TargetSpec, 'kind' | 'url' | 'model'> {
  return {
    temperature: flags.temperature,
    maxTokens: flags.maxTokens,
    system: systemOf(flags.system),
    timeoutMs: flags.timeout * 1000,
    concurrency: flags.concurrency,
    qpm: flags.qpm ?? null,
  };
}

export interface GivenTarget {
  readonly target: TargetSpec;
  readonly secrets: TargetSecrets;
  /** The flag that says where it is. */
  readonly targetField: '--target' | '--curl';
}

/** Target and secrets as the flags, files and variables say. Throws an error of the catalogue that names the flag. */
export function targetOf(flags: TargetFlags): GivenTarget {
  const headers = headersOf(flags.header);
  if (flags.curl !== undefined) {
    const targetFile = readGivenFile(flags.curl, '--curl');
    const { url } = parseTargetFile(targetFile);
    const withoutQuery = url.replace(/[?#].*$/s, '');
    const target: TargetSpec = {
      ...limitsOf(flags),
      kind: 'http',
      temperature: null,
      maxTokens: null,
      url: withoutQuery,
      model: flags.model ?? new URL(withoutQuery).host,
    };
    return { target, secrets: { apiKey: null, headers, targetFile }, targetField: '--curl' };
  }
  if (flags.target === undefined)
    throw invalidField('--target', 'say which endpoint to scan: --target URL --model NAME, or --curl FILE');
  if (flags.model === undefined) throw invalidField('--model', 'say which model to ask for');
  const apiKey = readTargetKey(flags.keyEnv, flags.target);
  return {
    target: { ...limitsOf(flags), kind: 'openai', url: flags.target, model: flags.model },
    secrets: { apiKey, headers, targetFile: null },
    targetField: '--target',
  };
}
