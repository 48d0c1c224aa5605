// What every setting may be, by the names that redoubt.yaml uses. Apart from config.ts, which finds out what they are.
import { z } from 'zod';
import { numberSetting, switchSetting } from './settings-numbers.ts';
import { defaultsSetting, targetsSetting } from './settings-targets.ts';

const SECRET_KEY_BYTES = 32;

const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres://');
const secretKey = z
  .string()
  .refine(
    (text) => Buffer.from(text, 'base64').length === SECRET_KEY_BYTES,
    'must be 32 bytes in base64 (openssl rand -base64 32)',
  );

const proxyUrl = z.url({
  protocol: /^https?$/,
  error: 'must be the address of a proxy, such as http://proxy.example:3128',
});

const helper = z.strictObject({
  base_url: z.url({ protocol: /^https?$/, error: 'must be the address of the API, up to /chat/completions' }),
  api_key: z.string().nullable().default(null),
  model: z.string('must be the name of the model').min(1, 'must be the name of the model'),
  concurrency: numberSetting({ min: 1 }).default(8),
  qpm: numberSetting({ min: 1 }).nullable().default(null),
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

export const settingsSchema = z.strictObject({
  data: z.string().min(1),
  database_url: postgresUrl.nullable().default(null),
  host: z.string().min(1).default('127.0.0.1'),
  port: numberSetting({ min: 0, max: 65_535 }).default(4000),
  api_key: z.string().min(16, 'must have at least 16 characters').nullable().default(null),
  secret_key: secretKey.nullable().default(null),
  virtuered_legacy: switchSetting.default(false),
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
  evalguard_deadline: numberSetting({ min: 1, max: 600, whole: false }).default(25),
  /** Tries that one test of a search may take, e.g. 10000 for BoN, which stops at 1,000 without it; null: none more. */
  search_tries: numberSetting({ min: 1 }).nullable().default(null),
  /** Hosts that may be called, and targets by name. */
  targets: targetsSetting.default({ allow: [], named: {} }),
  /** Policies of the guard by name, as in its files; the guard reads them. */
  policies: z.record(z.string(), z.unknown()).default({}),
  /** Values for flags of a scan. */
  defaults: defaultsSetting.default({}),
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
    .strictObject({
      http: proxyUrl.nullable().default(null),
      https: proxyUrl.nullable().default(null),
      no: z.string().default(''),
    })
    .nullable()
    .default(null),
});
