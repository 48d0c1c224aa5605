// What the command line says to input that cannot work: a sentence that names the flag, exit code 2, nothing stored.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { killAll, newFolder, notBuilt, redoubt, suiteName } from './fakes/command-line.ts';

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
});
