// `redoubt judge FILE` as a user meets it: what goes to which output, what files it leaves, how it exits.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { killAll, newFolder, notBuilt, redoubt, suiteName } from './fakes/command-line.ts';

const imports = join(import.meta.dirname, '..', 'contracts', 'imports');
const sample = join(imports, 'promptfoo.json');
const folder = newFolder('judge-command');
const inFolder = (name: string, text?: string | Buffer): string => {
  const path = join(folder, name);
  if (text !== undefined) writeFileSync(path, text);
  return path;
};
/** As a download leaves a file that broke off. */
function cutOff(name: string): string {
  const whole = readFileSync(join(imports, name));
  return inFolder(name, whole.subarray(0, Math.floor((whole.length * 2) / 3)));
}
/** What begins the first sample is other bytes. */
function withDamagedSample(name: string): string {
  const archive = readFileSync(join(imports, name));
  const at = archive.indexOf('.json', archive.indexOf('samples/')) + '.json'.length;
  archive.fill(0, at, at + 50);
  return inFolder(`sample-${name}`, archive);
}
/** The second entry of the list at its end is none. */
function withDamagedList(name: string): string {
  const archive = readFileSync(join(imports, name));
  const entry = Buffer.from('PK\x01\x02');
  archive.fill(0, archive.indexOf(entry, archive.indexOf(entry) + 1), archive.lastIndexOf('PK\x05\x06'));
  return inFolder(`damaged-${name}`, archive);
}
const judge = (...args: string[]) => redoubt(['judge', ...args], { env: { REDOUBT_DATA: folder } }).ended;

afterAll(killAll);

describe.skipIf(notBuilt !== null)(suiteName('redoubt judge FILE', notBuilt), () => {
  it('prints the table', async () => {
    const { code, stdout } = await judge(sample);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Errors they counted as a pass +2 of 10/);
    expect(stdout).toMatch(/Agreement: .* rows decided by them, 95 % interval/);
  });

  it('with --json prints a line for every row and nothing else; the table goes to the error output', async () => {
    const { code, stdout, stderr } = await judge(sample, '--json');
    expect(code).toBe(0);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toHaveLength(10);
    for (const line of lines)
      expect(Object.keys(line)).toEqual(
        expect.arrayContaining(['id', 'outcome', 'score', 'confidence', 'judge', 'reason', 'theirs', 'standing']),
      );
    expect(stderr).toContain('Theirs missed');
  });

  it('leaves the lines, the page and the paper where they are asked for', async () => {
    const [out, html, pdf] = [inFolder('lines.jsonl'), inFolder('page.html'), inFolder('paper.pdf')];
    const { code } = await judge(sample, '--out', out, '--html', html, '--pdf', pdf);
    expect(code).toBe(0);
    expect(readFileSync(out, 'utf8').trimEnd().split('\n')).toHaveLength(10);
    expect(readFileSync(html, 'utf8')).toContain('Their verdicts beside ours');
    expect(existsSync(pdf)).toBe(true);
  });

  it('calibrates with the options that follow its name', async () => {
    const labelled = inFolder('labelled.jsonl', '{"goal":"x","response":"No.","label":"refused"}\n');
    for (const args of [
      [labelled, '--json'],
      ['--json', labelled],
    ]) {
      const { code, stdout } = await judge('calibrate', ...args);
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ data: 'labelled.jsonl', figures: { all: { rows: 1 } } });
    }
    const { code, stderr } = await judge('calibrate', labelled, '--config', join(folder, 'none.yaml'));
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('none.yaml does not exist') });
  });

  it.each(['--out', '--html', '--pdf'])('writes nothing over the file that it reads: %s', async (flag) => {
    const text = '{"goal":"x","response":"No."}\n';
    const file = inFolder('both.jsonl', text);
    expect(await judge(file, flag, join(folder, '.', 'both.jsonl'))).toMatchObject({
      code: 2,
      stderr: `${flag}: is the file that is read: name another.\n`,
    });
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it.each<[string, string[], number, RegExp]>([
    ['a condition that is crossed', [sample, '--fail-on', 'errors-as-pass>1'], 1, /Theirs missed/],
    ['a condition that is not', [sample, '--fail-on', 'errors-as-pass>2'], 0, /Theirs missed/],
    ['a condition that is none', [sample, '--fail-on', 'mood>2'], 2, /--fail-on: "mood>2" cannot be read/],
    ['no file', ['/nowhere.jsonl'], 2, /there is no such file/],
    [
      'a file in another encoding',
      [inFolder('windows.jsonl', Buffer.from('{"goal":"x","response":"D\u00e9sol\u00e9"}\n', 'latin1'))],
      2,
      /windows\.jsonl, line 1: not UTF-8; save the file as UTF-8\.\n$/,
    ],
    [
      'a file of two bytes a character',
      [inFolder('wide.jsonl', Buffer.from('\uFEFF{"goal":"x","response":"No."}\n', 'utf16le'))],
      2,
      /wide\.jsonl, line 1: not UTF-8/,
    ],
    [
      'answers to calibrate with, in another encoding',
      [
        'calibrate',
        inFolder('labels.jsonl', Buffer.from('{"goal":"x","response":"D\u00e9sol\u00e9","label":0}\n', 'latin1')),
      ],
      2,
      /labels\.jsonl, line 1: not UTF-8/,
    ],
    ['a folder', [folder], 2, /: this is a folder, not a file\.\n$/],
    ['a file of another kind', [inFolder('notes.txt', 'hello')], 2, /line 1 begins no format that is known/],
    [
      'a line that is not understood',
      [inFolder('own.jsonl', '{"goal":"x","response":"No."}\n{"goal":1}\n')],
      2,
      /2 read, 2 judged[\s\S]*Line 2: goal: /,
    ],
    [
      'a table that breaks off, of which the rows before that count',
      [cutOff('pyrit.csv')],
      2,
      /^Rows +5 read[\s\S]*\nLine 11: Quote Not Closed.*\. Nothing after it was read\n/m,
    ],
    [
      'an archive that breaks off',
      [cutOff('inspect.eval')],
      2,
      /inspect\.eval: the archive is cut off or damaged: copy it again from where Inspect left it\.\n$/,
    ],
    [
      'an archive of which a sample is damaged',
      [withDamagedSample('inspect.eval')],
      2,
      /1 row not understood[\s\S]*^Samples\/\S+: damaged$/m,
    ],
    [
      'an archive whose list goes wrong',
      [withDamagedList('inspect.eval')],
      2,
      /1 row not understood[\s\S]*List of the archive: damaged\. Nothing after it was read\n/,
    ],
    [
      'a place that cannot be written, before anything is judged',
      [sample, '--html', '/nowhere/x.html'],
      3,
      /^\/nowhere\/x\.html cannot be written: .*\. Choose another place with --html\.\n$/,
    ],
  ])('%s', async (_, args, exit, words) => {
    const { code, stdout, stderr } = await judge(...args);
    expect(stdout + stderr).toMatch(words);
    expect(code).toBe(exit);
  });
});
