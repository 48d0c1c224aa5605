// The Go SDK's own tests against the built server.
import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { killAll, notBuilt, suiteName } from './fakes/command-line.ts';
import { type ContractDesk, openDesk } from './fakes/contract-desk.ts';
import { type SdkServer, startSdkServer } from './fakes/sdk-server.ts';
import { projectRoot } from './source-files.ts';

const run = promisify(execFile);
const folder = join(projectRoot, 'sdks', 'go');
const noGo = spawnSync('go', ['version']).status === 0 ? null : 'no Go on this machine';
const missing = notBuilt ?? noGo;

describe.skipIf(missing !== null)(suiteName('the Go SDK', missing), { timeout: 600_000 }, () => {
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

  it('passes its own tests, every golden exchange among them', async () => {
    const env = {
      ...process.env,
      GOFLAGS: '-mod=mod',
      GOPROXY: 'off',
      REDOUBT_BASE_URL: server.url,
      REDOUBT_API_KEY: server.key,
      REDOUBT_TEST_TARGET: server.target,
      REDOUBT_TEST_DESK: desk.url,
    };
    const ended = await run('go', ['test', '-count=1', '-v', '.'], { cwd: folder, env }).catch(
      (failed: { stdout: string; stderr: string }) => failed,
    );
    const passed = ended.stdout.match(/^--- PASS/gm)?.length ?? 0;
    process.stdout.write(
      `Go SDK: ${passed} tests passed; ${desk.names.length} golden exchanges, left out: ${desk.left.length}\n`,
    );
    expect(ended.stdout.match(/^--- (FAIL|SKIP).*/gm), ended.stdout + ended.stderr).toBeNull();
    expect(ended.stdout).toMatch(/^ok\s+redoubt\/sdk/m);
  });

  it('is formatted and vetted', async () => {
    expect((await run('gofmt', ['-l', '.'], { cwd: folder })).stdout).toBe('');
    expect((await run('go', ['vet', './...'], { cwd: folder })).stderr).toBe('');
  });
});
