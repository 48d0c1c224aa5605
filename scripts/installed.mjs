// Makes sure that node_modules holds what package-lock.json says, so that every npm script works in a fresh clone.
// Plain JavaScript on any Node >= 20.19: this runs before the pinned Node exists.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** What was installed, for which machine: a node_modules carried to another kind of machine is not what the lock says. */
const fingerprint = (root) =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex');

const markOf = (root) => join(root, 'node_modules', '.redoubt-lock');

/** The executable of the pinned Node. */
export const pinnedNodeOf = (root) =>
  join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** Whether someone's own `npm ci` or `npm install` already brought what the lock names; parts for other machines may be absent. */
function matchesLock(root) {
  const hidden = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const wanted = readJson(join(root, 'package-lock.json')).packages;
  const present = readJson(hidden).packages;
  const own = new Set(Object.keys(wanted[''].optionalDependencies ?? {}).map((name) => `node_modules/${name}`));
  return Object.entries(wanted).every(([place, entry]) => {
    if (place === '') return true;
    const mayBeAbsent = entry.optional === true && !own.has(place);
    return present[place] === undefined ? mayBeAbsent : present[place].version === entry.version;
  });
}

const isInstalled = (root) => {
  if (!existsSync(pinnedNodeOf(root))) return false;
  if (existsSync(markOf(root)) && readFileSync(markOf(root), 'utf8') === fingerprint(root)) return true;
  return matchesLock(root);
};

/** The PATH without this project's own programs: npm ci deletes them while it runs. */
const outerPath = (root) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(join(root, 'node_modules')))
    .join(delimiter);

/** Installs by `npm ci` where needed; one line on stderr, npm's own output only when it fails. Returns the exit code. */
export function ensureInstalled(root) {
  if (!isInstalled(root)) {
    const startedAt = performance.now();
    process.stderr.write('Installing packages from package-lock.json (npm ci) ... ');
    const npm = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], {
      cwd: root,
      env: { ...process.env, PATH: outerPath(root) },
      encoding: 'utf8',
      shell: process.platform === 'win32',
      maxBuffer: 64 * 1024 * 1024,
    });
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    const failed = npm.status !== 0 || !existsSync(pinnedNodeOf(root));
    process.stderr.write(`${failed ? 'failed' : 'done'} after ${seconds} s\n`);
    if (failed) {
      process.stderr.write(`${npm.stdout ?? ''}${npm.stderr ?? ''}${npm.error ? `${npm.error.message}\n` : ''}`);
      if (npm.status === 0) process.stderr.write('The install script of the package "node" did not run: allow it.\n');
      return npm.status || 1;
    }
  }
  writeFileSync(markOf(root), fingerprint(root));
  return 0;
}
