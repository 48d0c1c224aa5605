// The only reader of the environment: settings from flags, environment and redoubt.yaml, checked once at the start.
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { RedoubtError } from './core/errors.ts';

const SECRET_KEY_BYTES = 32;

const port = z.coerce.number().int().min(0).max(65_535);
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres://');
const secretKey = z
  .string()
  .refine(
    (text) => Buffer.from(text, 'base64').length === SECRET_KEY_BYTES,
    'must be 32 bytes in base64 (openssl rand -base64 32)',
  );

const helper = z.strictObject({
  base_url: z.url({ protocol: /^https?$/, error: 'must be the address of the API, up to /chat/completions' }),
  api_key: z.string().nullable().default(null),
  model: z.string('must be the name of the model').min(1, 'must be the name of the model'),
  concurrency: z.coerce.number().int().min(1).default(8),
  qpm: z.coerce.number().int().min(1).nullable().default(null),
});

/** What a million tokens cost. */
const price = z.strictObject({
  input: z.number().min(0),
  output: z.number().min(0),
  currency: z.string().min(1).default('USD'),
});

const namedModel = z.strictObject({
  base_url: z.url({ protocol: /^https?$/, error: 'must be the address of the API, up to /chat/completions' }),
  api_key: z.string().nullable().default(null),
  /** Name of an environment variable that holds the key. */
  api_key_env: z.string().nullable().default(null),
  /** What the endpoint calls it; null: the same. */
  model: z.string().min(1).nullable().default(null),
  price_per_million: price.optional(),
});

const settingsSchema = z.strictObject({
  data: z.string().min(1),
  database_url: postgresUrl.nullable().default(null),
  host: z.string().min(1).default('127.0.0.1'),
  port: port.default(4000),
  api_key: z.string().min(16, 'must have at least 16 characters').nullable().default(null),
  secret_key: secretKey.nullable().default(null),
  virtuered_legacy: z
    .union([z.literal('1'), z.literal('0'), z.boolean()])
    .transform((on) => on === true || on === '1')
    .default(false),
  /** Origin under which people reach the server, where a proxy stands before it. */
  public_url: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://redoubt.example' })
    .nullable()
    .default(null),
  /** Where people may sign in, too. */
  oidc: z
    .strictObject({
      issuer: z.url({ protocol: /^https?$/, error: 'must be the address of the provider' }),
      client_id: z.string('must be the id of the client').min(1),
      client_secret: z.string().nullable().default(null),
      /** As the sign-in page calls it. */
      name: z.string().min(1).default('OIDC'),
      /** Role of somebody who comes the first time; null: only users whose e-mail address an admin entered. */
      new_users: z.enum(['admin', 'member', 'viewer']).nullable().default(null),
    })
    .nullable()
    .default(null),
  /** Addresses of proxies whose X-Forwarded-For is believed. */
  trusted_proxies: z.array(z.string()).default([]),
  /** Requests a minute: that one address may make, and that REDOUBT_API_KEY may; null for no limit. */
  limits: z
    .strictObject({
      per_address: z.number().int().min(1).nullable().default(null),
      api_key: z.number().int().min(1).nullable().default(null),
    })
    .default({ per_address: null, api_key: null }),
  /** Seconds after which EvalGuard's synchronous scan answers with what it has. */
  evalguard_deadline: z.coerce.number().min(1).max(600).default(25),
  /** Tries that one test of a search may take, e.g. 10000 for BoN, which stops at 1,000 without it; null: none more. */
  search_tries: z.coerce.number().int().min(1).nullable().default(null),
  targets: z.strictObject({ allow: z.array(z.string()).default([]) }).default({ allow: [] }),
  /** Days after which a project's ended scans are deleted, by the project's name. */
  retention_days: z.record(z.string(), z.number().int().min(1)).default({}),
  openai: z
    .strictObject({ base_url: z.url().nullable().default(null), api_key: z.string().nullable().default(null) })
    .default({ base_url: null, api_key: null }),
  /** Models by the name that callers use: for the gateway, and where a dialect names a model alone. */
  models: z.record(z.string(), namedModel).default({}),
  /** Prices of models by what their endpoints call them: for what a scan costs, and for its bound. */
  prices: z.record(z.string(), price).default({}),
  /** The optional helper models. */
  attacker: helper.nullable().default(null),
  judge: helper.nullable().default(null),
  guard: z
    .strictObject({
      /** Share of the harmless decisions that are recorded, in 0..1; what was found is always recorded. */
      log_sample: z.number().min(0).max(1).default(0.1),
      log_days: z.number().int().min(1).default(30),
      /** What of the messages is kept: all but what was found, all, or nothing. */
      log_messages: z.enum(['redacted', 'full', 'none']).default('redacted'),
    })
    .default({ log_sample: 0.1, log_days: 30, log_messages: 'redacted' }),
  /** A collector of OpenTelemetry (OTLP over HTTP, JSON) that gets traces; null: none does. Never contents of messages. */
  traces: z
    .strictObject({
      endpoint: z.url({
        protocol: /^https?$/,
        error: 'must be the address of a collector, e.g. http://localhost:4318',
      }),
      /** Sent with every batch, e.g. a key of the collector. */
      headers: z.record(z.string(), z.string()).default({}),
      /** What the collector calls this program. */
      service: z.string().min(1).default('redoubt'),
    })
    .nullable()
    .default(null),
  proxy: z
    .strictObject({ http: z.string().nullable(), https: z.string().nullable(), no: z.string() })
    .nullable()
    .default(null),
});

