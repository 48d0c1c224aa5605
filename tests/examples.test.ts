// The scripts of examples/, run by bash against the built `redoubt serve` and `redoubt target`.
import { execFile, execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_KEY, killAll, newFolder, notBuilt, redoubt, serve, suiteName, until } from './fakes/command-line.ts';
import { unzip } from './fakes/unzip.ts';
import type { Json } from './fakes/virtuered-client.ts';
import { projectRoot } from './source-files.ts';

function isHere(program: string): boolean {
  try {
    execFileSync(program, program === 'unzip' ? ['-v'] : ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const missing = ['bash', 'curl', 'unzip'].filter((program) => !isHere(program));
const skipped = notBuilt ?? (missing.length > 0 ? `not on this machine: ${missing.join(', ')}` : null);

interface Ran {
  readonly code: number;
  readonly output: string;
}

const run = (script: string, cwd: string, env: Readonly<Record<string, string>>): Promise<Ran> =>
  new Promise((resolve) => {
    const file = join(projectRoot, 'examples', script);
    execFile('bash', [file], { cwd, env: { ...process.env, ...env } }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr }),
    );
  });

/** The JSON answers among the lines of a script's output. */
const answersIn = (output: string): (Json | Json[])[] =>
  output
    .split('\n')
    .filter((line) => /^[[{]/.test(line))
    .map((line) => JSON.parse(line) as Json | Json[]);

describe.skipIf(skipped !== null)(suiteName('the examples', skipped), () => {
  const folders: string[] = [];
  let env: Record<string, string>;

  const folder = (name: string): string => {
    const path = newFolder(name);
    folders.push(path);
    return path;
  };

  beforeAll(async () => {
    const [server, target] = [await serve(folder('examples-data')), redoubt(['target', '--port', '0'])];
    const url = await until('the target listens', () => /at (http\S+),/.exec(target.output())?.[1]);
    env = { BASE_URL: server.url, VIRTUERED_API_KEY: API_KEY, MODEL_BASE_URL: url, MODEL_API_KEY: 'any' };
  });

  afterAll(() => {
    killAll();
    for (const path of folders) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  });

  it('virtuered-quickstart.sh goes from the start to the archive', async () => {
    const cwd = folder('quickstart');
    const { code, output } = await run('virtuered-quickstart.sh', cwd, env);
    expect(code, output).toBe(0);
    const answers = answersIn(output) as Json[];
    expect(answers[0]).toEqual({ scan_id: expect.stringMatching(/^scan-/), status: 200 });
    expect(answers.at(-2)).toMatchObject({ scan_id: answers[0]!.scan_id, status: 'Finished', percentage: 100 });
    expect(answers.at(-1)).toMatchObject({ averages: { 'Healthcare Risks': expect.any(Number) } });
    const files = unzip(readFileSync(join(cwd, 'scan-results.zip')));
    expect([...files.keys()].sort()).toEqual(['report.pdf', 'results.jsonl', 'summary.json']);
  });

  it('virtuered-all.sh runs every command of the document', async () => {
    const cwd = folder('all');
    const { code, output } = await run('virtuered-all.sh', cwd, env);
    expect(code, output).toBe(0);
    const answers = answersIn(output);
    expect(answers.filter((answer) => 'status' in answer && answer.status === 200)).toHaveLength(6);
    expect(answers.filter((answer) => 'status' in answer && answer.status === 'paused')).toHaveLength(4);
    expect(answers.filter(Array.isArray).map((list) => list.length >= 5)).toEqual([true, true]);
    expect(answers.filter((answer) => 'total_scans' in answer)).toHaveLength(3);
    expect(unzip(readFileSync(join(cwd, 'scan-results.zip'))).size).toBe(3);
  });

  it('say what is missing where no key is given', async () => {
    const { code, output } = await run('virtuered-quickstart.sh', folder('no-key'), { ...env, VIRTUERED_API_KEY: '' });
    expect(code).not.toBe(0);
    expect(output).toMatch(/VIRTUERED_API_KEY/);
  });

  it('end with the sentence of the server where it refuses', async () => {
    const { code, output } = await run('virtuered-quickstart.sh', folder('wrong-key'), {
      ...env,
      VIRTUERED_API_KEY: 'wrong',
    });
    expect(code).not.toBe(0);
    expect(output).toMatch(/The API key is not valid/);
  });
});
