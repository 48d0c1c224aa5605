// What our own API takes as a scan: the options of `redoubt scan`, and the request that they make.
import { z } from 'zod';
import type { Caller } from '../access/keys.ts';
import { invalidField, RedoubtError } from '../core/errors.ts';
import { guardModes } from '../core/guarding.ts';
import { inputModalities, scanRanges } from '../core/scan-ranges.ts';
import { SIMULATED_URL, simulatedModel, simulatedProfiles } from '../core/simulated.ts';
import { requirePolicy } from '../guard/require-policy.ts';
import { extraHeadersSchema, mayCarry } from '../models/extra-headers.ts';
import type { NamedModels } from '../models/named-models.ts';
import type { TargetSecrets } from '../models/open-target.ts';
import { parseTargetFile } from '../models/target-file.ts';
import { imageAttacks } from '../scan/attacks/image-attacks.ts';
import { builtInTitles } from '../scan/datasets/index.ts';
import { DEFAULT_PRESET, presetIds } from '../scan/presets.ts';
import type { DatasetChoice, ScanRequest } from '../scan/request.ts';
import { DEFAULT_SEED, type TargetSpec } from '../scan/spec.ts';
import { requireSuite, type Suite } from '../scan/suites/catalogue.ts';
import { storeSuite } from '../scan/suites/store-suite.ts';
import type { ApiServices } from './resource.ts';

const { concurrency, seed, temperature, timeout, untilInterval } = scanRanges;
const MOST_NAMES = 200;
const MOST_SYSTEM = 200_000;

export const scanName = z.string().trim().min(1).max(200);
const shortText = z.string().trim().min(1).max(500);
const headers = extraHeadersSchema.default({}).describe('Sent with every call; encrypted at rest, never shown');

const limits = {
  system: z.string().max(MOST_SYSTEM).nullable().default(null).describe('System prompt of the application'),
  timeout_seconds: z.number().min(timeout.min).max(timeout.max).default(60).describe('That a call may take'),
  concurrency: z
    .number()
    .int()
    .min(concurrency.min)
    .max(concurrency.max)
    .default(8)
    .describe('Calls in flight at most'),
  qpm: z.number().int().min(1).max(1_000_000).nullable().default(null).describe('Calls a minute at most'),
};

const sampling = {
  temperature: z.number().min(temperature.min).max(temperature.max).default(0.7),
  max_tokens: z.number().int().min(1).max(10_000_000).default(2048),
};

const endpointTarget = z.strictObject({
  kind: z.literal('openai').describe('An OpenAI-compatible endpoint'),
  base_url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .describe('Up to and with /v1'),
  model: shortText,
  api_key: z
    .string()
    .max(10_000)
    .regex(/^[\x20-\x7e]*$/, 'holds a character that no header can carry')
    .nullable()
    .default(null)
    .describe('Encrypted at rest, never shown'),
  headers,
  ...sampling,
  ...limits,
});

const namedTarget = z.strictObject({
  kind: z.literal('named').describe('A model that the settings of the server name, with its address and key'),
  name: shortText,
  ...sampling,
  ...limits,
});

const httpTarget = z.strictObject({
  kind: z.literal('http').describe('An HTTP application'),
  file: z
    .string()
    .min(1)
    .max(200_000)
    .describe('A pasted curl command or a template, with {{prompt}} where the request goes'),
  name: shortText.nullable().default(null).describe('What to call it; its host where left out'),
  headers,
  ...limits,
});

const simulatedTarget = z.strictObject({
  kind: z.literal('simulated').describe('The simulated target, for a first look: nothing follows about a real model'),
  profile: z.enum(simulatedProfiles).default('average'),
  ...limits,
});

export const targetBody = z
  .discriminatedUnion('kind', [endpointTarget, namedTarget, httpTarget, simulatedTarget])
  .meta({ id: 'Target' });
export type TargetBody = z.infer<typeof targetBody>;

const names = z.array(shortText).max(MOST_NAMES);