/** All settings, by the names that redoubt.yaml uses. */
export type Settings = z.infer<typeof settingsSchema>;

type Environment = Readonly<Record<string, string | undefined>>;

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
  REDOUBT_ATTACKER_BASE_URL: 'attacker.base_url',
  REDOUBT_ATTACKER_API_KEY: 'attacker.api_key',
  REDOUBT_ATTACKER_MODEL: 'attacker.model',
  REDOUBT_JUDGE_BASE_URL: 'judge.base_url',
  REDOUBT_JUDGE_API_KEY: 'judge.api_key',
  REDOUBT_JUDGE_MODEL: 'judge.model',
};

const dataFolderOf = (env: Environment): string =>
  join(env.XDG_DATA_HOME || join(env.HOME || homedir(), '.local', 'share'), 'redoubt');

function readYaml(path: string): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : 'unreadable';
    throw new RedoubtError('SETTING_INVALID', { field: path, reason: `${reason}.` }, cause);
  }
  if (parsed === null) return {};
  if (typeof parsed !== 'object' || Array.isArray(parsed))
    throw new RedoubtError('SETTING_INVALID', { field: path, reason: 'must hold settings as name: value.' });
  return parsed as Record<string, unknown>;
}

function fromFile(named: string | undefined, folder: string): Record<string, unknown> {
  if (named !== undefined) {
    if (!existsSync(named))
      throw new RedoubtError('SETTING_INVALID', { field: '--config', reason: `${named} does not exist.` });
    return readYaml(named);
  }
  const found = ['redoubt.yaml', join(folder, 'redoubt.yaml')].find((path) => existsSync(path));
  return found === undefined ? {} : readYaml(found);
}

function fromEnvironment(env: Environment): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const [variable, name] of Object.entries(environmentNames)) {
    const value = env[variable];
    if (value !== undefined && value !== '' && !name.includes('.')) settings[name] = value;
  }
  return settings;
}

/** What variables say of a setting that has parts, by the names of the parts. */
const partsNamed = (env: Environment, setting: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(environmentNames).flatMap(([variable, name]) =>
      name.startsWith(`${setting}.`) && env[variable] ? [[name.slice(setting.length + 1), env[variable]]] : [],
    ),
  );

/**
 * A helper model: the variables over the file. Where a variable names another address the file's part is left aside
 * as a whole: its key belongs to the file's address.
 */
