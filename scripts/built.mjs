// Brings dist/ up to date with src/, and does nothing when it already is.
// Apart from run.mjs because it alone knows how sources and built files belong together.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder, fingerprintOf } from './files.mjs';
import { pinnedNodeOf } from './installed.mjs';

const isSource = (file) => file.endsWith('.ts') && !file.endsWith('.test.ts');

/** Of everything the build reads. */
function fingerprint(root) {
  const settings = ['tsconfig.json', 'scripts/bundle.mjs', 'package-lock.json'].map((name) => join(root, name));
  return fingerprintOf(root, [...filesUnder(join(root, 'src')).filter(isSource), ...settings]);
}

/** Whatever the build has made before; the dashboard and the note of the commit are not its own. */
function sweep(dist) {
  for (const entry of existsSync(dist) ? readdirSync(dist) : [])
    if (!['web', 'commit'].includes(entry)) rmSync(join(dist, entry), { recursive: true });
}

/** Brings dist/ up to date. Returns the bundler's exit code; its messages are shown only when it fails. */
export function ensureBuilt(root) {
  const cache = join(root, '.cache');
  const dist = join(root, 'dist');
  const mark = join(cache, 'build.sha256');
  const current = fingerprint(root);
  const isWhole = existsSync(join(dist, 'licences.txt'));
  if (isWhole && existsSync(mark) && readFileSync(mark, 'utf8') === current) return 0;

  const startedAt = performance.now();
  mkdirSync(cache, { recursive: true });
  rmSync(mark, { force: true });
  sweep(dist);
  const bundler = spawnSync(pinnedNodeOf(root), [join(root, 'scripts', 'bundle.mjs')], { cwd: root, encoding: 'utf8' });
  if (bundler.status !== 0) {
    process.stderr.write(`${bundler.stdout}${bundler.stderr}`);
    return bundler.status ?? 1;
  }
  writeFileSync(mark, current);
  process.stderr.write(`Built src/ into dist/ after ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
  return 0;
}
