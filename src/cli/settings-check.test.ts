import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readSettings } from '../config.ts';
import { checkedSettings } from './settings-check.ts';

const folder = mkdtempSync(join(tmpdir(), 'redoubt-settings-check-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const config = join(folder, 'redoubt.yaml');

describe('what stands in the settings', () => {
  it.each([
    [
      'defaults: { preset: quik }',
      'Setting defaults.preset: "quik" is not known. Allowed: direct, quick, standard, deep.',
    ],
    ['defaults: { guard: all }', 'Setting defaults.guard: "all" is not known. Allowed: none, only, both.'],
    ['defaults: { formats: [pdf, doc] }', /^Setting defaults\.formats: "doc" is not known\. Allowed: jsonl, pdf/],
    ['defaults: { input_modalities: [sound] }', /^Setting defaults\.input_modalities: "sound" is not known/],
    ['defaults: { fail_on: [often] }', /^Setting defaults\.fail_on: "often" cannot be read\./],
    ['defaults: { max_time: soon }', /^Setting defaults\.max_time: must be a time such as 90s.*"soon"\.$/],
    ['policies: { p: }', 'Setting policies.p: must be a policy: rules and what else its file would hold.'],
    ['policies: { p: { rules: [] } }', 'Setting policies.p.rules: must hold at least one rule.'],
    [
      'policies: { p: { rules: [{ detector: pii }], colour: red } }',
      'Setting policies.p.colour: is no part of a policy.',
    ],
    [
      'policies: { p: { id: q, rules: [{ detector: pii }] } }',
      'Setting policies.p.id: must be left out, or be the name "p".',
    ],
    ['policies: { p: { rules: pii } }', 'Setting policies.p.rules: must be a list.'],
    ['policies: { p: {} }', 'Setting policies.p.rules: is missing: it must be a list.'],
    [
      'policies: { p: { rules: [{ detector: pii, action: hide }] } }',
      'Setting policies.p.rules[0].action: must be one of block, redact, flag, strip.',
    ],
    [
      'policies: { p: { rules: [{ detector: pii, threshold: 2 }] } }',
      'Setting policies.p.rules[0].threshold: must be at most 1.',
    ],
    ['targets: { a: { model: m } }', /^Setting targets\.a: must be a model \(base_url, model\) or an HTTP application/],
    [
      'targets: { a: { url: "https://a.example/{{prompt}}", answr: x } }',
      'Setting targets.a.answr: is no part of a template.',
    ],
    ['targets: { a: { curl: app.curl, answr: x } }', 'Setting targets.a.answr: is no part of a template.'],
    [
      'targets: { a: { url: "https://a.example", body: "hi" } }',
      /^Setting targets\.a: does not say where the prompt goes/,
    ],
    [
      'targets: { a: { base_url: "https://a.example", model: m, headers: { "a b": x } } }',
      'Setting targets.a.headers.a b: is not a header name.',
    ],
    [
      'targets: { a: { base_url: "https://a.example", model: m, api_key_env: K, headers: { Authorization: x } } }',
      'Setting targets.a.headers: may hold Authorization only where there is no api_key_env.',
    ],
  ])('is refused with one sentence: %s', (text, sentence) => {
    writeFileSync(config, text);
    const said = (): string => {
      try {
        checkedSettings(readSettings({ config }, {}));
      } catch (error) {
        return (error as Error).message;
      }
      return 'nothing is wrong';
    };
    expect(said()).toEqual(typeof sentence === 'string' ? sentence : expect.stringMatching(sentence));
  });
});
