// The closing lines of a test run, from a run of its own on a made-up suite: machines read the last one.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { projectRoot } from './source-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'redoubt-reporter-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function closingLines(files: Readonly<Record<string, string>>): string[] {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const vitest = join(projectRoot, 'node_modules', 'vitest', 'vitest.mjs');
  const reporter = `--reporter=${join(projectRoot, 'scripts', 'reporter.mjs')}`;
  const args = [vitest, 'run', '--root', folder, '--globals', '--reporter=default', reporter];
  const { stdout } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, REDOUBT_FAILED_CHECKS: 'types' },
  });
  return stdout.trimEnd().split('\n').slice(-4);
}

it('ends with the counts alone on the last line, after each reason for skipping once', () => {
  const lines = closingLines({
    'a.test.js': `
      it('holds', () => {});
      it('breaks', () => { throw new Error('broken'); });
      describe.skip('stores on PostgreSQL - skipped: no initdb here', () => { it('reads', () => {}); it('writes', () => {}); });
      it.skip('sees - skipped: no browser here', () => {});`,
  });
  expect(lines).toEqual([
    'skipped: no initdb here (2 tests)',
    'skipped: no browser here (1 test)',
    'failed before the tests: types',
    '1 passed, 1 failed, 3 skipped',
  ]);
});

it('counts a file that cannot be loaded as failed, so that 0 failed means that nothing did', () => {
  const lines = closingLines({ 'a.test.js': `it('holds', () => {});`, 'b.test.js': `throw new Error('broken');` });
  expect(lines.at(-1)).toBe('1 passed, 1 failed, 0 skipped');
});
