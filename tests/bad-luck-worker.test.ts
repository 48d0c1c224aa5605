// The thread that works on scans dies of an error: another follows it, and the server drains it like the first.
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepWorker } from '../src/cli/kept-worker.ts';
import type { Settings } from '../src/config.ts';
import { RedoubtError } from '../src/core/errors.ts';
import { newFolder, until } from './fakes/command-line.ts';

let folder: string;
beforeEach(() => {
  folder = newFolder('worker');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A worker that notes what it hears; `deaths` says how often it dies, in its start or of the first thing it hears. */
function writeWorker(deaths: { readonly inStart?: number; readonly later?: number }): URL {
  const file = join(folder, 'worker.mjs');
  const source = `
    import { appendFileSync, readFileSync } from 'node:fs';
    import { parentPort } from 'node:worker_threads';
    const journal = ${JSON.stringify(join(folder, 'journal'))};
    appendFileSync(journal, 'start\\n');
    const starts = readFileSync(journal, 'utf8').split('\\n').filter((line) => line === 'start').length;
    parentPort.on('message', (message) => {
      appendFileSync(journal, message + '\\n');
      if (message === 'stop') { parentPort.postMessage('stopped'); parentPort.close(); }
    });
    if (starts > 1 && starts <= 1 + ${deaths.inStart ?? 0}) throw new Error('died in its start');
    if (starts <= ${deaths.later ?? 0}) parentPort.on('message', () => { throw new Error('died of bad luck'); });
    parentPort.postMessage('started');
  `;
  writeFileSync(file, source);
  appendFileSync(join(folder, 'journal'), '');
  return pathToFileURL(file);
}

const journal = (): string[] => readFileSync(join(folder, 'journal'), 'utf8').trim().split('\n');
const starts = (): number => journal().filter((line) => line === 'start').length;

it.each([
  ['once', { later: 1 }, 2],
  ['once, and the next one in its start', { later: 1, inStart: 1 }, 3],
])('a worker that dies %s is followed by another, which hears of work and drains', async (_, deaths, expected) => {
  const worker = await keepWorker({} as Settings, writeWorker(deaths));
  await until('another has started', () => {
    worker.wake();
    return starts() === expected;
  });
  await until('it hears of work', () => {
    worker.wake();
    return journal().slice(journal().lastIndexOf('start')).includes('wake');
  });
  await worker.stop();
  expect(journal().at(-1)).toBe('stop');
  expect(starts()).toBe(expected);
});

it('a worker that cannot start at all ends the start of the server with its error', async () => {
  const file = join(folder, 'broken.mjs');
  writeFileSync(file, `throw new Error('no luck at all');`);
  await expect(keepWorker({} as Settings, pathToFileURL(file))).rejects.toThrow('no luck at all');
});

it('and with its sentence, where it is an error of ours', async () => {
  const file = join(folder, 'refused.mjs');
  const errors = new URL('../src/core/errors.ts', import.meta.url).href;
  writeFileSync(
    file,
    `import { RedoubtError } from '${errors}'; throw new RedoubtError('DATABASE_UNUSABLE', { reason: 'no rights' });`,
  );
  const refused = await keepWorker({} as Settings, pathToFileURL(file)).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(RedoubtError);
  expect(refused).toMatchObject({ code: 'DATABASE_UNUSABLE', details: { reason: 'no rights' } });
});
