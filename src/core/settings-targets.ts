// What stands under `targets:` and `defaults:` of the settings: targets by name, and values for flags of a scan.
import { z } from 'zod';
import { scanRanges } from './scan-ranges.ts';
import { numberSetting } from './settings-numbers.ts';
import { wordsOfIssue } from './settings-words.ts';

const variable = z
  .string()
  .regex(/^[A-Za-z_]\w*$/, 'must be the name of a variable of the environment, as keys do not stand in the file');

/** How fast a target is called, and how long a call may take, in seconds. */
const pace = {
  concurrency: numberSetting(scanRanges.concurrency).optional(),
  qpm: numberSetting(scanRanges.qpm).optional(),
  timeout: numberSetting(scanRanges.timeout).optional(),
};

const sampling = {
  temperature: numberSetting(scanRanges.temperature).optional(),
  max_tokens: numberSetting(scanRanges.maxTokens).optional(),
};

const callFields = {
  ...pace,
  /** A text, or a file beside redoubt.yaml. */
  system: z.string().optional(),
  /** Headers whose values variables hold, by the variable's name. */
  headers_env: z.record(z.string(), variable).default({}),
};

const modelTarget = z.strictObject({
  base_url: z.url({ protocol: /^https?$/, error: 'must be the address of the API, up to and with /v1' }),
  model: z.string('must be the name of the model').min(1, 'must be the name of the model'),
  api_key_env: variable.nullable().default(null),
  headers: z.record(z.string(), z.string()).default({}),
  ...sampling,
  ...callFields,
});

/** What is no field of the call is the template of the request: read where templates are. */
const httpTarget = z
  .looseObject(callFields)
  .transform(({ concurrency, qpm, timeout, system, headers_env, ...rest }) => {
    const call = { concurrency, qpm, timeout, system, headers_env };
    return { ...call, template: rest as Readonly<Record<string, unknown>> };
  });

/** A target of the settings: a model, or (with `template`) an HTTP application. */
type NamedTarget = z.infer<typeof modelTarget> | z.infer<typeof httpTarget>;

/** No dot, colon or slash: what has one is an address. */
const isTargetName = (name: string): boolean => /^[A-Za-z0-9][\w-]*$/.test(name) && name !== 'localhost';

const wrongName =
  'is no name for a target: write letters, digits, dashes and underscores, so that no address looks like it';

type Wrong = readonly z.core.$ZodRawIssue[];

function readTarget(name: string, value: unknown): { readonly target: NamedTarget } | { readonly wrong: Wrong } {
  if (!isTargetName(name)) return { wrong: [{ code: 'custom', path: [name], message: wrongName, input: value }] };
  const isModel = typeof value === 'object' && value !== null && 'base_url' in value;
  const read = (isModel ? modelTarget : httpTarget).safeParse(value, { error: wordsOfIssue });
  if (read.success) return { target: read.data };
  return {
    wrong: read.error.issues.map((issue) => ({ ...issue, path: [name, ...issue.path] }) as z.core.$ZodRawIssue),
  };
}

/** `allow`: hosts that may be called; every other key names a target. */
export const targetsSetting = z
  .looseObject({ allow: z.array(z.string()).default([]) })
  .transform(({ allow, ...entries }, context) => {
    const named: Record<string, NamedTarget> = {};
    for (const [name, value] of Object.entries(entries)) {
      const read = readTarget(name, value);
      if ('target' in read) named[name] = read.target;
      else context.issues.push(...read.wrong);
    }
    return { allow, named };
  });

const names = z.array(z.string().min(1)).optional();

/** By the names of the flags of `redoubt scan`; which values there are is known where the flags are read. */
export const defaultsSetting = z.strictObject({
  preset: z.string().optional(),
  datasets: names,
  attacks: names,
  input_modalities: names,
  limit: numberSetting(scanRanges.limit).optional(),
  seed: numberSetting(scanRanges.seed).optional(),
  out: z.string().min(1).optional(),
  /** A list, or as the flag takes it: "pdf,zip". */
  formats: z.preprocess((value) => (typeof value === 'string' ? value.split(',') : value), names),
  guard: z.string().optional(),
  guard_policies: names,
  fail_on: names,
  max_cost: numberSetting(scanRanges.maxCost).optional(),
  max_calls: numberSetting(scanRanges.maxCalls).optional(),
  /** As the flag takes it, e.g. 20m; a number is of seconds. */
  max_time: z.preprocess((value) => (typeof value === 'number' ? String(value) : value), z.string().optional()),
  until_interval: numberSetting(scanRanges.untilInterval).optional(),
  ...pace,
  ...sampling,
});
