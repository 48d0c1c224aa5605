// What config.ts cannot know (presets, formats, policies, templates of requests), checked at the start of every command
// that reads settings. Files and variables named under `targets:` are read when the target is asked.
import type { Settings } from '../config.ts';
import { unknownValue } from '../core/errors.ts';
import { guardModes } from '../core/guarding.ts';
import { inputModalities } from '../core/scan-ranges.ts';
import { policiesInSettings } from '../guard/settings-policies.ts';
import { presetIds } from '../scan/presets.ts';
import { durationOption } from './bound-options.ts';
import { parseCondition } from './fail-on.ts';
import { parseFormats } from './formats.ts';
import { checkEntry } from './named-target.ts';
import { underSetting } from './under-setting.ts';

function known(values: readonly (string | undefined)[], allowed: readonly string[]): void {
  const unknown = values.find((value) => value !== undefined && !allowed.includes(value));
  if (unknown !== undefined) throw unknownValue('value', unknown, allowed);
}

function checkDefaults({ defaults }: Settings): void {
  const checks: Readonly<Record<string, () => void>> = {
    preset: () => known([defaults.preset], presetIds),
    guard: () => known([defaults.guard], guardModes),
    formats: () => defaults.formats === undefined || void parseFormats(defaults.formats.join(',')),
    input_modalities: () => known(defaults.input_modalities ?? [], inputModalities),
    fail_on: () => void defaults.fail_on?.map(parseCondition),
    max_time: () => defaults.max_time === undefined || void durationOption(defaults.max_time),
  };
  for (const [name, check] of Object.entries(checks)) underSetting(`defaults.${name}`, check);
}

/** The settings themselves. Throws SETTING_INVALID with one sentence that names the setting. */
export function checkedSettings(settings: Settings): Settings {
  for (const [name, entry] of Object.entries(settings.targets.named)) checkEntry(name, entry);
  policiesInSettings(settings.policies);
  checkDefaults(settings);
  return settings;
}
