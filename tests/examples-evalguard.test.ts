// The three code samples of EvalGuard's page, of which only the import was changed, against the built server.
import { execFile, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { killAll, newFolder, notBuilt, suiteName } from './fakes/command-line.ts';
import { pythonWith } from './fakes/sdk-cache.ts';
import { type SdkServer, startSdkServer } from './fakes/sdk-server.ts';
import { projectRoot } from './source-files.ts';

const run = promisify(execFile);
const samples = join(projectRoot, 'examples', 'evalguard');
const sdks = join(projectRoot, 'sdks');

const noGo = spawnSync('go', ['version']).status === 0 ? null : 'no Go on this machine';
const { python, missing: noPython } =
  notBuilt === null ? pythonWith(['httpx==0.28.1']) : { python: '', missing: notBuilt };

/** What each prints is the same answer, in the words of its language. */
const says = (language: string, name: string): RegExp =>
  ({
    ts: new RegExp(`\\b${name}:`),
    py: new RegExp(`'${name}':`),
    go: new RegExp(`\\b${name}:`),
  })[language]!;

describe.skipIf(notBuilt !== null)(suiteName("EvalGuard's samples", notBuilt), { timeout: 180_000 }, () => {
  let server: SdkServer;
  let env: Record<string, string | undefined>;
  const folder = newFolder('samples');

  beforeAll(async () => {
    server = await startSdkServer();
    env = { ...process.env, EVALGUARD_BASE_URL: server.url, EVALGUARD_API_KEY: server.key };
  }, 180_000);
  afterAll(async () => {
    await server?.close();
    killAll();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  const fields = [
    'success',
    'data',
    'id',
    'status',
    'score',
    'totalTests',
    'duration',
    'severityCounts',
    'findingsCount',
  ];
  const check = (language: string, stdout: string): void => {
    for (const field of fields) expect(stdout).toMatch(says(language, field));
  };

  it('TypeScript, with the SDK as it is built for users', async () => {
    const home = join(folder, 'node_modules', 'redoubt-sdk');
    mkdirSync(home, { recursive: true });
    const tsc = join(projectRoot, 'node_modules', 'typescript', 'bin', 'tsc');
    await run(process.execPath, [tsc, '-p', join(sdks, 'typescript'), '--outDir', join(home, 'dist')]);
    cpSync(join(sdks, 'typescript', 'package.json'), join(home, 'package.json'));
    cpSync(join(samples, 'sample.ts'), join(folder, 'sample.ts'));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    const { stdout } = await run(process.execPath, ['sample.ts'], { cwd: folder, env });
    check('ts', stdout);
    expect(stdout).toMatch(/success: true/);
  });

  it.skipIf(noPython !== null)(suiteName('Python', noPython), async () => {
    const { stdout } = await run(python, [join(samples, 'sample.py')], {
      env: { ...env, PYTHONPATH: join(sdks, 'python', 'src'), PYTHONDONTWRITEBYTECODE: '1' },
    });
    check('py', stdout);
    expect(stdout).toMatch(/'success': True/);
  });

  it.skipIf(noGo !== null)(suiteName('Go', noGo), async () => {
    const { stdout } = await run('go', ['run', '.'], { cwd: join(samples, 'go'), env: { ...env, GOPROXY: 'off' } });
    check('go', stdout);
    expect(stdout).toMatch(/success:true/);
  });
});
