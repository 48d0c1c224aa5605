// Adds to package-lock.json the packages of other platforms that the registry in use does not hold: npm leaves them out
// when it makes a lock, and `npm ci` then refuses that same lock. Run after a lock file was made anew:
//   node scripts/complete-lock.mjs
// An entry made here has no checksum; on its platform npm takes the exact version that the parent package names.
import { readFileSync, writeFileSync } from 'node:fs';

const path = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8'));

/** What the tail of a package's name says by the custom of napi-rs, e.g. "linux-arm64-musl". */
const PLATFORM =
  /-(android|darwin|freebsd|linux|win32)-(arm64|arm|x64|ia32)(?:-(gnu|musl|msvc|gnueabihf|musleabihf|eabi))?$/;
const libcOf = { gnu: 'glibc', musl: 'musl' };

function entryFor(name, version, parent) {
  const [, os, cpu, abi] = PLATFORM.exec(name) ?? [];
  if (os === undefined) throw new Error(`${name} is not in the lock, and its name does not say its platform.`);
  const libc = libcOf[abi];
  return {
    version,
    cpu: [cpu],
    ...(libc === undefined ? {} : { libc: [libc] }),
    license: parent.license,
    optional: true,
    os: [os],
  };
}

const added = [];
for (const parent of Object.values(lock.packages))
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    const place = `node_modules/${name}`;
    if (Object.keys(lock.packages).some((key) => key === place || key.endsWith(`/${place}`))) continue;
    if (!/^\d/.test(version)) throw new Error(`${name} is not in the lock, and ${version} is no exact version.`);
    lock.packages[place] = entryFor(name, version, parent);
    added.push(`${name} ${version}`);
  }

const inOrder = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
if (added.length > 0)
  writeFileSync(path, `${JSON.stringify({ ...lock, packages: Object.fromEntries(inOrder) }, null, 2)}\n`);
process.stdout.write(added.length === 0 ? 'The lock file is complete.\n' : `Added ${added.join(', ')}.\n`);
