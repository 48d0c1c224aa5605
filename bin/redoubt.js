#!/usr/bin/env node
// The command `redoubt`: looks at the version of Node before anything is loaded that an older one cannot run.
import { existsSync, readFileSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const neededMajor = 24;
const main = new URL('../dist/cli/main.js', import.meta.url);

const majorOf = (version) => Number.parseInt(version, 10);

const refuse = (sentence) => {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 2;
};

/** The Node of the npm package `node`, in this package or hoisted beside it; undefined where there is none or an old one. */
function findPinnedNode() {
  const executable = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  for (const folder of ['../node_modules/node/', '../../node/']) {
    const home = new URL(folder, import.meta.url);
    if (!existsSync(new URL(executable, home))) continue;
    const { version } = JSON.parse(readFileSync(new URL('package.json', home), 'utf8'));
    if (majorOf(version) >= neededMajor) return fileURLToPath(new URL(executable, home));
  }
  return undefined;
}

async function startAgain() {
  const node = findPinnedNode();
  if (node === undefined) {
    refuse(
      `Redoubt needs Node ${neededMajor} or newer; this is ${process.version}. Install it from https://nodejs.org.`,
    );
    return;
  }
  const { endLike, handOver } = await import('./hand-over.js');
  const args = [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  endLike(await handOver(node, args, { tied: true }));
}

async function start() {
  if (!existsSync(main)) {
    refuse('Redoubt has not been built yet: dist/cli/main.js is missing. Build it with: npm run build');
    return;
  }
  const { endWithParent } = await import('./hand-over.js');
  endWithParent();
  module.enableCompileCache?.();
  await import(main.href);
}

await (majorOf(process.versions.node) < neededMajor ? startAgain() : start());
