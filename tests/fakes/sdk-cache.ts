// Where tests of the SDKs keep what they have to install: outside the repository, from one run to the next.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const INSTALL_LIMIT_MS = 300_000;

export function sdkCache(): string {
  const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'redoubt-tests');
  mkdirSync(folder, { recursive: true });
  return folder;
}

export interface PythonEnvironment {
  readonly python: string;
  /** Why there is none; null where there is one. */
  readonly missing: string | null;
}

/** A virtual environment with these packages, made once for each set of them. */
export function pythonWith(packages: readonly string[]): PythonEnvironment {
  const name = `python-${createHash('sha256').update(packages.join()).digest('hex').slice(0, 12)}`;
  const place = join(sdkCache(), name);
  const python = join(place, 'bin', 'python');
  const mark = join(place, 'whole');
  if (existsSync(mark)) return { python, missing: null };
  rmSync(place, { recursive: true, force: true });
  const made = spawnSync('python3', ['-m', 'venv', place], { timeout: INSTALL_LIMIT_MS });
  if (made.status !== 0) return { python, missing: 'no Python 3 with venv on this machine' };
  const args = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages];
  const installed = spawnSync(python, args, { encoding: 'utf8', timeout: INSTALL_LIMIT_MS });
  if (installed.status !== 0) return { python, missing: `packages cannot be installed: ${packages.join(', ')}` };
  writeFileSync(mark, packages.join('\n'));
  return { python, missing: null };
}
