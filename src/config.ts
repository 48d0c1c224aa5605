// The only reader of the environment: settings from flags, environment and redoubt.yaml, checked once at the start.
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { z } from 'zod';
import { RedoubtError } from './core/errors.ts';
import { fieldPath } from './core/field-path.ts';
import { settingsSchema } from './core/settings-schema.ts';
import { wordsOfIssue } from './core/settings-words.ts';
import { unreadableReason } from './core/unreadable.ts';

/** All settings, by the names that redoubt.yaml uses. */
export type Settings = z.infer<typeof settingsSchema> & {
  /** The redoubt.yaml in force, null where there is none: files that it names lie beside it. */
  readonly file: string | null;
};

type Environment = Readonly<Record<string, string | undefined>>;
type Parts = Record<string, unknown>;

const environmentNames: Readonly<Record<string, string>> = {
  REDOUBT_DATA: 'data',
  REDOUBT_DATABASE_URL: 'database_url',
  REDOUBT_HOST: 'host',
  REDOUBT_PORT: 'port',
  REDOUBT_API_KEY: 'api_key',
  REDOUBT_SECRET_KEY: 'secret_key',
  REDOUBT_PUBLIC_URL: 'public_url',
  REDOUBT_VIRTUERED_LEGACY: 'virtuered_legacy',
  REDOUBT_EVALGUARD_DEADLINE: 'evalguard_deadline',
  REDOUBT_SEARCH_TRIES: 'search_tries',
  REDOUBT_OIDC_ISSUER: 'oidc.issuer',
  REDOUBT_OIDC_CLIENT_ID: 'oidc.client_id',
  REDOUBT_OIDC_CLIENT_SECRET: 'oidc.client_secret',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'traces.endpoint',
  OTEL_SERVICE_NAME: 'traces.service',
  OPENAI_BASE_URL: 'openai.base_url',
  OPENAI_API_KEY: 'openai.api_key',
  REDOUBT_ATTACKER_BASE_URL: 'attacker.base_url',
  REDOUBT_ATTACKER_API_KEY: 'attacker.api_key',
  REDOUBT_ATTACKER_MODEL: 'attacker.model',
  REDOUBT_JUDGE_BASE_URL: 'judge.base_url',
  REDOUBT_JUDGE_API_KEY: 'judge.api_key',
  REDOUBT_JUDGE_MODEL: 'judge.model',
};

const dataFolderOf = (env: Environment): string =>
  join(env.XDG_DATA_HOME || join(env.HOME || homedir(), '.local', 'share'), 'redoubt');

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new RedoubtError('SETTING_INVALID', { field: path, reason: unreadableReason(cause) }, cause);
  }
}

function readYaml(path: string): Parts {
  const text = textOf(path);
  let parsed: unknown;
  try {
    parsed = parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0]?.replace(/:$/, '') : 'unreadable';
    throw new RedoubtError('SETTING_INVALID', { field: path, reason: `${reason}.` }, cause);
  }
  if (parsed === null) return {};
  if (typeof parsed !== 'object' || Array.isArray(parsed))
    throw new RedoubtError('SETTING_INVALID', { field: path, reason: 'must hold settings as name: value.' });
  return parsed as Parts;
}

/** The settings file in force, null where there is none. */
function fileOf(named: string | undefined, folder: string): string | null {
  if (named === undefined)
    return ['redoubt.yaml', join(folder, 'redoubt.yaml')].find((path) => existsSync(path)) ?? null;
  if (existsSync(named)) return named;
  throw new RedoubtError('SETTING_INVALID', { field: '--config', reason: `${named} does not exist.` });
}

function fromEnvironment(env: Environment): Parts {
  const settings: Parts = {};
  for (const [variable, name] of Object.entries(environmentNames)) {
    const value = env[variable];
    if (value !== undefined && value !== '' && !name.includes('.')) settings[name] = value;
  }
  return settings;
}

/** What variables say of a setting that has parts, by the names of the parts. */
const partsNamed = (env: Environment, setting: string): Parts =>
  Object.fromEntries(
    Object.entries(environmentNames).flatMap(([variable, name]) =>
      name.startsWith(`${setting}.`) && env[variable] ? [[name.slice(setting.length + 1), env[variable]]] : [],
    ),
  );