const boundFields = {
  max_cost: z
    .number()
    .positive()
    .nullable()
    .default(null)
    .describe('Ends the scan once it has cost so much, in the currency of the prices; needs a price of each model'),
  max_calls: z
    .number()
    .int()
    .min(1)
    .max(1_000_000_000)
    .nullable()
    .default(null)
    .describe('Ends the scan after so many calls to the target, retries too'),
  max_seconds: z
    .number()
    .positive()
    .max(31_536_000)
    .nullable()
    .default(null)
    .describe('Ends the scan after so many seconds of work; a pause does not count'),
  until_interval: z
    .number()
    .positive()
    .max(untilInterval.max)
    .nullable()
    .default(null)
    .describe('Ends the scan once the 95 % interval of every dataset is at most this many points to either side'),
};

export const scanBody = z
  .strictObject({
    name: scanName.nullable().default(null).describe('Unique in the project; made from model and time where left out'),
    target: targetBody,
    datasets: names.default([]).describe('By name; left out: all that ship'),
    suite: shortText.nullable().default(null).describe('Its cases under its attacks, in place of datasets'),
    attacks: names
      .default([])
      .describe('Exactly these, with parameters as "flip:mode=FWO"; left out: those of the preset'),
    preset: z.enum(presetIds).default(DEFAULT_PRESET),
    input_modalities: z
      .array(z.enum(inputModalities))
      .min(1)
      .max(2)
      .default(['text'])
      .describe('What the target takes; images add typographic attacks'),
    seed: z.number().int().min(seed.min).max(Number.MAX_SAFE_INTEGER).default(DEFAULT_SEED),
    limit: z
      .number()
      .int()
      .min(1)
      .max(100_000_000)
      .nullable()
      .default(null)
      .describe('Cases in all, drawn by the seed'),
    benign: z
      .number()
      .int()
      .min(0)
      .max(1_000_000)
      .nullable()
      .default(null)
      .describe('Harmless requests beside them; as the preset says where left out'),
    judge: z.boolean().default(true).describe('false: answers are stored unjudged'),
    guard: z.enum(guardModes).default('none').describe('Which part the guard has'),
    guard_policies: names.default([]).describe('Policies that the guard holds to; left out: the default set'),
    ...boundFields,
  })
  .meta({ id: 'ScanRequest' });
export type ScanBody = z.infer<typeof scanBody>;

interface Chosen {
  readonly target: TargetSpec;
  readonly secrets: TargetSecrets;
}

const noSecrets: TargetSecrets = { apiKey: null, headers: {}, targetFile: null };

const limitsOf = (body: TargetBody): Pick<TargetSpec, 'system' | 'timeoutMs' | 'concurrency' | 'qpm'> => ({
  system: body.system,
  timeoutMs: body.timeout_seconds * 1000,
  concurrency: body.concurrency,
  qpm: body.qpm,
});

function endpoint(body: Extract<TargetBody, { kind: 'openai' | 'named' }>, url: string, model: string): TargetSpec {
  return { ...limitsOf(body), kind: 'openai', url, model, temperature: body.temperature, maxTokens: body.max_tokens };
}

