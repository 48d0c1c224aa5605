// Starts the built command line as a process of its own, to be waited for or killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../bin/redoubt.js', import.meta.url));
const NEEDED_MAJOR = 24;

/** The key that a bench's server takes from the first start. */
export const BENCH_KEY = 'bench-key-0123456789';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** From the start to the end. */
  readonly wallMs: number;
}

export interface Running {
  readonly pid: number;
  readonly startedAt: number;
  readonly ended: Promise<Ended>;
  /** SIGKILL to the process itself; resolves when it is gone. */
  kill(): Promise<Ended>;
  /** SIGTERM, and waits for the end. */
  stop(): Promise<Ended>;
  /** The first match in what it has written to stdout; rejects when it ends without one. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
}

function saying(child: ChildProcess, ended: Promise<Ended>, stdout: () => string, pattern: RegExp) {
  return new Promise<RegExpExecArray>((resolve, reject) => {
    const look = (): void => {
      const match = pattern.exec(stdout());
      if (match) resolve(match);
    };
    child.stdout?.on('data', look);
    look();
    void ended.then(({ code, stderr }) => reject(new Error(`redoubt ended with ${code} and said: ${stderr}`)));
  });
}

/** Starts `redoubt ARGS`. `home` is its HOME, so that nothing of the user's own settings plays a part but `more`. */
export function startRedoubt(
  args: readonly string[],
  home: string,
  more: Readonly<Record<string, string>> = {},
): Running {
  // An older Node would start a second process, and the kill would hit the wrong one.
  if (Number.parseInt(process.versions.node, 10) < NEEDED_MAJOR)
    throw new Error(`This needs Node ${NEEDED_MAJOR}: run it with npm run.`);
  const startedAt = performance.now();
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    REDOUBT_TARGET_API_KEY: 'bench',
    REDOUBT_API_KEY: BENCH_KEY,
    ...more,
  };
  const child = spawn(process.execPath, [bin, ...args], { cwd: home, stdio: ['ignore', 'pipe', 'pipe'], env });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (code, signal) =>
      resolve({ code, signal, stdout, stderr, wallMs: performance.now() - startedAt }),
    ),
  );
  const end = (signal: NodeJS.Signals) => (): Promise<Ended> => {
    child.kill(signal);
    return ended;
  };
  return {
    startedAt,
    pid: child.pid!,
    ended,
    kill: end('SIGKILL'),
    stop: end('SIGTERM'),
    says: (pattern) => saying(child, ended, () => stdout, pattern),
  };
}

/** Runs `redoubt ARGS` to its end; throws with its words where it does not end with 0. */
export async function runRedoubt(
  args: readonly string[],
  home: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const ended = await startRedoubt(args, home, more).ended;
  if (ended.code !== 0) throw new Error(`redoubt ${args[0]} ended with ${ended.code} and said: ${ended.stderr}`);
  return ended;
}

const TICKS_A_SECOND = 100;

/** CPU seconds that a process and its ended children have used; 0 where it is gone or the system does not say. */
export function cpuSecondsOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // After the name, which may hold spaces: fields 14 to 17 of the whole line (proc_pid_stat(5)).
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    return fields.slice(11, 15).reduce((sum, ticks) => sum + ticks, 0) / TICKS_A_SECOND;
  } catch {
    return 0;
  }
}