/**
 * A model that has an address and a key: the variables over the file. Where a variable names another address the
 * file's part is left aside as a whole: its key belongs to the file's address. OPENAI_API_KEY is set for other programs,
 * too: without OPENAI_BASE_URL beside it, it never takes the place of a key that the file has for its address.
 */
function endpointFrom(env: Environment, part: 'attacker' | 'judge' | 'openai', inFile: unknown): Parts {
  const named = partsNamed(env, part);
  const written = inFile as Parts | null | undefined;
  if (part === 'openai' && named.base_url === undefined && written?.api_key) return {};
  if (Object.keys(named).length === 0) return {};
  const isSameAddress = named.base_url === undefined || named.base_url === written?.base_url;
  return { [part]: isSameAddress && typeof inFile === 'object' ? { ...inFile, ...named } : named };
}

/** OpenTelemetry's own variables: "name=value,name=value", percent-encoded as in W3C Baggage. */
function headersFrom(text: string): Record<string, string> {
  const pairs = text.split(',').map((pair) => /^([^=]+)=(.*)$/.exec(pair.trim()));
  try {
    return Object.fromEntries(pairs.flatMap((pair) => (pair ? [[pair[1]!.trim(), decodeURIComponent(pair[2]!)]] : [])));
  } catch (cause) {
    const reason = 'must be name=value pairs, percent-encoded and parted by commas.';
    throw new RedoubtError('SETTING_INVALID', { field: 'OTEL_EXPORTER_OTLP_HEADERS', reason }, cause);
  }
}

/** Only where an address is named, here or in the file: the other variables alone turn nothing on. */
function tracesFrom(env: Environment, inFile: unknown): Parts {
  const named = partsNamed(env, 'traces');
  if (named.endpoint === undefined && (inFile ?? null) === null) return {};
  const headers = env.OTEL_EXPORTER_OTLP_HEADERS ? { headers: headersFrom(env.OTEL_EXPORTER_OTLP_HEADERS) } : {};
  return { traces: { ...(inFile as object | null), ...named, ...headers } };
}

/** The variables over the file, name by name. */
function oidcFrom(env: Environment, inFile: unknown): Parts {
  const given = partsNamed(env, 'oidc');
  return Object.keys(given).length === 0 ? {} : { oidc: { ...(inFile as object | undefined), ...given } };
}

/** Of each kind of proxy the variables that may name it, the first of them that is set. */
const proxyVariables = {
  http: ['HTTP_PROXY', 'http_proxy'],
  https: ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'],
} as const;

const proxyVariable = (env: Environment, kind: keyof typeof proxyVariables): string | undefined =>
  proxyVariables[kind].find((name) => env[name]);

/** The usual variables, in either case; targets outside this machine are called through them. */
function proxyFrom(env: Environment): Parts {
  const [http, https] = [proxyVariable(env, 'http'), proxyVariable(env, 'https')];
  if (https === undefined) return {};
  const address = (name: string | undefined): string | null => (name === undefined ? null : (env[name] ?? null));
  return { proxy: { http: address(http), https: address(https), no: env.NO_PROXY || env.no_proxy || '' } };
}

/** Keys that the file only names are read from the environment; null where the variable is not set. */
const withKeys = (models: Settings['models'], env: Environment): Settings['models'] =>
  Object.fromEntries(
    Object.entries(models).map(([name, model]) =>
      model.api_key_env === null ? [name, model] : [name, { ...model, api_key: env[model.api_key_env] || null }],
    ),
  );

/** What is wrong with the named models: an error for each whose key lies in a variable that is not set. */
export const missingModelKeys = ({ models }: Pick<Settings, 'models'>): readonly RedoubtError[] =>
  Object.entries(models).flatMap(([name, { api_key, api_key_env: variable }]) => {
    if (variable === null || api_key !== null) return [];
    const reason = `the variable ${variable} is not set.`;
    return [new RedoubtError('SETTING_INVALID', { field: `models.${name}.api_key_env`, reason })];
  });

/** For whoever calls the named models: the server does, no other command. Throws SETTING_INVALID for the first without its key. */
export function requireModelKeys(settings: Pick<Settings, 'models'>): void {
  const [missing] = missingModelKeys(settings);
  if (missing) throw missing;
}

