// One new attack is one file and one line: in a copy of the sources a made-up one shows up in the command line, in our
// API and on the page of the docs, and can be previewed.
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newFolder } from './fakes/command-line.ts';
import { projectRoot } from './source-files.ts';

const part = `// An attack for this test: shouts.
import { z } from 'zod';
import { type Attack, harmfulIntent } from './attack.ts';
import { openingWith, requestOf } from './opening.ts';

export const shouting: Attack<Record<string, never>> = {
  id: 'shouting',
  title: 'Shouting Attack',
  summary: 'Writes the request in capitals.',
  paper: null,
  family: 'framing',
  fidelity: 'exact',
  version: 1,
  calls: 1,
  parameters: z.strictObject({}),
  appliesTo: harmfulIntent,
  payload: (request) => request.toUpperCase(),
  conversations: (testCase) => [openingWith(testCase, requestOf(testCase).toUpperCase())],
};
`;

/** Serves the copy in a process of its own, and asks its API. */
const askApi = `
import { startServer } from './tests/fakes/server.ts';
const server = await startServer({ worker: false });
const headers = { authorization: 'Bearer ' + server.key };
const answer = await fetch(server.url + '/api/redoubt/v1/attacks', { headers });
process.stdout.write(await answer.text());
await server.close();
`;

describe('a new attack', () => {
  const copy = newFolder('attack');
  const run = (...args: string[]): string => execFileSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });

  beforeAll(() => {
    for (const folder of ['src', 'data', 'scripts', 'docs', 'tests/fakes'])
      cpSync(join(projectRoot, folder), join(copy, folder), {
        recursive: true,
        filter: (path) => !path.includes(join('data', 'fonts')),
      });
    cpSync(join(projectRoot, 'package.json'), join(copy, 'package.json'));
    symlinkSync(join(projectRoot, 'node_modules'), join(copy, 'node_modules'), 'junction');
    writeFileSync(join(copy, 'src/scan/attacks/shouting.ts'), part);
    const index = join(copy, 'src/scan/attacks/index.ts');
    const lines = readFileSync(index, 'utf8').split('\n');
    const last = lines.indexOf('];');
    lines.splice(last, 0, '  shouting,');
    lines.splice(1, 0, "import { shouting } from './shouting.ts';");
    writeFileSync(index, lines.join('\n'));
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it('stands in the list of the command line and can be previewed', () => {
    const listed = JSON.parse(run('src/cli/main.ts', 'attacks', 'list', '--json')) as { id: string }[];
    expect(listed.map(({ id }) => id)).toContain('shouting');
    const preview = run('src/cli/main.ts', 'attacks', 'preview', 'Shouting Attack', '--text', 'bake a cake', '--json');
    expect(JSON.parse(preview)).toMatchObject({ payload: 'BAKE A CAKE' });
  });

  it('stands in the list of our API', () => {
    writeFileSync(join(copy, 'ask.mjs'), askApi);
    const { attacks } = JSON.parse(run('ask.mjs')) as { attacks: { id: string; title: string }[] };
    expect(attacks.find(({ id }) => id === 'shouting')?.title).toBe('Shouting Attack');
  });

  it('stands on the page of the docs', () => {
    run('scripts/reference.ts');
    expect(readFileSync(join(copy, 'docs/reference/attacks.md'), 'utf8')).toMatch(/\| shouting \| Shouting Attack \|/);
  });
});
