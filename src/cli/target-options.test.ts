import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { readSettings, type Settings } from '../config.ts';
import { parseTargetFile } from '../models/target-file.ts';
import { withScanDefaults } from './scan-defaults.ts';
import { readScanFlags, type ScanFlags, saidBy } from './scan-options.ts';
import { type TargetFlags, targetOf } from './target-options.ts';

const folder = mkdtempSync(join(tmpdir(), 'redoubt-target-options-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

const written = `
targets:
  house:
    base_url: https://models.example.com/v1
    model: large
    api_key_env: HOUSE_KEY
    headers: { X-Team: red }
    headers_env: { X-Tenant: HOUSE_TENANT }
    system: prompt.txt
    temperature: 0.2
    qpm: 60
  open: { base_url: https://open.example.com/v1, model: small }
  app:
    url: https://app.example.com/chat
    body: { message: '{{prompt}}' }
    answer_path: reply.text
    headers_env: { Authorization: APP_AUTHORIZATION }
  pasted: { curl: app.curl, answer_path: reply }
  whole: { curl: app.yaml }
  mixed: { curl: app.yaml, answer_path: reply }
  away: { curl: away.curl }
defaults: { concurrency: 3, temperature: 0.5, timeout: 7, datasets: [own.jsonl, Privacy], attacks: [flip], preset: quick }
`;

const inFolder = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
inFolder('prompt.txt', 'Be kind.\n');
inFolder('app.curl', "curl https://app.example.com/say -d 'text={{prompt}}'");
inFolder('app.yaml', 'url: https://app.example.com/ask?q={{prompt}}\nanswer_path: a\n');

const settings: Settings = readSettings({ config: inFolder('redoubt.yaml', written) }, {});
const asked = (flags: Partial<TargetFlags>, among: Settings = settings) => targetOf({ header: [], ...flags }, among);

describe('a target that the settings name', () => {
  it('is asked as they say, and where they are silent as the defaults say', () => {
    vi.stubEnv('HOUSE_KEY', 'k');
    vi.stubEnv('HOUSE_TENANT', 'seven');
    expect(asked({ target: 'house' })).toEqual({
      target: {
        ...{ kind: 'openai', url: 'https://models.example.com/v1', model: 'large', system: 'Be kind.' },
        ...{ temperature: 0.2, maxTokens: 2048, timeoutMs: 7000, concurrency: 3, qpm: 60 },
      },
      secrets: { apiKey: 'k', headers: { 'x-team': 'red', 'x-tenant': 'seven' }, targetFile: null },
      targetField: 'Setting targets.house.base_url',
      notes: [],
    });
  });

  it('gives way to flags', () => {
    vi.stubEnv('OTHER_KEY', 'o');
    vi.stubEnv('HOUSE_TENANT', 'seven');
    const flags = { model: 'tiny', system: 'Be brief.', temperature: 1, concurrency: 9, keyEnv: 'OTHER_KEY' };
    const { target, secrets } = asked({ target: 'house', header: ['X-Team: blue'], ...flags });
    expect(target).toMatchObject({ model: 'tiny', system: 'Be brief.', temperature: 1, concurrency: 9, qpm: 60 });
    expect(secrets).toMatchObject({ apiKey: 'o', headers: { 'x-team': 'blue' } });
  });

  it('takes the usual variable for its key where it names none, and says which one is not set', () => {
    vi.stubEnv('REDOUBT_TARGET_API_KEY', 'usual');
    expect(asked({ target: 'open' }).secrets.apiKey).toBe('usual');
    vi.stubEnv('HOUSE_TENANT', 'seven');
    expect(() => asked({ target: 'house' })).toThrow(
      'Setting HOUSE_KEY: is named by targets.house.api_key_env and is not set.',
    );
  });

  it('is an HTTP application by a template, a curl command or a file', () => {
    vi.stubEnv('APP_AUTHORIZATION', 'Bearer x');
    const app = asked({ target: 'app' });
    expect(app.target).toMatchObject({ kind: 'http', url: 'https://app.example.com/chat', model: 'app' });
    expect(app.target).toMatchObject({ temperature: null, maxTokens: null, concurrency: 3 });
    expect(app.secrets.headers).toEqual({ authorization: 'Bearer x' });
    expect(parseTargetFile(app.secrets.targetFile!)).toMatchObject({ method: 'POST', answerPath: 'reply.text' });
    const pasted = asked({ target: 'pasted' }).secrets.targetFile!;
    expect(parseTargetFile(pasted)).toMatchObject({ url: 'https://app.example.com/say', answerPath: 'reply' });
    expect(asked({ target: 'whole' }).target.url).toBe('https://app.example.com/ask');
  });

  it('that is an application takes its key from --key-env, as a bearer token over one of its own', () => {
    vi.stubEnv('APP_AUTHORIZATION', 'Bearer x');
    vi.stubEnv('OTHER_KEY', 'o');
    vi.stubEnv('REDOUBT_TARGET_API_KEY', 'of a model');
    expect(asked({ target: 'app', keyEnv: 'OTHER_KEY' }).secrets.headers).toEqual({ authorization: 'Bearer o' });
    const curl = inFolder('key.curl', `curl https://a.example -H "Authorization: Bearer $KEY" -d '{"message":"Hi"}'`);
    expect(asked({ curl, keyEnv: 'OTHER_KEY' }).secrets.headers).toEqual({ authorization: 'Bearer o' });
    expect(asked({ curl }).secrets.headers).toEqual({});
    expect(() => asked({ curl, keyEnv: 'NO_KEY' })).toThrow(/^Setting NO_KEY: is named by --key-env and is not set\.$/);
    expect(asked({ curl }).notes).toEqual([
      'The header Authorization is left out: $KEY is not expanded. Its key comes from --key-env.',
      'The field message is taken for the prompt; write {{prompt}} elsewhere to change that.',
    ]);
  });

  it('says what is wrong with its file', () => {
    expect(() => asked({ target: 'away' })).toThrow(
      /^Setting targets\.away\.curl \/.*\/away\.curl: there is no such file\.$/,
    );
    expect(() => asked({ target: 'mixed' })).toThrow(
      /^Setting targets\.mixed\.curl: .*app\.yaml holds a whole template: write answer_path there\.$/,
    );
  });

  it.each(['', 'docs'])('has a prompt that is no file for what it says: "%s"', (system) => {
    mkdirSync(join(folder, 'docs'), { recursive: true });
    const text = `targets: { a: { base_url: "https://a.example", model: m, system: "${system}" } }`;
    const among = readSettings({ config: inFolder('prompts.yaml', text) }, {});
    expect(asked({ target: 'a' }, among).target.system).toBe(system);
    expect(asked({ target: 'a', system: 'A prompt. '.repeat(500) }, among).target.system).toMatch(/^A prompt\. A/);
  });

  it('may not name a folder, nor hold in a variable what no header can carry', () => {
    const at = (text: string): Settings => readSettings({ config: inFolder('other.yaml', text) }, {});
    expect(() => asked({ target: 'app' }, at('targets: { app: { curl: ., answer_path: a } }'))).toThrow(
      /^Setting targets\.app\.curl \/.*: this is a folder, not a file\.$/,
    );
    const system = 'targets: { a: { base_url: "https://a.example", model: m, system: . } }';
    expect(() => asked({ target: 'a' }, at(system))).toThrow(
      /^Setting targets\.a\.system \/.*: this is a folder, not a file\.$/,
    );
    vi.stubEnv('HOUSE_KEY', 'k');
    vi.stubEnv('HOUSE_TENANT', 'se\nven');
    expect(() => asked({ target: 'house' })).toThrow(
      'Setting targets.house.headers_env.X-Tenant: must not contain line breaks.',
    );
  });

  it('says for errors which setting holds its address', () => {
    vi.stubEnv('APP_AUTHORIZATION', 'Bearer x');
    const fields = ['open', 'app', 'pasted'].map((target) => asked({ target }).targetField);
    expect(fields).toEqual(['Setting targets.open.base_url', 'Setting targets.app.url', 'Setting targets.pasted.curl']);
  });

  it('is none of the names where the name is not there', () => {
    expect(() => asked({ target: 'hause' })).toThrow(
      '--target: "hause" is no address (https://...) and no name under targets: in redoubt.yaml, which names house, open, app, pasted, whole, mixed, away.',
    );
    const none = { ...settings, targets: { allow: [], named: {} } };
    expect(() => asked({ target: 'house' }, none)).toThrow(/in redoubt\.yaml, which names none\.$/);
  });

  it.each(['https://house/v1', 'house:8080', 'localhost', 'models.example.com'])(
    'is never meant by an address: %s',
    (target) => {
      expect(asked({ target, model: 'm' }).target).toMatchObject({ url: target, model: 'm', temperature: 0.5 });
    },
  );
});

describe('the defaults of a scan', () => {
  const none: ScanFlags = {
    ...{ dataset: [], attack: [], inputModality: [], guardPolicy: [], failOn: [], header: [] },
    judge: true,
  };

  it('hold where no flag says otherwise; files lie beside the settings', () => {
    expect(withScanDefaults(none, settings)).toMatchObject({
      ...{ dataset: [join(folder, 'own.jsonl'), 'Privacy'], attack: ['flip'], preset: 'quick' },
      byDefault: { dataset: true, attack: true },
    });
    const flags = { dataset: ['Bias'], attack: ['direct'], preset: 'deep' };
    const byDefault = { dataset: false, attack: false };
    expect(withScanDefaults({ ...none, ...flags }, settings)).toMatchObject({ ...flags, byDefault });
  });

  it('are what errors name, where no flag stands over them', () => {
    const { defaults } = settings;
    const wrong = {
      ...settings,
      defaults: { ...defaults, attacks: ['flap'], out: 'o', guard: 'both', guard_policies: ['p'] },
    };
    const flags = withScanDefaults({ ...none, target: 'open' }, wrong);
    expect(() => readScanFlags(flags, wrong)).toThrow(/^Setting defaults\.attacks: "flap" is not known/);
    expect(saidBy(flags, 'out')).toBe('Setting defaults.out');
    expect(saidBy(flags, 'guardPolicy')).toBe('Setting defaults.guard_policies');
    const flagged = withScanDefaults({ ...none, out: 'here', guardPolicy: ['q'] }, wrong);
    expect([saidBy(flagged, 'out'), saidBy(flagged, 'guardPolicy')]).toEqual(['--out', '--guard-policy']);
  });

  it('bound a scan under their own names, but for an interval where nothing is judged', () => {
    const bounded = { ...settings, defaults: { max_cost: 5, until_interval: 4 } };
    const asked = (flags: Partial<ScanFlags>) =>
      readScanFlags(withScanDefaults({ ...none, target: 'open', ...flags }, bounded), bounded).request;
    expect(asked({}).boundFields).toEqual({
      maxCost: 'Setting defaults.max_cost',
      untilInterval: 'Setting defaults.until_interval',
    });
    expect(asked({ maxCost: 1, untilInterval: 2 }).boundFields).toEqual({
      maxCost: '--max-cost',
      untilInterval: '--until-interval',
    });
    expect(asked({ judge: false }).bounds).toMatchObject({ maxCost: 5, untilInterval: null });
    expect(asked({ judge: false, untilInterval: 2 }).bounds).toMatchObject({ untilInterval: 2 });
  });

  it('leave policies aside where there is no guard', () => {
    const guarded = { ...settings, defaults: { guard: 'both', guard_policies: ['p'] } };
    expect(withScanDefaults(none, guarded)).toMatchObject({ guard: 'both', guardPolicy: ['p'] });
    expect(withScanDefaults({ ...none, guard: 'none' }, guarded)).toMatchObject({ guard: 'none', guardPolicy: [] });
    const waiting = { ...settings, defaults: { guard_policies: ['p'] } };
    expect(withScanDefaults(none, waiting).guardPolicy).toEqual([]);
    expect(withScanDefaults({ ...none, guard: 'only' }, waiting).guardPolicy).toEqual(['p']);
  });

  it('leave a suite its own datasets and attacks, and a preset its own attacks', () => {
    expect(withScanDefaults({ ...none, suite: 'jailbreak' }, settings)).toMatchObject({ dataset: [], attack: [] });
    const deep = withScanDefaults({ ...none, preset: 'deep' }, settings);
    expect(deep).toMatchObject({ attack: [], preset: 'deep' });
    expect(deep.dataset).toHaveLength(2);
  });
});
