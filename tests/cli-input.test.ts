// What the command line says to input that cannot work: a sentence that names the flag, exit code 2, nothing stored.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { killAll, newFolder, notBuilt, redoubt, suiteName, until } from './fakes/command-line.ts';

const folder = newFolder('cli-input');
const data = join(folder, 'data');
const run = (...args: string[]) => redoubt([...args, '--data', data]).ended;
afterAll(() => {
  killAll();
  rmSync(folder, { recursive: true, force: true });
});

/** A scan that would work, was it not for what follows. Nothing listens at its target: no call may be made. */
const scan = (...args: string[]) =>
  run('scan', '--target', 'http://127.0.0.1:9/v1', '--model', 'm', '--attack', 'direct', '--limit', '1', ...args);

describe.skipIf(notBuilt !== null)(suiteName('a folder in place of a file', notBuilt), () => {
  const isFolder = `${folder}: this is a folder, not a file.\n`;

  it.each([
    ['--system', () => scan('--system', folder)],
    ['--curl', () => run('scan', '--curl', folder)],
    ['--key', () => run('verify', join(import.meta.dirname, '..', 'LICENSE'), '--key', folder)],
  ])('is refused after %s', async (flag, ended) => {
    expect(await ended()).toMatchObject({ code: 2, stdout: '', stderr: `${flag} ${isFolder}` });
  });

  it.each([
    ['verify', [folder]],
    ['judge calibrate', [folder]],
    ['datasets add', [folder]],
  ])('is refused by redoubt %s', async (command, args) => {
    expect(await run(...command.split(' '), ...args)).toMatchObject({ code: 2, stderr: isFolder });
  });

  it('is refused after --config', async () => {
    expect(await run('scans', 'list', '--config', folder)).toMatchObject({ code: 2, stderr: `Setting ${isFolder}` });
  });
});

describe.skipIf(notBuilt !== null)(suiteName('a database that cannot be reached', notBuilt), () => {
  const nowhere = 'postgres://redoubt:word@127.0.0.1:1/redoubt';

  it('is named by the flag that named it', async () => {
    const from = ['--data', join(folder, 'to-move')];
    expect(await redoubt(['scans', 'list', ...from]).ended).toMatchObject({ code: 0 });
    expect(await redoubt(['migrate', '--to', nowhere, ...from]).ended).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/^The database cannot be reached: .+\. Check --to\.\n$/),
    });
  });

  it('may have been named by another', async () => {
    const { stderr } = await run('scans', 'list', '--database-url', nowhere);
    expect(stderr).toMatch(/Check REDOUBT_DATABASE_URL or --database-url\.\n$/);
  });
});

describe.skipIf(notBuilt !== null)(suiteName('the help of a scan', notBuilt), () => {
  it('says which files hold a dataset, and how an attack is given parameters', async () => {
    const { stdout } = await redoubt(['scan', '--help']).ended;
    expect(stdout.replace(/\s+/g, ' ')).toMatch(/--dataset <name\|file> dataset by name, or a JSONL or CSV file/);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(/--attack <name> .*KEY=VALUE/);
  });
});

