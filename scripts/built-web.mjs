// Brings dist/web, the dashboard, up to date with web/, and does nothing when it already is.
// Apart from built.mjs because another program makes it, from other sources.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder, fingerprintOf } from './files.mjs';
import { pinnedNodeOf } from './installed.mjs';

/** Brings dist/web up to date. Returns vite's exit code; its messages are shown only when it fails. */
export function ensureWebBuilt(root) {
  const cache = join(root, '.cache');
  const mark = join(cache, 'build-web.sha256');
  const sources = filesUnder(join(root, 'web'));
  const current = fingerprintOf(root, [...sources, join(root, 'package-lock.json')]);
  const isThere = existsSync(join(root, 'dist', 'web', 'index.html'));
  if (isThere && existsSync(mark) && readFileSync(mark, 'utf8') === current) return 0;

  const startedAt = performance.now();
  mkdirSync(cache, { recursive: true });
  rmSync(mark, { force: true });
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', '--config', join('web', 'vite.config.ts'), '--logLevel', 'warn'];
  const { status } = spawnSync(pinnedNodeOf(root), args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) return status ?? 1;
  writeFileSync(mark, current);
  process.stderr.write(`Built web/ into dist/web/ after ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
  return 0;
}
