// The vendor's published command line (PyPI virtuered 2.1.1), unpatched, against its older paths on our server. It prints
// every error and ends with 0 all the same: what it prints is what counts.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulatedTarget } from '../../src/simulated/start-simulated-target.ts';
import type { SimulatedTarget } from '../../src/simulated/target-options.ts';
import { pythonEnvironment, withReason } from '../fakes/python-packages.ts';
import { startServer, type TestServer } from '../fakes/server.ts';
import { virtueRedClient } from '../fakes/virtuered-client.ts';

const environment = pythonEnvironment('virtuered', [
  ['requests==2.34.2', 'rich==15.0.0', 'flask==3.1.3', 'flask-cors==6.0.5', 'waitress==3.0.2', 'pyyaml==6.0.4'],
  ['--no-deps', 'virtuered==2.1.1'],
]);

/** A dozen starts of Python, on a machine that has other things to do. */
const LIMIT_MS = 180_000;

describe.skipIf(environment.missing !== null)(
  withReason('virtuered 2.1.1', environment.missing),
  { timeout: LIMIT_MS },
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'redoubt-virtuered-'));
    let server: TestServer;
    let [fast, slow]: SimulatedTarget[] = [];

    beforeAll(async () => {
      [fast, slow] = await Promise.all([
        startSimulatedTarget({ profile: 'naive' }),
        startSimulatedTarget({ latencyMs: 60_000 }),
      ]);
      const slowModel = { base_url: slow!.url, api_key: 'sk-of-the-slow-one', api_key_env: null, model: null };
      server = await startServer({
        settings: {
          virtuered_legacy: true,
          models: { 'slow-model': slowModel },
          openai: { base_url: fast!.url, api_key: 'sk' },
        },
      });
    });
    afterAll(async () => {
      await server.close();
      await Promise.all([fast!.close(), slow!.close()]);
      rmSync(folder, { recursive: true, force: true });
    });

    /** What the command prints. Its home is the folder of the test. `until`: interrupted once it has said that. */
    function cli(args: readonly string[], input = '', until?: string): Promise<string> {
      return new Promise((resolve, reject) => {
        const env = { PATH: '/usr/bin:/bin', HOME: folder, COLUMNS: '200', TERM: 'dumb', PYTHONUNBUFFERED: '1' };
        const command = [environment.program('virtuered'), '--server', server.url, ...args];
        const child = spawn(environment.python, command, { cwd: folder, env });
        const chunks: Buffer[] = [];
        const said = (): string => Buffer.concat(chunks).toString('utf8');
        for (const stream of [child.stdout, child.stderr])
          stream.on('data', (chunk: Buffer) => {
            chunks.push(chunk);
            if (until !== undefined && said().includes(until)) child.kill('SIGINT');
          });
        child.on('error', reject).on('close', () => resolve(said()));
        child.stdin.end(input);
      });
    }

    function scanFile(name: string, model: string, extra: object): string {
      const path = join(folder, `${name}.json`);
      const datasets = [{ name: 'Healthcare Risks' }];
      const text = JSON.stringify({ name, model, datasets, extra_args: { preset: 'direct', ...extra } });
      // The command takes "//" for the beginning of a comment, in an address too.
      writeFileSync(path, text.replaceAll('/', '\\/'));
      return path;
    }

    const untilFinished = async (name: string): Promise<void> => {
      const client = virtueRedClient(server.url, server.key);
      const { body } = await client.post('/v1/scan/progress', {});
      const scan = (body as unknown as { scan_id: string; scan_name: string }[]).find(
        (each) => each.scan_name === name,
      );
      await client.until(scan!.scan_id, 'Finished');
    };

    it('lists runs and models, the own ones and the templates', async () => {
      expect(await cli(['list'])).toContain('No runs found');
      const models = await cli(['models']);
      for (const name of ['slow-model', 'openai_template']) expect(models).toContain(name);
    });

    it('scans, monitors, shows the summary, saves the report, deletes', async () => {
      const extra = { modelname: 'gpt-4o', apikey: 'sk-of-the-model', base_url: fast!.url };
      expect(await cli(['scan', scanFile('first', 'openai_template', extra)])).toContain(
        'Scan initialized successfully',
      );
      await untilFinished('first');
      expect(await cli(['monitor'])).toContain('No active scans found');
      const list = await cli(['list']);
      for (const word of ['first', 'gpt-4o', 'Finished']) expect(list).toContain(word);
      const summary = await cli(['summary', 'first']);
      for (const word of ['Model: gpt-4o', 'Healthcare Risks: ', 'Subcategory Averages', 'High Risk: ', 'No Risk: '])
        expect(summary).toContain(word);
      const report = /report_scan-[\w-]+\.pdf/.exec(await cli(['report', '1']))?.[0] ?? 'none';
      expect(readFileSync(join(folder, report)).subarray(0, 5).toString()).toBe('%PDF-');
      expect(await cli(['delete', 'first'], 'yes\n')).toContain('Successfully deleted run');
      expect(await cli(['list'])).toContain('No runs found');
    });

    it('watches, pauses and resumes a scan, by its name and by its number in the list', async () => {
      expect(await cli(['scan', scanFile('second', 'slow-model', {})])).toContain('Scan initialized successfully');
      const watched = await cli(['monitor'], '', 'Press Ctrl+C');
      for (const word of ['second', 'slow-model', '0.0%', ' s ', 'Monitoring stopped by user'])
        expect(watched).toContain(word);
      expect(await cli(['pause', '1'])).toContain('Successfully paused scan');
      expect(await cli(['list'])).toContain('Paused');
      expect(await cli(['resume', 'second'])).toContain('Successfully resumed scan');
      expect(await cli(['list'])).toMatch(/Scanning|Initializing/);
      expect(await cli(['pause', 'second'])).toContain('Successfully paused scan');
      expect(await cli(['delete', 'second'], 'no\n')).toContain('Deletion cancelled');
    });

    it('is told what is wrong', async () => {
      expect(await cli(['scan', scanFile('third', 'unknown.py', {})])).toContain('Failed to initialize scan: 400');
      expect(await cli(['summary', 'nobody'])).toContain('No run found with identifier: nobody');
      expect(existsSync(join(folder, 'report_none.pdf'))).toBe(false);
    });
  },
);