describe.skipIf(notBuilt !== null)(suiteName('a scan that cannot work', notBuilt), () => {
  const file = join(folder, 'a-file');
  writeFileSync(file, '');

  it.each<[string, string[], string | RegExp]>([
    [
      'a policy that there is not',
      ['--guard', 'both', '--guard-policy', 'nope'],
      /^--guard-policy: "nope" is not known/,
    ],
    ['policies without a guard', ['--guard-policy', 'secrets'], /^--guard-policy: .* add --guard only or --guard both/],
    ['a header over two lines', ['--header', 'X-Key: a\nb: c'], '--header: x-key must not contain line breaks\n'],
    ['a file for --out', ['--out', file], `--out: ${file} is a file, or lies below one: name a folder.\n`],
    ['a folder below a file', ['--out', join(file, 'x')], /^--out: .* lies below one/],
    ['no model', ['--model', ''], '--model: must not be empty.\n'],
    ['no format', ['--formats', ','], /^--formats: name at least one of jsonl, pdf, /],
    ['an empty name', ['--name', ' '], '--name: must not be empty.\n'],
    ['an empty baseline', ['--baseline', ''], '--baseline: must not be empty.\n'],
    ['nobody who authorised it', ['--authorised-by', ''], '--authorised-by: must not be empty.\n'],
    ['an address that is none', ['--target', 'foo.example'], /^--target: is no URL/],
    ['a name of no target', ['--target', 'foo'], /^--target: "foo" is no address .* and no name under targets: /],
    [
      'an attack that there is not',
      ['--attack', 'nope'],
      /^--attack: "nope" .* direct, .*encoding \(base64, .*, flip,/,
    ],
  ])('is refused for %s, and leaves nothing behind', async (_what, args, sentence) => {
    const { code, stdout, stderr } = await scan(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    if (typeof sentence === 'string') expect(stderr).toBe(sentence);
    else expect(stderr).toMatch(sentence);
    const { stdout: scans } = await run('scans', 'list', '--json');
    expect(JSON.parse(scans)).toEqual([]);
  });

  it.each([
    ['--dataset', 'results.jsonl', '{"prompt":"What is one plus one?"}\n', ['--formats', 'jsonl']],
    ['--dataset', 'results.csv', 'prompt\nWhat is one plus one?\n', ['--formats', 'csv']],
    ['--system', 'comment.md', 'You are helpful.', ['--formats', 'markdown']],
    ['--config', 'summary.json', '{}', ['--dry-run']],
  ])('is refused where a file of its own would be written over the one of %s', async (flag, name, text, more) => {
    const out = join(folder, `over${flag}`);
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, name), text);
    const { code, stdout, stderr } = await scan('--out', out, flag, join(out, name), ...more);
    const sentence = `--out: ${name} there is the file that ${flag} reads, and would be written over. Name another folder.\n`;
    expect([code, stdout, stderr]).toEqual([2, '', sentence]);
    expect([readdirSync(out).includes('evidence.json'), readFileSync(join(out, name), 'utf8')]).toEqual([false, text]);
  });

  it.each([
    [
      'policies: { p: { rules: [{ detector: nope }] } }',
      /^Setting policies\.p\.rules\[0\]\.detector: "nope" is not known\. /,
    ],
    ['policies: { p: { rules: [{ detector: contains }] } }', /^Setting policies\.p\.rules\[0\]\.reference: .* needs /],
    [
      'defaults: { guard_policies: [nope] }',
      /^Setting defaults\.guard_policies: "nope" is not known\. Allowed: .*secrets/,
    ],
  ])('is refused for settings that a server refuses, also where nothing is run: %s', async (text, sentence) => {
    const config = join(folder, 'wrong.yaml');
    writeFileSync(config, text);
    const { code, stdout, stderr } = await scan('--dry-run', '--config', config);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(sentence)]);
  });

  it.skipIf(!existsSync('/proc/self'))('is refused for a folder that no system makes, at once', async () => {
    const { code, stderr } = await scan('--out', '/proc/x');
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^--out: files cannot be left in \/proc\/x: ENOENT/)]);
    const opened = await redoubt(['scans', 'list', '--data', '/proc/x']).ended;
    expect([opened.code, opened.stderr]).toEqual([
      3,
      expect.stringMatching(/^The data folder \/proc\/x cannot be used/),
    ]);
  });

  it('is refused for a name that is taken, which is called by its flag', async () => {
    expect(await scan('--name', 'taken')).toMatchObject({ code: 3 });
    expect(await scan('--name', 'taken', '--seed', '2')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--name: a scan named "taken" exists'),
    });
  });
});

describe.skipIf(notBuilt !== null)(suiteName('a target that wants another key', notBuilt), () => {
  it('ends the scan, which names the command that says what to do', async () => {
    const target = redoubt(['target', '--port', '0', '--key', 'the-right-one']);
    const url = await until('the target listens', () => /at (http\S+),/.exec(target.output())?.[1]);
    const asked = ['--target', url, '--model', 'm', '--dataset', 'Privacy', '--attack', 'direct', '--limit', '1'];
    const { code, stderr } = await run('scan', ...asked, '--out', join(folder, 'refused'));
    expect(code).toBe(3);
    expect(stderr).toMatch(/HTTP 401.*\n.*redoubt doctor target with the same options says what to do\.\n/);
  });
});

