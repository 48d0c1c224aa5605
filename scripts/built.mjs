// Brings dist/ up to date with src/, and does nothing when it already is.
// Apart from run.mjs because it alone knows how sources and built files belong together.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { filesUnder, fingerprintOf } from './files.mjs';
import { pinnedNodeOf } from './installed.mjs';

const isSource = (file) => file.endsWith('.ts') && !file.endsWith('.test.ts');

/** Of everything the build reads. */
function fingerprint(root) {
  const settings = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json'].map((name) => join(root, name));
  return fingerprintOf(root, [...filesUnder(join(root, 'src')).filter(isSource), ...settings]);
}

const builtFilesOf = (root) =>
  filesUnder(join(root, 'src'))
    .filter(isSource)
    .map((file) => join(root, 'dist', `${relative(join(root, 'src'), file).slice(0, -'.ts'.length)}.js`));

/** Brings dist/ up to date. Returns tsc's exit code; its messages go to stdout. */
export function ensureBuilt(root) {
  const cache = join(root, '.cache');
  const mark = join(cache, 'build.sha256');
  const current = fingerprint(root);
  const wanted = builtFilesOf(root);
  const isWhole = wanted.every((file) => existsSync(file));
  if (isWhole && existsSync(mark) && readFileSync(mark, 'utf8') === current) return 0;

  const startedAt = performance.now();
  mkdirSync(cache, { recursive: true });
  rmSync(mark, { force: true });
  // tsc writes only what changed since its own notes, so a missing file would stay missing.
  if (!isWhole) rmSync(join(cache, 'build.tsbuildinfo'), { force: true });
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status } = spawnSync(pinnedNodeOf(root), [tsc, '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) return status ?? 1;

  const known = new Set(wanted);
  const dashboard = join(root, 'dist', 'web');
  for (const file of filesUnder(join(root, 'dist')))
    if (file.endsWith('.js') && !file.startsWith(dashboard) && !known.has(file)) rmSync(file);
  writeFileSync(mark, current);
  process.stderr.write(`Built src/ into dist/ after ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
  return 0;
}
