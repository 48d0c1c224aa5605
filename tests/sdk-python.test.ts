// The Python SDK's own tests (pytest, mypy) against the built server, with the real `openai` package, in a virtual
// environment that is kept outside the repository.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { killAll, notBuilt, suiteName } from './fakes/command-line.ts';
import { type ContractDesk, openDesk } from './fakes/contract-desk.ts';
import { pythonWith, sdkCache } from './fakes/sdk-cache.ts';
import { type SdkServer, startSdkServer } from './fakes/sdk-server.ts';
import { projectRoot } from './source-files.ts';

const run = promisify(execFile);
const folder = join(projectRoot, 'sdks', 'python');
const packages = ['httpx==0.28.1', 'openai==3.57.0', 'pytest==9.2.0', 'mypy==2.4.1'];
const { python, missing } = notBuilt === null ? pythonWith(packages) : { python: '', missing: notBuilt };

describe.skipIf(missing !== null)(suiteName('the Python SDK', missing), { timeout: 600_000 }, () => {
  let server: SdkServer;
  let desk: ContractDesk;

  beforeAll(async () => {
    server = await startSdkServer();
    desk = await openDesk(server);
  }, 300_000);
  afterAll(async () => {
    await desk?.stop();
    await server?.close();
    killAll();
  });

  const environmentOf = (more: Readonly<Record<string, string>> = {}) => ({
    cwd: folder,
    env: { PATH: process.env.PATH, PYTHONPATH: join(folder, 'src'), PYTHONDONTWRITEBYTECODE: '1', ...more },
  });

  it('passes its own tests, every golden exchange among them', async () => {
    const variables = {
      REDOUBT_BASE_URL: server.url,
      REDOUBT_API_KEY: server.key,
      REDOUBT_TEST_TARGET: server.target,
      REDOUBT_TEST_DESK: desk.url,
    };
    const args = ['-m', 'pytest', '-q', '-rs', '-p', 'no:cacheprovider', '--no-header'];
    const ended = await run(python, args, environmentOf(variables)).catch((failed: { stdout: string }) => failed);
    const last = ended.stdout.trim().split('\n').at(-1);
    process.stdout.write(`Python SDK: ${last}; ${desk.names.length} golden exchanges, left out: ${desk.left.length}\n`);
    expect(last, ended.stdout).toMatch(/^\d+ passed in/);
  });

  it('is typed throughout: mypy --strict finds nothing', async () => {
    const cache = join(sdkCache(), 'mypy');
    const { stdout } = await run(python, ['-m', 'mypy', '--cache-dir', cache], environmentOf()).catch(
      (failed: { stdout: string }) => failed,
    );
    expect(stdout).toMatch(/^Success: no issues found/);
  });
});
