import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RedoubtError } from '../core/errors.ts';
import { insertPolicy } from '../store/guard.ts';
import { openStore, type Store } from '../store/store.ts';
import { evaluate } from './evaluate.ts';
import { ownWords } from './open-policy.ts';
import { openPolicySource, type PolicySource } from './policies.ts';
import { policySchema, writtenPolicy } from './policy.ts';

const file = (id: string, phrase: string, more = ''): string =>
  `id: ${id}\n${more}rules:\n  - detector: contains\n    reference: ${phrase}\n`;

describe('policies', () => {
  let folder: string;
  let store: Store;
  let now = 0;
  let problems: RedoubtError[] = [];
  const clock = { now: () => now, monotonic: () => now, sleep: async () => undefined };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'redoubt-policies-'));
    store = await openStore({ path: ':memory:' });
    now = 0;
    problems = [];
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  const open = (inSettings: Record<string, unknown> = {}): Promise<PolicySource> =>
    openPolicySource({
      inSettings,
      store,
      clock,
      services: { judge: null },
      folders: [folder, join(folder, 'own')],
      onProblem: (problem) => problems.push(problem),
    });
  const held = async (source: PolicySource): Promise<string[]> =>
    (await source.all('p')).map(({ policy }) => `${policy.id}@${policy.version}: ${policy.rules[0]!.reference}`);

  it('are read again when a file changes, comes or goes', async () => {
    write('a.yaml', file('a', 'red'));
    write('b.yaml', file('b', 'blue'));
    const source = await open();
    expect(await held(source)).toEqual(['a@1: red', 'b@1: blue']);
    write('a.yaml', file('a', 'scarlet'));
    write('c.yaml', file('c', 'green'));
    rmSync(join(folder, 'b.yaml'));
    expect(await held(source)).toEqual(['a@1: red', 'b@1: blue']);
    now += 1001;
    expect(await held(source)).toEqual(['a@1: scarlet', 'c@1: green']);
  });

  it('keep what a file said before it became wrong, and tell of it', async () => {
    write('a.yaml', file('a', 'red'));
    const source = await open();
    await held(source);
    write('a.yaml', 'id: a\nrules: []\n');
    now += 1001;
    expect(await held(source)).toEqual(['a@1: red']);
    expect(problems.map((problem) => problem.message)).toEqual([
      expect.stringMatching(/a\.yaml: rules must hold at least one rule/),
    ]);
  });

  const ofSettings = (phrase: string) => ({ rules: [{ detector: 'contains', reference: phrase }] });

  it('stand in the settings as well, over what ships and under what is stored', async () => {
    write('a.yaml', file('a', 'red'));
    const source = await open({ a: ofSettings('scarlet'), b: ofSettings('blue') });
    expect(await held(source)).toEqual(['a@1: scarlet', 'b@1: blue']);
    const stored = policySchema.parse({ id: 'b', ...ofSettings('navy') });
    await source.save('p', stored, 'test', ownWords(''));
    expect(await held(source)).toEqual(['a@1: scarlet', 'b@1: navy']);
  });

  it('that stand in the settings and in a file of the data folder are one clear error', async () => {
    mkdirSync(join(folder, 'own'));
    const source = await open({ a: ofSettings('scarlet') });
    write('own/a.yaml', file('a', 'red'));
    await expect(open({ a: ofSettings('scarlet') })).rejects.toThrow(
      /own\/a\.yaml: the policy "a" stands under policies: in redoubt\.yaml as well\. Keep one of the two\.$/,
    );
    now += 1001;
    expect(await held(source)).toEqual(['a@1: scarlet']);
    expect(problems.map((problem) => problem.message)).toEqual([expect.stringMatching(/own\/a\.yaml: the policy "a"/)]);
  });

  it('of the settings are refused at the start with their place', async () => {
    const detector = { rules: [{ detector: 'nonsense' }] };
    await expect(open({ a: detector })).rejects.toThrow(
      /^Setting policies\.a\.rules\[0\]\.detector: "nonsense" is not known/,
    );
    await expect(open({ a: { rules: [] } })).rejects.toThrow('Setting policies.a.rules: must hold at least one rule.');
  });

  it.each([
    ['an unknown detector', 'id: a\nrules:\n  - detector: nonsense\n', /rules\[0\]\.detector: "nonsense" is not known/],
    [
      'a wrong threshold',
      'id: a\nrules:\n  - detector: contains\n    threshold: 2\n',
      /a\.yaml: rules\[0\]\.threshold must be at most 1\.$/,
    ],
    [
      'a key that means nothing',
      'id: a\ncolour: red\nrules:\n  - detector: contains\n',
      /: colour is no part of a policy\.$/,
    ],
    ['no id', 'rules:\n  - detector: contains\n', /a\.yaml: id is missing: it must be a text \(in quotes\)\.$/],
    ['a list', '- a\n', /a\.yaml: must be settings as name: value\.$/],
    ['no YAML', 'id: [', /a\.yaml: /],
  ])('refuse to start with %s', async (_what, text, sentence) => {
    write('a.yaml', text);
    await expect(open()).rejects.toThrow(sentence);
  });

  it('of a later folder hold over an earlier, and stored ones over both', async () => {
    write('a.yaml', file('a', 'red'));
    mkdirSync(join(folder, 'own'));
    write('own/a.yaml', file('a', 'blue'));
    const source = await open();
    expect(await held(source)).toEqual(['a@1: blue']);
    const policy = policySchema.parse({
      id: 'a',
      by_default: true,
      rules: [{ detector: 'contains', reference: 'green' }],
    });
    expect((await source.save('p', policy, 'somebody', ownWords(''))).policy.version).toBe(1);
    expect((await source.save('p', policy, 'somebody', ownWords(''))).policy.version).toBe(2);
    expect(await held(source)).toEqual(['a@2: green']);
    expect((await source.defaults('p')).map(({ policy: { id } }) => id)).toEqual(['a']);
    expect((await source.all('another project')).map(({ policy: { version } }) => version)).toEqual([1]);
  });

  it('stored by another process hold within a second', async () => {
    const [here, there] = [await open(), await open()];
    expect(await held(here)).toEqual([]);
    const policy = policySchema.parse({ id: 'a', rules: [{ detector: 'contains', reference: 'green' }] });
    await there.save('p', policy, 'somebody', ownWords(''));
    now += 1001;
    expect(await held(here)).toEqual(['a@1: green']);
  });

  it('that are stored and no longer open decide by their failure setting, and leave the others alone', async () => {
    const stored = (id: string, detector: string): Promise<boolean> => {
      const policy = policySchema.parse({ id, by_default: true, rules: [{ detector, reference: 'red' }] });
      const body = JSON.stringify(writtenPolicy(policy));
      return insertPolicy(store, { project_id: 'p', id, version: 1, body, created_by: 'x', created_at: 0 });
    };
    await stored('a', 'contains');
    await stored('b', 'gone');
    await stored('c', 'topics');
    const source = await open();
    const checks = (await source.defaults('p')).flatMap((each) => each.checks);
    const options = { clock, session: null, failFast: false };
    const findings = await evaluate(checks, [{ role: 'user', content: 'a red door' }], options);
    expect(findings.map(({ policyId, detected, onFailure }) => [policyId, detected, onFailure])).toEqual([
      ['a', true, 'closed'],
      ['b', false, 'closed'],
      ['c', false, 'closed'],
    ]);
    expect(findings[0]!.undecided).toBeNull();
    expect(findings[1]!.undecided).toMatch(/policy "b" cannot be used: .*"gone" is not known/);
    expect(findings[2]!.undecided).toMatch(/policy "c" cannot be used: .*topics/);
    now += 1001;
    await source.all('p');
    expect(problems).toHaveLength(2);
  });
});
