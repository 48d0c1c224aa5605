// docs/guide/settings.md is what the program reads: each key of its example is known, and none that there is is missing.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { withScanDefaults } from '../src/cli/scan-defaults.ts';
import type { ScanFlags } from '../src/cli/scan-options.ts';
import { checkedSettings } from '../src/cli/settings-check.ts';
import { readSettings, type Settings } from '../src/config.ts';
import { settingsSchema } from '../src/core/settings-schema.ts';
import { defaultsSetting } from '../src/core/settings-targets.ts';

type Parts = Record<string, unknown>;
type Path = readonly (string | number)[];

const page = readFileSync(join(import.meta.dirname, '..', 'docs', 'guide', 'settings.md'), 'utf8');
const example = /```yaml\n([\s\S]*?)```/.exec(page)![1]!;
const written = (): Parts => parse(example) as Parts;

const folder = mkdtempSync(join(tmpdir(), 'redoubt-settings-page-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(join(folder, 'app.curl'), `curl https://app.example.com/chat -d 'text={{prompt}}'`);

const read = (text: string): Settings => {
  const config = join(folder, 'redoubt.yaml');
  writeFileSync(config, text);
  return checkedSettings(readSettings({ config }, { SHOP_KEY: 'k' }));
};

const isParts = (value: unknown): value is Parts =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const pathsIn = (value: unknown, path: Path = []): Path[] =>
  isParts(value)
    ? Object.entries(value).flatMap(([key, child]) => [[...path, key], ...pathsIn(child, [...path, key])])
    : [];

/** What stands at a path of the settings that were read; targets by name are kept apart there. */
const valueAt = (settings: Settings, path: Path): unknown => {
  const [part, name] = path;
  const within = part === 'targets' && name !== 'allow' ? ['targets', 'named', ...path.slice(1)] : path;
  return within.reduce<unknown>((value, key) => {
    const parts = value as Parts | undefined;
    return parts?.[key] ?? (parts?.template as Parts | undefined)?.[key];
  }, settings);
};

interface Unwrapped {
  readonly unwrap?: () => Unwrapped;
  readonly valueType?: Unwrapped;
  readonly shape?: Readonly<Record<string, Unwrapped>>;
}

/** Keys of a schema, "*" where any name may stand. */
function keysOf(schema: Unwrapped, path = ''): string[] {
  if (schema.unwrap) return keysOf(schema.unwrap(), path);
  if (schema.valueType) return keysOf(schema.valueType, `${path}.*`);
  if (!schema.shape) return [path.slice(1)];
  return Object.entries(schema.shape).flatMap(([key, child]) => keysOf(child, `${path}.${key}`));
}

describe('the example on the page of the settings', () => {
  const settings = read(example);

  it('is read as it stands, every key of it', () => {
    const paths = pathsIn(written());
    expect(paths.length).toBeGreaterThan(100);
    const leaves = paths.filter(
      (path) => !isParts(path.reduce<unknown>((value, key) => (value as Parts)[key], written())),
    );
    for (const path of leaves) {
      const said = path.reduce<unknown>((value, key) => (value as Parts)[key], written());
      expect.soft(valueAt(settings, path), path.join('.')).toEqual(said);
    }
  });

  it.each(
    pathsIn(written())
      .filter(
        ([part, name]) => !['retention_days', 'prices', 'models', 'policies', 'targets'].includes(String(part)) || name,
      )
      .filter((path) => !/^(retention_days|prices|models|policies|targets)\.[^.]+$/.test(path.join('.')))
      .filter((path) => !/(headers|headers_env|body)\./.test(path.join('.')))
      .map((path) => path.join('.')),
  )('has no key that is not looked at: %s', (name) => {
    const path = name.split('.');
    const changed = written();
    const holder = path.slice(0, -1).reduce<Parts>((value, key) => value[key] as Parts, changed);
    const last = path.at(-1)!;
    holder[`${last}_x`] = holder[last];
    delete holder[last];
    expect(() => read(stringify(changed))).toThrow(new RegExp(`^Setting ${name.split('.').slice(0, 2).join('\\.')}`));
  });

  it('or the table after it names every setting there is', () => {
    const named = new Set([...page.matchAll(/`([\w.*]+)`/g)].map(([, name]) => name));
    const free = /^(models|prices|retention_days)\.[^.]+/;
    const inExample = new Set(pathsIn(written()).map((path) => path.join('.').replace(free, '$1.*')));
    const keys = keysOf(settingsSchema as unknown as Unwrapped).map((key) => key.replace(/\.\*$/, ''));
    expect(keys.length).toBeGreaterThan(50);
    expect(keys.filter((key) => !inExample.has(key) && !named.has(key))).toEqual([]);
    const defaults = Object.keys(defaultsSetting.shape);
    expect(Object.keys(written().defaults as Parts).sort()).toEqual(defaults.sort());
  });

  it('holds for a scan without flags', () => {
    const none: ScanFlags = {
      ...{ dataset: [], attack: [], inputModality: [], guardPolicy: [], failOn: [], header: [] },
      judge: true,
    };
    expect(withScanDefaults(none, settings)).toMatchObject({
      ...{ preset: 'standard', dataset: ['Privacy'], attack: ['direct', 'persona'], inputModality: ['text'] },
      ...{ limit: 500, seed: 7, out: 'reports', formats: 'pdf,jsonl,json', guard: 'both' },
      ...{ guardPolicy: ['support-desk'], failOn: ['severity>=high'] },
      ...{ maxCost: 20, maxCalls: 50_000, maxTime: 7_200, untilInterval: 5 },
    });
  });
});
