// `redoubt judge FILE` as a user meets it: what goes to which output, what files it leaves, how it exits.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { killAll, newFolder, notBuilt, redoubt, suiteName } from './fakes/command-line.ts';

const sample = join(import.meta.dirname, '..', 'contracts', 'imports', 'promptfoo.json');
const folder = newFolder('judge-command');
const inFolder = (name: string, text?: string): string => {
  const path = join(folder, name);
  if (text !== undefined) writeFileSync(path, text);
  return path;
};
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

  it.each<[string, string[], number, RegExp]>([
    ['a condition that is crossed', [sample, '--fail-on', 'errors-as-pass>1'], 1, /Theirs missed/],
    ['a condition that is not', [sample, '--fail-on', 'errors-as-pass>2'], 0, /Theirs missed/],
    ['a condition that is none', [sample, '--fail-on', 'mood>2'], 2, /--fail-on: "mood>2" cannot be read/],
    ['no file', ['/nowhere.jsonl'], 2, /there is no such file/],
    ['a folder', [folder], 2, /: this is a folder, not a file\.\n$/],
    ['a file of another kind', [inFolder('notes.txt', 'hello')], 2, /line 1 begins no format that is known/],
    [
      'a line that is not understood',
      [inFolder('own.jsonl', '{"goal":"x","response":"No."}\n{"goal":1}\n')],
      2,
      /2 read, 2 judged[\s\S]*Line 2: goal: /,
    ],
    ['a place that cannot be written', [sample, '--html', '/nowhere/x.html'], 3, /cannot be written/],
  ])('%s', async (_, args, exit, words) => {
    const { code, stdout, stderr } = await judge(...args);
    expect(stdout + stderr).toMatch(words);
    expect(code).toBe(exit);
  });
});
