// Python environments with a vendor's own packages, made for tests and kept outside the repository, so that they are made
// once a machine. Where they cannot be made the reason is told, and the test that wants one is skipped with it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const LIMIT_MS = 180_000;
const folder = join(homedir(), '.cache', 'redoubt-tests');

export interface PythonEnvironment {
  /** Why there is none; null where there is one. */
  readonly missing: string | null;
  /** The interpreter. */
  readonly python: string;
  /** A program that a package brings: run it with the interpreter, as its own first line names another place. */
  program(name: string): string;
}

const run = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { encoding: 'utf8', timeout: LIMIT_MS }).status === 0;

/** Makes the environment in a new folder; gives the reason why it cannot be made. */
function install(at: string, installs: readonly (readonly string[])[]): string | null {
  const python = join(at, 'bin', 'python');
  if (!run('python3', ['-m', 'venv', at]) || !existsSync(python)) return 'no Python with venv on this machine';
  for (const args of installs)
    if (!run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...args]))
      return 'the package registry cannot be reached';
  return null;
}

/** `installs`: the arguments of one `pip install` after the other, with exact versions. */
export function pythonEnvironment(name: string, installs: readonly (readonly string[])[]): PythonEnvironment {
  const mark = createHash('sha256').update(JSON.stringify(installs)).digest('hex').slice(0, 12);
  const kept = join(folder, `${name}-${mark}`);
  let missing: string | null = null;
  if (!existsSync(kept)) {
    mkdirSync(folder, { recursive: true });
    const made = mkdtempSync(join(folder, `${name}-`));
    missing = install(made, installs);
    try {
      if (missing === null) renameSync(made, kept);
      else rmSync(made, { recursive: true, force: true });
    } catch {
      // Another test was faster.
      rmSync(made, { recursive: true, force: true });
    }
  }
  return { missing, python: join(kept, 'bin', 'python'), program: (program) => join(kept, 'bin', program) };
}

/** Name of a test with the reason why it is skipped, if it is. */
export const withReason = (name: string, missing: string | null): string =>
  missing === null ? name : `${name} - skipped: ${missing}`;
