// What a figure was measured on, and where it is kept: bench/results/<name>.json.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

function commitOf(): string | null {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
}

/** Writes the figures with machine, versions and commit; gives the path. */
export function writeResult(name: string, figures: Readonly<Record<string, unknown>>): string {
  const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { version: string };
  const machine = {
    cores: cpus().length,
    model: cpus()[0]?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 1e9),
  };
  const folder = `${root}bench/results`;
  mkdirSync(folder, { recursive: true });
  const path = `${folder}/${name}.json`;
  const result = {
    name,
    at: new Date().toISOString(),
    redoubt: version,
    node: process.version,
    commit: commitOf(),
    machine,
    ...figures,
  };
  writeFileSync(path, `${JSON.stringify(result, null, 2)}\n`);
  return path;
}
