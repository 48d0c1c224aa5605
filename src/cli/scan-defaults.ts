// What `redoubt scan` does where no flag says otherwise: as `defaults:` in redoubt.yaml says.
import { existsSync } from 'node:fs';
import type { Settings } from '../config.ts';
import { durationOption } from './bound-options.ts';
import { besideSettings } from './named-target.ts';
import type { ScanFlags } from './scan-options.ts';

const said = <Flags extends object>(flags: Flags): Flags =>
  Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined)) as Flags;

const firstOf = (flag: readonly string[], byDefault: readonly string[] | undefined): readonly string[] =>
  flag.length > 0 ? flag : (byDefault ?? []);

function plainDefaults({ judge }: ScanFlags, { defaults }: Settings) {
  return {
    preset: defaults.preset,
    out: defaults.out,
    formats: defaults.formats?.join(','),
    limit: defaults.limit,
    seed: defaults.seed,
    guard: defaults.guard,
    maxCost: defaults.max_cost,
    maxCalls: defaults.max_calls,
    maxTime: defaults.max_time === undefined ? undefined : durationOption(defaults.max_time),
    untilInterval: judge ? defaults.until_interval : undefined,
  };
}

/** A file of the defaults lies beside redoubt.yaml. */
function placed(dataset: string, settings: Settings): string {
  const path = besideSettings(settings, dataset);
  return /\.(?:jsonl?|csv)$/i.test(dataset) || (dataset.includes('/') && existsSync(path)) ? path : dataset;
}

/**
 * The flags over the defaults of the settings. A suite brings its own datasets and attacks, a preset its own attacks:
 * where a flag names one, no default stands beside it. Policies by default are for a guard, an interval by default is for
 * verdicts: they are left aside where there are none.
 */
export function withScanDefaults(flags: ScanFlags, settings: Settings): ScanFlags {
  const { defaults } = settings;
  const takesDatasets = flags.suite === undefined && flags.dataset.length === 0;
  const takesAttacks = flags.suite === undefined && flags.preset === undefined && flags.attack.length === 0;
  const datasets = takesDatasets ? (defaults.datasets ?? []).map((each) => placed(each, settings)) : [];
  const attacks = takesAttacks ? (defaults.attacks ?? []) : [];
  const isGuarded = (flags.guard ?? defaults.guard ?? 'none') !== 'none';
  const policies = isGuarded && flags.guardPolicy.length === 0 ? (defaults.guard_policies ?? []) : [];
  const plain = said(plainDefaults(flags, settings));
  const isDefault = (name: keyof typeof plain): boolean => flags[name] === undefined && plain[name] !== undefined;
  return {
    ...plain,
    ...said(flags),
    dataset: firstOf(flags.dataset, datasets),
    attack: firstOf(flags.attack, attacks),
    inputModality: firstOf(flags.inputModality, defaults.input_modalities),
    guardPolicy: firstOf(flags.guardPolicy, policies),
    failOn: firstOf(flags.failOn, defaults.fail_on),
    byDefault: {
      dataset: datasets.length > 0,
      attack: attacks.length > 0,
      guardPolicy: policies.length > 0,
      out: isDefault('out'),
      maxCost: isDefault('maxCost'),
      untilInterval: isDefault('untilInterval'),
    },
  };
}
