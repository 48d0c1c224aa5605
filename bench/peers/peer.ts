// A peer: how it is installed into a folder of its own, and how it sends prompts to an OpenAI-compatible endpoint.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** One run of a peer. */
export interface PeerRun {
  /** Where it is installed. */
  readonly home: string;
  /** Empty, for what it writes. */
  readonly work: string;
  readonly prompts: readonly string[];
  /** The same, one a line as {"prompt": ...}. */
  readonly promptsFile: string;
  /** Ends in /v1. */
  readonly url: string;
  readonly concurrency: number;
}

export interface PeerCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface Peer {
  readonly name: string;
  /** As in the comparison that the README quotes. */
  readonly version: string;
  /** Throws where it cannot be installed. */
  readonly install: (home: string) => void;
  readonly command: (run: PeerRun) => PeerCommand;
}

export const KEY = 'bench';
const INSTALL_LIMIT_MS = 30 * 60_000;

const run = (file: string, args: readonly string[], cwd: string): void =>
  void execFileSync(file, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'], timeout: INSTALL_LIMIT_MS });

/** From npm, with what it takes along by default. */
export const fromNpm =
  (name: string, version: string): Peer['install'] =>
  (home) =>
    run('npm', ['install', '--prefix', home, '--no-audit', '--no-fund', `${name}@${version}`], home);

/** From PyPI, into an environment of its own. */
export const fromPyPi =
  (...requirements: readonly string[]): Peer['install'] =>
  (home) => {
    run('python3', ['-m', 'venv', home], home);
    run(pythonOf(home), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...requirements], home);
  };

export const pythonOf = (home: string): string => join(home, 'bin', 'python');

/** A script of this folder. */
export const scriptOf = (name: string): string => join(import.meta.dirname, name);