describe.skipIf(notBuilt !== null)(suiteName('a scan that asks the guard alone', notBuilt), () => {
  it('says before it that the target is not called', async () => {
    const { stderr, stdout } = await scan('--guard', 'only', '--dataset', 'Privacy', '--dry-run');
    expect([stderr, stdout]).toEqual(['', '1 tests (cases under 1 attack): the guard alone is asked, m is not.\n']);
  });
});

describe.skipIf(notBuilt !== null)(suiteName('a pasted curl command', notBuilt), () => {
  const curl = join(folder, 'app.curl');
  writeFileSync(curl, `curl -k http://127.0.0.1:9/chat -H "X-Api-Key: $KEY" -d '{"message":"Hi"}' | jq .`);
  const said = [
    'The option -k is ignored. Certificates are checked all the same: ',
    'The header X-Api-Key is left out: $KEY is not expanded. It comes from --header.',
    'Only the first command is read: what follows "|" is left out.',
    'The field message is taken for the prompt; write {{prompt}} elsewhere to change that.',
  ];

  it.each([
    ['scan', ['scan', '--curl', curl, '--attack', 'direct', '--limit', '1', '--dry-run'], 'stderr' as const],
    ['doctor target', ['doctor', 'target', '--curl', curl], 'stdout' as const],
  ])('is told by redoubt %s what of it was left out or understood', async (_, args, output) => {
    const ended = await run(...args);
    for (const sentence of said) expect(ended[output]).toContain(sentence);
  });
});

describe.skipIf(notBuilt !== null)(suiteName('an empty name', notBuilt), () => {
  const cases = join(folder, 'own.jsonl');
  writeFileSync(cases, '{"prompt":"What is one plus one?"}\n');

  it.each([
    ['users add', [''], 'name'],
    ['keys create', [' '], 'name'],
    ['keys create', ['ci', '--project', ''], '--project'],
    ['datasets add', [cases, '--name', ''], '--name'],
  ])('is refused by redoubt %s %j', async (command, args, field) => {
    const ended = await run(...command.split(' '), ...args);
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: `${field}: must not be empty.\n` });
  });
});

describe.skipIf(notBuilt !== null)(suiteName('--json', notBuilt), () => {
  const own = join(folder, 'mixed.jsonl');
  writeFileSync(own, '{"prompt":"What is one plus one?"}\n{"promt":"x"}\n');
  const good = join(folder, 'good.jsonl');
  writeFileSync(good, '{"prompt":"What is one plus one?"}\n');
  const printed = async (code: number, ...args: string[]): Promise<unknown> => {
    const ended = await redoubt([...args, '--json'], { env: { REDOUBT_DATA: data } }).ended;
    expect([ended.code, ended.stderr]).toEqual([code, '']);
    return JSON.parse(ended.stdout);
  };

  it('prints what doctor found', async () => {
    const findings = expect.arrayContaining([{ ok: true, what: expect.stringContaining('on Node'), advice: null }]);
    expect(await printed(0, 'doctor')).toEqual({ ok: true, findings });
  });

  it('prints what doctor target saw', async () => {
    const seen = await printed(3, 'doctor', 'target', '--target', 'http://127.0.0.1:9/v1', '--model', 'm');
    const exchanges = [expect.objectContaining({ method: 'POST', status: null })];
    expect(seen).toMatchObject({ ok: false, answer: null, error: expect.stringMatching(/refused/), exchanges });
  });

  it('prints what is wrong with a file of cases, and what a good one was added as', async () => {
    const lines = [{ line: 2, text: expect.any(String), is_fault: true }];
    expect(await printed(2, 'datasets', 'validate', own)).toMatchObject({ good: 1, bad: 1, lines });
    const added = await printed(0, 'datasets', 'add', good, '--name', 'Sums');
    expect(added).toMatchObject({ name: 'Sums', slug: 'sums', cases: 1, origin: 'own' });
    expect(await printed(0, 'datasets', 'sample', '--n', '1')).toMatchObject({ dataset: expect.any(String) });
  });

  it('is taken by the demo, whose run is too long for this place', async () => {
    expect(await redoubt(['demo', '--help']).ended).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/--json +print the summary as JSON/),
    });
  });
});