function helperFrom(env: Environment, role: 'attacker' | 'judge', inFile: unknown): Record<string, unknown> {
  const named = partsNamed(env, role);
  if (Object.keys(named).length === 0) return {};
  const isSameAddress = named.base_url === undefined || named.base_url === (inFile as typeof named | null)?.base_url;
  return { [role]: isSameAddress && typeof inFile === 'object' ? { ...inFile, ...named } : named };
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
function tracesFrom(env: Environment, inFile: unknown): Record<string, unknown> {
  const named = partsNamed(env, 'traces');
  if (named.endpoint === undefined && (inFile ?? null) === null) return {};
  const headers = env.OTEL_EXPORTER_OTLP_HEADERS ? { headers: headersFrom(env.OTEL_EXPORTER_OTLP_HEADERS) } : {};
  return { traces: { ...(inFile as object | null), ...named, ...headers } };
}

/** The variables over the file, name by name. */
function oidcFrom(env: Environment, inFile: unknown): Record<string, unknown> {
  const given = partsNamed(env, 'oidc');
  return Object.keys(given).length === 0 ? {} : { oidc: { ...(inFile as object | undefined), ...given } };
}

function openAiFrom(env: Environment): Record<string, unknown> {
  if (!env.OPENAI_BASE_URL) return {};
  return { openai: { base_url: env.OPENAI_BASE_URL, api_key: env.OPENAI_API_KEY || null } };
}

/** The usual variables, in either case; targets outside this machine are called through them. */
function proxyFrom(env: Environment): Record<string, unknown> {
  const http = env.HTTP_PROXY || env.http_proxy || null;
  const https = env.HTTPS_PROXY || env.https_proxy || http;
  if (http === null && https === null) return {};
  return { proxy: { http, https, no: env.NO_PROXY || env.no_proxy || '' } };
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

const nameOfVariable = (setting: string): string =>
  Object.entries(environmentNames).find(([, name]) => name === setting)?.[0] ?? setting;

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
  const inFile = fromFile(config, folder);
  const merged = {
    data: folder,
    ...inFile,
    ...openAiFrom(env),
    ...proxyFrom(env),
    ...fromEnvironment(env),
    ...helperFrom(env, 'attacker', inFile.attacker),
    ...helperFrom(env, 'judge', inFile.judge),
    ...oidcFrom(env, inFile.oidc),
    ...tracesFrom(env, inFile.traces),
    ...flagged,
  };
  const parsed = settingsSchema.safeParse(merged);
  if (parsed.success) return { ...parsed.data, models: withKeys(parsed.data.models, env) };
  const [issue] = parsed.error.issues;
  const field =
    issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : nameOfVariable(issue?.path.join('.') ?? '');
  const reason = issue?.code === 'unrecognized_keys' ? 'is not a setting of Redoubt.' : `${issue?.message}.`;
  throw new RedoubtError('SETTING_INVALID', { field, reason });
}

/**
 * A target's key: from the variable that `keyEnv` names, else REDOUBT_TARGET_API_KEY; OPENAI_API_KEY only where the
 * target is OPENAI_BASE_URL itself. Null where none is set. Throws SETTING_INVALID for a named variable that is empty.
 */
export function readTargetKey(
  keyEnv: string | undefined,
  targetUrl: string | null,
  env: Environment = process.env,
): string | null {
  if (keyEnv !== undefined) {
    if (!env[keyEnv])
      throw new RedoubtError('SETTING_INVALID', { field: keyEnv, reason: 'is named by --key-env and is not set.' });
    return env[keyEnv];
  }
  if (env.REDOUBT_TARGET_API_KEY) return env.REDOUBT_TARGET_API_KEY;
  const isOpenAi =
    targetUrl !== null && env.OPENAI_BASE_URL !== undefined && trimmed(env.OPENAI_BASE_URL) === trimmed(targetUrl);
  return isOpenAi ? env.OPENAI_API_KEY || null : null;
}

const trimmed = (url: string): string => url.replace(/\/+$/, '');