interface Sources {
  readonly flagged: Parts;
  readonly env: Environment;
}

/**
 * What whoever wrote a setting calls it: the flag, the variable or the key of the file. What is missing beside
 * variables is called as a variable, too.
 */
function writtenAs(path: readonly PropertyKey[], isMissing: boolean, { flagged, env }: Sources): string {
  const name = fieldPath(path);
  if (Object.hasOwn(flagged, name)) return `--${name.replaceAll('_', '-')}`;
  const proxy = path[0] === 'proxy' ? /^proxy\.(https?)$/.exec(name)?.[1] : undefined;
  const ofProxy = proxy && proxyVariable(env, proxy as keyof typeof proxyVariables);
  if (ofProxy) return ofProxy;
  const variable = Object.keys(environmentNames).find((each) => environmentNames[each] === name);
  if (variable === undefined) return name;
  const [part = ''] = name.split('.', 1);
  const besideVariables = isMissing && Object.keys(partsNamed(env, part)).length > 0;
  return env[variable] || besideVariables ? variable : name;
}

/** One sentence for the first thing that is wrong. */
function settingError({ issues: [issue] }: z.ZodError, merged: Parts, sources: Sources): RedoubtError {
  const path = issue?.path ?? [];
  if (issue?.code === 'unrecognized_keys') {
    const field = issue.keys.map((key) => writtenAs([...path, key], false, sources)).join(', ');
    return new RedoubtError('SETTING_INVALID', { field, reason: 'is not a setting of Redoubt.' });
  }
  const value = path.reduce<unknown>((within, step) => (within as Parts | undefined)?.[step as string], merged);
  const field = writtenAs(path, value === undefined, sources);
  return new RedoubtError('SETTING_INVALID', { field, reason: `${issue?.message}.` });
}

/**
 * Settings in force: flags before environment before redoubt.yaml (`config`, else working folder, else data folder).
 * Throws SETTING_INVALID with one sentence that names the setting.
 */
export function readSettings(
  flags: Readonly<Record<string, unknown>> & { readonly config?: string } = {},
  env: Environment = process.env,
): Settings {
  const { config, ...given } = flags;
  const flagged = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const folder = typeof flagged.data === 'string' ? flagged.data : env.REDOUBT_DATA || dataFolderOf(env);
  const file = fileOf(config, folder);
  const inFile = file === null ? {} : readYaml(file);
  const merged = {
    data: folder,
    ...inFile,
    ...proxyFrom(env),
    ...fromEnvironment(env),
    ...endpointFrom(env, 'openai', inFile.openai),
    ...endpointFrom(env, 'attacker', inFile.attacker),
    ...endpointFrom(env, 'judge', inFile.judge),
    ...oidcFrom(env, inFile.oidc),
    ...tracesFrom(env, inFile.traces),
    ...flagged,
  };
  const parsed = settingsSchema.safeParse(merged, { error: wordsOfIssue });
  if (!parsed.success) throw settingError(parsed.error, merged, { flagged, env });
  return { ...parsed.data, models: withKeys(parsed.data.models, env), file };
}

/** What a variable holds that a flag or a setting names. Throws SETTING_INVALID where it is empty. */
export function readVariable(name: string, namedBy: string, env: Environment = process.env): string {
  const value = env[name];
  if (value) return value;
  throw new RedoubtError('SETTING_INVALID', { field: name, reason: `is named by ${namedBy} and is not set.` });
}

/**
 * A target's key where nothing names its variable: REDOUBT_TARGET_API_KEY; OPENAI_API_KEY only where the target is
 * OPENAI_BASE_URL itself. Null where none is set.
 */
export function readTargetKey(targetUrl: string, env: Environment = process.env): string | null {
  if (env.REDOUBT_TARGET_API_KEY) return env.REDOUBT_TARGET_API_KEY;
  const isOpenAi = env.OPENAI_BASE_URL !== undefined && trimmed(env.OPENAI_BASE_URL) === trimmed(targetUrl);
  return isOpenAi ? env.OPENAI_API_KEY || null : null;
}

const trimmed = (url: string): string => url.replace(/\/+$/, '');
