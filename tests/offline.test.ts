// The short form of `npm run test:offline`: a scan and the API quickstart with nothing but loopback.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { newFolder, notBuilt, suiteName } from './fakes/command-line.ts';

const scripts = join(import.meta.dirname, '..', 'scripts');
const script = join(scripts, 'test-offline.mjs');

describe.skipIf(notBuilt !== null)(suiteName('without a network', notBuilt), () => {
  it('a scan, the server and its download work, and nothing but this machine is ever connected to', () => {
    const ended = spawnSync(process.execPath, [script, '--short'], { encoding: 'utf8' });
    expect({ status: ended.status, stderr: ended.stderr }).toEqual({ status: 0, stderr: '' });
    process.stdout.write(ended.stdout);
    expect(ended.stdout).toMatch(
      /^recorded: \d+ connections and look-ups in all processes, to: (127\.0\.0\.1|, |localhost|::1)+\n/,
    );
    expect(ended.stdout).toMatch(
      /\ndone with the recording (alone; no network namespace: .+|and in a network namespace .+)\n$/,
    );
  }, 180_000);
});

describe('the recorder of connections', () => {
  it.each([
    [
      'a socket',
      `import net from 'node:net'; net.connect(9, '192.0.2.1').on('error', () => {}).destroy();`,
      '192.0.2.1',
    ],
    ['a name', `import { lookup } from 'node:dns'; lookup('host.invalid', () => {});`, 'host.invalid'],
    [
      'a promise',
      `import { resolve4 } from 'node:dns/promises'; await resolve4('host.invalid').catch(() => {});`,
      'host.invalid',
    ],
    ['fetch', `await fetch('http://host.invalid/').catch(() => {});`, 'host.invalid'],
    [
      'https',
      `import { get } from 'node:https'; get('https://192.0.2.1/').on('error', () => {}).destroy();`,
      '192.0.2.1',
    ],
    [
      'undici',
      `import { request } from 'undici'; await request('http://host.invalid/').catch(() => {});`,
      'host.invalid',
    ],
    [
      'a datagram',
      `import { createSocket } from 'node:dgram'; createSocket('udp4').send('x', 9, '127.0.0.2', () => process.exit());`,
      '127.0.0.2',
    ],
    [
      'a thread',
      `import { Worker } from 'node:worker_threads'; new Worker("fetch('http://host.invalid/').catch(() => {})", { eval: true });`,
      'host.invalid',
    ],
  ])('notes where %s leads', (_, source, host) => {
    const folder = newFolder('recorder');
    const journal = join(folder, 'journal');
    const recorder = pathToFileURL(join(scripts, 'record-connections.mjs')).href;
    spawnSync(process.execPath, ['--input-type=module', '--eval', source], {
      env: { ...process.env, NODE_OPTIONS: `--import=${recorder}`, REDOUBT_CONNECTIONS: journal },
      cwd: join(scripts, '..'),
      timeout: 20_000,
    });
    expect(readFileSync(journal, 'utf8')).toContain(`"host":"${host}"`);
    rmSync(folder, { recursive: true });
  });
});
