// The curl lines of the three documents, word for word but for addresses, keys and ids, sent by curl itself.
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulatedTarget } from '../../src/simulated/start-simulated-target.ts';
import type { SimulatedTarget } from '../../src/simulated/target-options.ts';
import { withReason } from '../fakes/python-packages.ts';
import { startServer, type TestServer } from '../fakes/server.ts';
import { scanBody, type VirtueRedClient, virtueRedClient } from '../fakes/virtuered-client.ts';
import { projectRoot } from '../source-files.ts';

const run = promisify(execFile);
const missing = spawnSync('curl', ['--version']).status === 0 ? null : 'no curl on this machine';

/** The commands of a file: they are set apart by empty lines. */
const linesOf = (dialect: string): string[] =>
  readFileSync(join(projectRoot, 'contracts', dialect, 'document.sh'), 'utf8')
    .split(/\n{2,}/)
    .filter((block) => block.startsWith('curl'));

const pathOf = (line: string): string => /\/(?:api\/)?v1\/[\w/]+/.exec(line)?.[0] ?? line;

/** Says the status after the body; what the line itself asks for stays. */
const prelude = `curl() { command curl --silent --show-error --write-out '\\n%{http_code}' "$@"; }\n`;

describe.skipIf(missing !== null)(withReason('the curl lines of the documents', missing), () => {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-curl-'));
  let server: TestServer;
  let target: SimulatedTarget;
  let slow: SimulatedTarget;
  let client: VirtueRedClient;

  beforeAll(async () => {
    [target, slow] = await Promise.all([startSimulatedTarget(), startSimulatedTarget({ latencyMs: 60_000 })]);
    server = await startServer({ settings: { openai: { base_url: target.url, api_key: 'sk-of-the-model' } } });
    client = virtueRedClient(server.url, server.key);
  });
  afterAll(async () => {
    await server.close();
    await Promise.all([target.close(), slow.close()]);
    rmSync(folder, { recursive: true, force: true });
  });

  async function send(line: string, replaced: readonly (readonly [string, string])[] = []) {
    const filled = replaced.reduce((text, [from, to]) => text.replaceAll(from, to), line);
    const env = {
      PATH: '/usr/bin:/bin',
      BASE_URL: server.url,
      EVALGUARD_API_KEY: server.key,
      VIRTUERED_API_KEY: server.key,
    };
    const { stdout } = await run('bash', ['-c', prelude + filled], { cwd: folder, env });
    const at = stdout.lastIndexOf('\n');
    return { status: Number(stdout.slice(at + 1)), text: stdout.slice(0, at) };
  }

  it('EvalGuard', async () => {
    const [line] = linesOf('evalguard');
    const { status, text } = await send(line!, [['https://evalguard.ai', server.url]]);
    expect([status, JSON.parse(text)]).toMatchObject([201, { success: true, data: { totalTests: 30 } }]);
  });

  it('Guardion', async () => {
    const [line] = linesOf('guardion');
    const { status, text } = await send(line!, [
      ['https://api.guardion.ai', server.url],
      ['<token>', server.key],
    ]);
    expect([status, JSON.parse(text)]).toMatchObject([200, { object: 'eval', status: 'flagged' }]);
  });

  /** A scan in the status that the line wants. */
  async function scanFor(line: string): Promise<string> {
    const interrupts = /\/v1\/scan\/(pause|retry)/.exec(line)?.[1];
    const id = await client.start(scanBody(interrupts ? slow.url : target.url));
    await client.until(id, interrupts ? 'Scanning' : 'Finished');
    if (interrupts === 'retry') await client.post('/v1/scan/pause', { scan_id: id });
    return id;
  }

  /** The document's TOML example, with the address of the target. */
  function tomlFile(): string {
    const example = readFileSync(join(projectRoot, 'contracts', 'virtuered', 'toml-example.toml'), 'utf8');
    const path = join(folder, 'scan-config.toml');
    writeFileSync(path, example.replace('{{target}}', slow.url).replace('{{model_key}}', 'sk-of-the-model'));
    return path;
  }

  it.each(linesOf('virtuered').map((line, index) => [index + 1, pathOf(line), line] as const))(
    'VirtueRed, number %i: %s',
    async (_, path, line) => {
      const id = line.includes('scan-12345') ? await scanFor(line) : 'scan-none';
      const { status, text } = await send(line, [
        ['https://<your-base-url>', server.url],
        ['<your-virtuered-api-key>', server.key],
        ['https://api.openai.com/v1', slow.url],
        ['https://your-inference-api.example.com/openai/v1', slow.url],
        ['https://api.example.com/v1', slow.url],
        ['scan-12345', id],
        ['/path/to/scan-config.toml', tomlFile()],
      ]);
      expect(status, text).toBe(200);
      if (path.endsWith('/start')) await client.post('/v1/scan/pause', JSON.parse(text));
      if (path.endsWith('/download'))
        expect(readFileSync(join(folder, 'scan-results.zip')).subarray(0, 2).toString()).toBe('PK');
    },
  );
});
