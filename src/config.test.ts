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

const said = (text: string, env: Record<string, string> = {}, flags: Record<string, unknown> = {}): string => {
  try {
    readSettings({ ...flags, config: fileOf(text) }, env);
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing is wrong';
};

describe('the default endpoint of models', () => {
  const openAiOf = (text: string, env: Record<string, string>) => readSettings({ config: fileOf(text) }, env).openai;
  const written = 'openai: { base_url: https://api.example/v1, api_key: of-the-file }\n';

  it('takes its key from the environment where its address stands in the file', () => {
    const address = 'openai: { base_url: https://api.example/v1 }\n';
    expect(openAiOf(address, { OPENAI_API_KEY: 'k' })).toEqual({ base_url: 'https://api.example/v1', api_key: 'k' });
    const empty = 'openai: { base_url: https://api.example/v1, api_key: }\n';
    expect(openAiOf(empty, { OPENAI_API_KEY: 'k' }).api_key).toBe('k');
  });

  it('keeps the key of the file before a variable that names no address', () => {
    expect(openAiOf(written, { OPENAI_API_KEY: 'k' }).api_key).toBe('of-the-file');
    const both = { OPENAI_BASE_URL: 'https://api.example/v1', OPENAI_API_KEY: 'k' };
    expect(openAiOf(written, both).api_key).toBe('k');
  });

  it('keeps the key of the file for the address of the file alone', () => {
    const same = { OPENAI_BASE_URL: 'https://api.example/v1' };
    expect(openAiOf(written, same)).toEqual({ base_url: 'https://api.example/v1', api_key: 'of-the-file' });
    const other = { OPENAI_BASE_URL: 'https://other.example/v1' };
    expect(openAiOf(written, other)).toEqual({ base_url: 'https://other.example/v1', api_key: null });
  });
});

describe('a wrong setting', () => {
  const anyPort = 'must be a whole number of at least 0 and at most 65535.';

  it.each([
    ['port: abc', `Setting port: ${anyPort}`],
    ['port: 1\nport: 2', /: Map keys must be unique at line 2, column 1\.$/],
    ['port: true', `Setting port: ${anyPort}`],
    ['port: ""', `Setting port: ${anyPort}`],
    ['port:', `Setting port: ${anyPort}`],
    ['port: 1.5', `Setting port: ${anyPort}`],
    ['port: 70000', `Setting port: ${anyPort}`],
    ['prot: 4000', 'Setting prot: is not a setting of Redoubt.'],
    ['guard: { log_dayz: 3 }', 'Setting guard.log_dayz: is not a setting of Redoubt.'],
    ['judge: { base_url: http://a.example, model: m, modle: n }', 'Setting judge.modle: is not a setting of Redoubt.'],
    ['judge: { base_url: http://a.example }', 'Setting judge.model: must be the name of the model.'],
    ['trusted_proxies: [1]', 'Setting trusted_proxies[0]: must be a text (in quotes).'],
    ['limits: { api_key: none }', 'Setting limits.api_key: must be a number.'],
    ['limits: { api_key: 0 }', 'Setting limits.api_key: must be at least 1.'],
    ['models:', 'Setting models: is empty: it must be settings as name: value.'],
    ['guard: { log_messages: all }', 'Setting guard.log_messages: must be one of redacted, full, none.'],
    ['openai: { base_url: abc }', 'Setting openai.base_url: must be an address such as https://example.com/v1.'],
    ['virtuered_legacy: 2', 'Setting virtuered_legacy: must be true or false (1 or 0).'],
    [
      'proxy: { https: zzz }',
      'Setting proxy.https: must be the address of a proxy, such as http://proxy.example:3128.',
    ],
    ['prices: { m: { input: 1 } }', 'Setting prices.m.output: is missing: it must be a number.'],
    ['defaults: { presett: quick }', 'Setting defaults.presett: is not a setting of Redoubt.'],
    [
      'defaults: { concurrency: many }',
      'Setting defaults.concurrency: must be a whole number of at least 1 and at most 4096.',
    ],
    ['defaults: { attacks: flip }', 'Setting defaults.attacks: must be a list.'],
    ['targets: { a.b: { base_url: https://a.example, model: m } }', /^Setting targets\.a\.b: is no name for a target/],
    ['targets: { a: { base_url: https://a.example } }', 'Setting targets.a.model: must be the name of the model.'],
    [
      'targets: { a: { base_url: https://a.example, model: m, api_key: secret } }',
      'Setting targets.a.api_key: is not a setting of Redoubt.',
    ],
    [
      'targets: { a: { base_url: https://a.example, model: m, api_key_env: "Bearer x" } }',
      /^Setting targets\.a\.api_key_env: must be the name of a variable of the environment/,
    ],
    [
      'targets: { a: { url: https://a.example, qpm: 0 } }',
      'Setting targets.a.qpm: must be a whole number of at least 1.',
    ],
    ['targets: { a: https://a.example }', 'Setting targets.a: must be settings as name: value.'],
  ])('of the file is called as the file calls it: %s', (text, sentence) => {
    expect(said(text)).toEqual(typeof sentence === 'string' ? sentence : expect.stringMatching(sentence));
  });

  it('of a variable or a flag is called by that', () => {
    expect(said('port: 1', { REDOUBT_PORT: 'abc' })).toBe(`Setting REDOUBT_PORT: ${anyPort}`);
    expect(said('port: abc', { REDOUBT_PORT: '80' })).toBe('nothing is wrong');
    const url = { database_url: 'mysql://x' };
    expect(said('', {}, url)).toBe('Setting --database-url: must begin with postgres://.');
  });

  const noProxy = 'must be the address of a proxy, such as http://proxy.example:3128.';
  it.each(['HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY'])('is a proxy that is no address: %s', (variable) => {
    expect(said('', { [variable]: 'zzz' })).toBe(`Setting ${variable}: ${noProxy}`);
    expect(said('', { [variable]: 'proxy.example:3128' })).toBe(`Setting ${variable}: ${noProxy}`);
    expect(said('', { [variable]: 'http://name:word@proxy.example:3128' })).toBe('nothing is wrong');
  });
});

describe('a switch', () => {
  it.each([
    ['1', true],
    ['true', true],
    ['"1"', true],
    ['0', false],
    ['false', false],
  ])('is on or off however it is written: %s', (text, on) => {
    expect(readSettings({ config: fileOf(`virtuered_legacy: ${text}\n`) }, {}).virtuered_legacy).toBe(on);
    const env = { REDOUBT_VIRTUERED_LEGACY: text.replaceAll('"', '') };
    expect(readSettings({ config: fileOf('') }, env).virtuered_legacy).toBe(on);
  });
});