function httpApplication(body: Extract<TargetBody, { kind: 'http' }>): Chosen {
  let url: string;
  try {
    url = parseTargetFile(body.file).url.replace(/[?#].*$/s, '');
  } catch (error) {
    if (!(error instanceof RedoubtError)) throw error;
    throw new RedoubtError(
      'FILE_INVALID',
      { field: 'target.file', reason: error.details.reason ?? error.message },
      error,
    );
  }
  const target: TargetSpec = {
    ...limitsOf(body),
    kind: 'http',
    url,
    model: body.name ?? new URL(url).host,
    temperature: null,
    maxTokens: null,
  };
  return { target, secrets: { apiKey: null, headers: body.headers, targetFile: body.file } };
}

function namedModel(models: NamedModels, name: string) {
  const found = models.find(name);
  if (found !== null) return found;
  const reason = models.names.length === 0 ? 'none is set up' : `set up: ${models.names.join(', ')}`;
  throw new RedoubtError('MODEL_UNKNOWN', { field: 'target.name', value: name, reason });
}

/** Where a target of each kind names the address that is called. */
const addressFields: Readonly<Record<TargetBody['kind'], string>> = {
  openai: 'target.base_url',
  named: 'target.name',
  http: 'target.file',
  simulated: 'target.kind',
};

/** Target and secrets as the body says. Throws MODEL_UNKNOWN, FILE_INVALID or INVALID_FIELD. */
export function targetOfBody(body: TargetBody, models: NamedModels): Chosen {
  switch (body.kind) {
    case 'simulated': {
      const sampled = { temperature: 0.7, maxTokens: 2048 };
      const model = simulatedModel(body.profile);
      const target = { ...limitsOf(body), ...sampled, kind: 'openai' as const, url: SIMULATED_URL, model };
      return { target, secrets: { ...noSecrets, apiKey: 'simulated' } };
    }
    case 'named': {
      const { url, apiKey, model } = namedModel(models, body.name);
      return { target: endpoint(body, url, model), secrets: { ...noSecrets, apiKey } };
    }
    case 'http':
      return httpApplication(body);
    default: {
      const apiKey = body.api_key === '' ? null : body.api_key;
      if (!mayCarry(body.headers, apiKey))
        throw invalidField('target.headers', 'may hold Authorization only where there is no api_key');
      return {
        target: endpoint(body, body.base_url, body.model),
        secrets: { ...noSecrets, apiKey, headers: body.headers },
      };
    }
  }
}

/** Over an API the call is the authorisation, recorded with the key's name. */
export const callersName = (caller: Caller): string => `API key "${caller.keyName}"`;

async function datasetsOf(
  { store, clock }: ApiServices,
  body: ScanBody,
  suite: Suite | null,
): Promise<DatasetChoice[]> {
  if (suite !== null) return [{ id: await storeSuite(store, suite, clock.now()) }];
  if (body.datasets.length === 0) return builtInTitles().map((name) => ({ name, field: 'datasets' }));
  return body.datasets.map((name, index) => ({ name, field: `datasets[${index}]` }));
}

function boundsOf(body: ScanBody): Pick<ScanRequest, 'bounds' | 'boundFields'> {
  const { max_cost: maxCost, max_calls: maxCalls, max_seconds: maxSeconds, until_interval: untilInterval } = body;
  const bounds = { maxCost, maxCalls, maxSeconds, untilInterval };
  if (Object.values(bounds).every((bound) => bound === null)) return {};
  return { bounds, boundFields: { maxCost: 'max_cost', untilInterval: 'until_interval' } };
}

async function guardOf(
  { guard }: ApiServices,
  { guard: mode, guard_policies: policies }: ScanBody,
  { projectId }: Caller,
): Promise<Pick<ScanRequest, 'guard'>> {
  if (mode === 'none' && policies.length > 0)
    throw invalidField('guard_policies', 'say what the guard holds to: set guard to "only" or "both"');
  for (const [index, id] of policies.entries())
    await requirePolicy(guard.policies, projectId, id, `guard_policies[${index}]`);
  return mode === 'none' ? {} : { guard: { mode, policies } };
}

/** Throws an error of the catalogue that names the field which does not fit. */
export async function requestOfBody(services: ApiServices, body: ScanBody, caller: Caller): Promise<ScanRequest> {
  if (body.suite !== null && body.datasets.length > 0)
    throw invalidField('suite', 'brings its own cases: leave datasets out');
  const suite = body.suite === null ? null : requireSuite(body.suite, 'suite');
  const attacks = suite === null || body.attacks.length > 0 ? body.attacks : suite.attacks;
  const takesImages = body.input_modalities.includes('image');
  return {
    projectId: caller.projectId,
    createdBy: caller.keyName,
    name: body.name,
    nameField: 'name',
    kind: 'scan',
    ...targetOfBody(body.target, services.models),
    targetField: addressFields[body.target.kind],
    datasets: await datasetsOf(services, body, suite),
    preset: body.preset,
    attacks: [...attacks, ...(takesImages ? imageAttacks : [])],
    attackField: 'attacks',
    // Who takes no text is asked by pictures alone.
    onlyAttacks: attacks.length > 0 || !body.input_modalities.includes('text'),
    seed: body.seed,
    limit: body.limit,
    twins: body.benign,
    judge: body.judge,
    ...(await guardOf(services, body, caller)),
    ...boundsOf(body),
    authorisedBy: callersName(caller),
    labels: {},
  };
}
