import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { missingModelKeys, readSettings, requireModelKeys } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'redoubt-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function fileOf(text: string): string {
  files += 1;
  const path = join(folder, `${files}.yaml`);
  writeFileSync(path, text);
  return path;
}

const inFile = fileOf(
  'judge:\n  base_url: http://judge.example/v1\n  api_key: of-the-file\n  model: small\n  qpm: 60\n',
);

describe('the settings file', () => {
  it('is the one in the data folder, also where a flag names that folder', () => {
    const data = mkdtempSync(join(folder, 'data-'));
    writeFileSync(join(data, 'redoubt.yaml'), 'retention_days: { default: 7 }\n');
    expect(readSettings({ data }, {}).retention_days).toEqual({ default: 7 });
    expect(readSettings({}, { REDOUBT_DATA: data }).retention_days).toEqual({ default: 7 });
  });
});

describe('models of the gateway', () => {
  const written = (env: Record<string, string>) => {
    const text = 'models:\n  house: { base_url: http://house.example/v1, api_key_env: HOUSE_MODEL_KEY }\n';
    return readSettings({ config: fileOf(text) }, env);
  };

  it('have their keys from the variables that the file names', () => {
    const settings = written({ HOUSE_MODEL_KEY: 'of-the-environment' });
    expect(settings.models.house).toMatchObject({ api_key: 'of-the-environment' });
    expect(missingModelKeys(settings)).toEqual([]);
  });

  it('stop only who calls them, where such a variable is not set', () => {
    const settings = written({});
    expect(settings.models.house).toMatchObject({ api_key: null });
    const sentence = 'Setting models.house.api_key_env: the variable HOUSE_MODEL_KEY is not set.';
    expect(missingModelKeys(settings).map(({ message }) => message)).toEqual([sentence]);
    expect(() => requireModelKeys(settings)).toThrow(sentence);
  });
});

describe('the tries of a search', () => {
  it.each([
    ['', {}, null],
    ['search_tries: 10000\n', {}, 10_000],
    ['search_tries: 10000\n', { REDOUBT_SEARCH_TRIES: '2000' }, 2_000],
  ])('are as file and environment allow: %j %j', (file, env, expected) => {
    expect(readSettings({ config: fileOf(file) }, env).search_tries).toBe(expected);
  });
});

describe('helper models', () => {
  it('are none where nothing names one', () => {
    expect(readSettings({ config: fileOf('') }, {})).toMatchObject({ attacker: null, judge: null });
  });

  it('are read from the environment', () => {
    const env = { REDOUBT_ATTACKER_BASE_URL: 'https://a.example/v1', REDOUBT_ATTACKER_MODEL: 'big' };
    expect(readSettings({ config: fileOf('') }, env)).toMatchObject({
      attacker: { base_url: 'https://a.example/v1', api_key: null, model: 'big', concurrency: 8, qpm: null },
      judge: null,
    });
  });

  it('are read from the file, its key from the environment', () => {
    const settings = readSettings({ config: inFile }, { REDOUBT_JUDGE_API_KEY: 'of-the-environment' });
    expect(settings.judge).toMatchObject({ model: 'small', qpm: 60, api_key: 'of-the-environment' });
  });

  it('never send the key of the file to an address of the environment', () => {
    const env = { REDOUBT_JUDGE_BASE_URL: 'https://other.example/v1', REDOUBT_JUDGE_MODEL: 'other' };
    expect(readSettings({ config: inFile }, env).judge).toMatchObject({ model: 'other', api_key: null, qpm: null });
  });

  it.each([
    [{ REDOUBT_JUDGE_MODEL: 'alone' }, /REDOUBT_JUDGE_BASE_URL: must be the address/],
    [{ REDOUBT_JUDGE_BASE_URL: 'http://judge.example/v1' }, /REDOUBT_JUDGE_MODEL: must be the name of the model/],
    [{ REDOUBT_JUDGE_BASE_URL: 'ftp://judge.example', REDOUBT_JUDGE_MODEL: 'm' }, /REDOUBT_JUDGE_BASE_URL/],
  ])('say what is missing: %o', (env, sentence) => {
    expect(() => readSettings({ config: fileOf('') }, env)).toThrow(sentence);
  });
});
