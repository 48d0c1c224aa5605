// The executable itself, in a copy with a made-up main.js: which Node it ends up on, and what it passes through.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const pinned = join(root, 'node_modules', 'node');
const report = `console.log(JSON.stringify({ version: process.versions.node, args: process.argv.slice(2) }));`;

/** A Node below 24 that a user of this machine would meet; undefined where there is none. */
function findOldNode(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  return folders
    .map((folder) => join(folder, 'node'))
    .filter((file) => existsSync(file))
    .find(
      (file) => Number.parseInt(execFileSync(file, ['-p', 'process.versions.node'], { encoding: 'utf8' }), 10) < 24,
    );
}

const oldNode = findOldNode();
let folder: string;

/** Lays a package with the real bin/ and the given main.js; returns the path of its executable. */
function layPackage(options: { readonly main?: string; readonly at?: string; readonly node?: string }): string {
  const home = join(folder, options.at ?? '.');
  mkdirSync(home, { recursive: true });
  cpSync(join(root, 'bin'), join(home, 'bin'), { recursive: true });
  writeFileSync(join(home, 'package.json'), '{ "type": "module" }');
  if (options.main !== undefined) {
    mkdirSync(join(home, 'dist', 'cli'), { recursive: true });
    writeFileSync(join(home, 'dist', 'cli', 'main.js'), options.main);
  }
  if (options.node !== undefined) {
    mkdirSync(join(folder, 'node_modules'), { recursive: true });
    symlinkSync(options.node, join(folder, 'node_modules', 'node'));
  }
  return join(home, 'bin', 'redoubt.js');
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function collect(child: ChildProcess): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (data: Buffer) => (stdout += data));
  child.stderr?.on('data', (data: Buffer) => (stderr += data));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, stdout, stderr };
}

const start = (node: string, file: string, ...args: string[]): ChildProcess => spawn(node, [file, ...args]);

async function firstLine(child: ChildProcess): Promise<string> {
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string];
  return line;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'redoubt-bin-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('redoubt on the Node it needs', () => {
  it('runs the built command line with its arguments and ends with its exit code', async () => {
    const file = layPackage({ main: `${report} process.exitCode = 3;` });
    const ended = await collect(start(process.execPath, file, 'scan', '--name', 'a b'));
    expect(JSON.parse(ended.stdout)).toEqual({ version: process.versions.node, args: ['scan', '--name', 'a b'] });
    expect(ended.code).toBe(3);
  });

  it('says in one sentence that it has not been built, and ends with 2', async () => {
    const ended = await collect(start(process.execPath, layPackage({})));
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toBe(
      'Redoubt has not been built yet: dist/cli/main.js is missing. Build it with: npm run build\n',
    );
  });
});

describe.skipIf(oldNode === undefined)(
  `redoubt on an older Node${oldNode === undefined ? ' - skipped: no Node below 24 on the PATH' : ''}`,
  () => {
    const old = oldNode ?? '';

    it.each([
      ['inside the package', '.'],
      ['beside the package', 'node_modules/redoubt'],
    ])('starts again with the pinned Node that lies %s', async (_where, at) => {
      const file = layPackage({ main: `${report} process.exitCode = 4;`, at, node: pinned });
      const ended = await collect(start(old, file, 'demo', '--json'));
      expect(JSON.parse(ended.stdout)).toEqual({ version: expect.stringMatching(/^24\./), args: ['demo', '--json'] });
      expect(ended).toMatchObject({ code: 4, stderr: '' });
    });

    it('passes standard input through', async () => {
      const file = layPackage({ main: 'process.stdin.pipe(process.stdout);', node: pinned });
      const child = start(old, file);
      child.stdin?.end('line\n');
      expect(await collect(child)).toMatchObject({ code: 0, stdout: 'line\n' });
    });

    it('says in one sentence which Node it needs where no pinned one is installed, and ends with 2', async () => {
      const ended = await collect(start(old, layPackage({ main: report })));
      expect(ended).toMatchObject({ code: 2, stdout: '' });
      expect(ended.stderr).toMatch(/^Redoubt needs Node 24 or newer; this is v\d+\.\d+\.\d+\. Install it from .*\n$/);
    });

    it('does not start again with a pinned Node that is too old itself', async () => {
      const tooOld = join(folder, 'too-old');
      mkdirSync(join(tooOld, 'bin'), { recursive: true });
      writeFileSync(join(tooOld, 'package.json'), '{ "version": "20.0.0" }');
      writeFileSync(join(tooOld, 'bin', 'node'), '');
      expect(await collect(start(old, layPackage({ main: report, node: tooOld })))).toMatchObject({
        code: 2,
        stdout: '',
      });
    });

    it.each(['SIGINT', 'SIGTERM'] as const)('passes %s on exactly once', async (signal) => {
      const main = `let count = 0;
        process.on('${signal}', () => { count += 1; setTimeout(() => process.exit(10 + count), 200); });
        setInterval(() => {}, 1000); console.log('ready');`;
      const child = start(old, layPackage({ main, node: pinned }));
      const ended = collect(child);
      expect(await firstLine(child)).toBe('ready');
      child.kill(signal);
      expect(await ended).toMatchObject({ code: 11, signal: null });
    });

    it('ends by the signal that ended the command', async () => {
      const main = `process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000);`;
      expect(await collect(start(old, layPackage({ main, node: pinned })))).toMatchObject({
        code: null,
        signal: 'SIGTERM',
      });
    });

    it('takes the command with it when it is killed by SIGKILL', async () => {
      const main = `setInterval(() => {}, 1000); console.log('ready');`;
      const child = start(old, layPackage({ main, node: pinned }));
      const ended = collect(child);
      expect(await firstLine(child)).toBe('ready');
      child.kill('SIGKILL');
      // `ended` waits for the pipe to close, which the command shares: a survivor would hold it open.
      expect(await ended).toMatchObject({ signal: 'SIGKILL' });
    });
  },
);

describe('a reader that stops reading', () => {
  const main = join(root, 'src', 'cli', 'main.ts');
  const scan = ['scan', '--target', 'http://127.0.0.1:9/v1', '--model', 'm', '--preset', 'direct'];

  it.each([
    ['a command that prints many lines', ['datasets', 'sample', '--n', '2000'], 0],
    ['a command that asks something', ['guard', 'check', 'hello'], 0],
    ['a scan that is not run', [...scan, '--dry-run'], 0],
    ['bad usage', ['judge', 'nothing.jsonl'], 2],
  ])('changes neither the work nor the exit code of %s', async (_, args, code) => {
    const env = { ...process.env, REDOUBT_DATA: join(folder, 'data') };
    const child = spawn(process.execPath, [main, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    child.stderr.destroy();
    expect(await once(child, 'exit')).toEqual([code, null]);
  });
});
