// The built command line as a child process, for tests of what a user meets: exit codes, sentences, signals.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const executable = join(root, 'bin', 'redoubt.js');

/** Why no command line can be started here; null where it can. */
export const notBuilt = existsSync(join(root, 'dist', 'cli', 'main.js')) ? null : 'dist is missing (npm run build)';

/** The name of a suite, with the reason where it is skipped. */
export const suiteName = (name: string, skipped: string | null): string =>
  skipped === null ? name : `${name} - skipped: ${skipped}`;

export const API_KEY = 'rd_test_key_of_bad_luck';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Command {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Both outputs so far. */
  output(): string;
}

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Runs as this user and group. */
  readonly uid?: number;
}

const withoutSettings = (): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(REDOUBT|OPENAI|HTTPS?_PROXY)/i.test(name)));

const running = new Set<ChildProcess>();

/** Starts `redoubt` with these arguments, in a working folder without settings of its own. */
export function redoubt(args: readonly string[], options: CommandOptions = {}): Command {
  const child = spawn(process.execPath, [executable, ...args], {
    cwd: tmpdir(),
    env: { ...withoutSettings(), REDOUBT_API_KEY: API_KEY, REDOUBT_TARGET_API_KEY: 'test', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
  });
  running.add(child);
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (data: Buffer) => (stdout += data));
  child.stderr?.on('data', (data: Buffer) => (stderr += data));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      running.delete(child);
      resolve({ code, signal, stdout, stderr });
    });
  });
  return { child, ended, output: () => stdout + stderr };
}

/** Ends what a failed test left behind. */
export function killAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Asks again and again until the answer is neither undefined, null nor false; throws after `withinMs`. */
export async function until<Answer>(
  what: string,
  ask: () => Answer | Promise<Answer>,
  withinMs = 20_000,
): Promise<NonNullable<Answer>> {
  const endsAt = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) return answer as NonNullable<Answer>;
    if (performance.now() > endsAt) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** A port that was free a moment ago. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(address)));
    });
  });

export interface Served extends Command {
  readonly url: string;
  /** Calls the VirtueRed API; gives status and parsed body. */
  post(path: string, body: unknown): Promise<{ status: number; body: Record<string, unknown> }>;
}

/** Starts `redoubt serve` on a free port and waits until it listens. */
export async function serve(data: string, args: readonly string[] = [], options: CommandOptions = {}): Promise<Served> {
  const command = redoubt(['serve', '--port', '0', '--data', data, ...args], options);
  const url = await until('the server listens', () => {
    if (command.child.exitCode !== null) throw new Error(`the server ended: ${command.output()}`);
    return /listens at (\S+)/.exec(command.output())?.[1];
  });
  return {
    ...command,
    url,
    async post(path, body) {
      const response = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': API_KEY },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
  };
}

/** A dataset file of `count` harmless requests in `folder`; gives its path. */
export function writeDataset(folder: string, count: number): string {
  const path = join(folder, 'harmless.jsonl');
  const lines = Array.from({ length: count }, (_, index) => JSON.stringify({ prompt: `What is ${index} plus one?` }));
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

export const newFolder = (name: string): string => mkdtempSync(join(tmpdir(), `redoubt-${name}-`));
