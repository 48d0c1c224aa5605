// Runs the tasks of package.json so that each works in a fresh clone: installs, builds, then runs the task on the
// pinned Node. Plain JavaScript on any Node >= 20.19 without a package: it runs before any is installed.
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endLike, handOver } from '../bin/hand-over.js';
import { ensureBuilt } from './built.mjs';
import { ensureWebBuilt } from './built-web.mjs';
import { ensureInstalled, pinnedNodeOf } from './installed.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const biome = { name: 'biome', args: ['node_modules/@biomejs/biome/bin/biome', 'check', '.'] };
const types = {
  name: 'types',
  args: [
    'node_modules/typescript/bin/tsc',
    '-p',
    '.',
    '--incremental',
    '--tsBuildInfoFile',
    '.cache/types.tsbuildinfo',
  ],
};
const webTypes = {
  name: 'web types',
  args: [
    'node_modules/typescript/bin/tsc',
    '-p',
    'web',
    '--incremental',
    '--tsBuildInfoFile',
    '.cache/web-types.tsbuildinfo',
  ],
};
const knip = { name: 'knip', args: ['node_modules/knip/bin/knip.js', '--no-progress'] };
const tests = {
  name: 'tests',
  args: ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=./scripts/reporter.mjs'],
};
const only = (name, file) => ({ steps: [{ name, args: [file] }] });

/** `steps` all run, also after a failed one; further arguments go to the last. `tied`: see hand-over.js. */
const tasks = {
  build: { build: true, steps: [] },
  typecheck: { steps: [types, webTypes] },
  lint: { steps: [biome, types, webTypes, knip] },
  test: { build: true, steps: [biome, types, webTypes, knip, tests] },
  demo: { build: true, steps: [{ name: 'demo', args: ['bin/redoubt.js', 'demo'], tied: true }] },
  conformance: only('conformance', 'bench/conformance.ts'),
  'test:offline': { build: true, ...only('test:offline', 'scripts/test-offline.mjs') },
  'test:browser': { build: true, steps: [{ name: 'test:browser', args: [...tests.args, 'tests/browser'] }] },
  screenshots: { build: true, ...only('screenshots', 'scripts/screenshots.ts') },
  reference: only('reference', 'scripts/reference.ts'),
  schema: only('schema', 'scripts/schema.ts'),
  'sdk-types': only('sdk-types', 'scripts/sdk-types.ts'),
  openapi: only('openapi', 'scripts/openapi.ts'),
  'test:fuzz': only('test:fuzz', 'tests/fuzz/run.ts'),
  'bench:findings': only('bench:findings', 'bench/findings.ts'),
  'datasets:check': only('datasets:check', 'scripts/datasets-check.ts'),
  'train:judge': only('train:judge', 'scripts/train-judge.ts'),
  'bench:judge': only('bench:judge', 'bench/judge.ts'),
  'bench:scan': { build: true, ...only('bench:scan', 'bench/scan.ts') },
  'bench:crash': { build: true, ...only('bench:crash', 'bench/crash.ts') },
  'bench:crash-fleet': { build: true, ...only('bench:crash-fleet', 'bench/crash-fleet.ts') },
  'bench:database': only('bench:database', 'bench/database.ts'),
  'bench:workers': { build: true, ...only('bench:workers', 'bench/workers.ts') },
  'bench:pace': { build: true, ...only('bench:pace', 'bench/pace.ts') },
  'bench:download': { build: true, ...only('bench:download', 'bench/download.ts') },
  'bench:guard': only('bench:guard', 'bench/guard.ts'),
  'train:guard': only('train:guard', 'scripts/train-guard.ts'),
  'train:moderation': only('train:moderation', 'scripts/train-moderation.ts'),
  'train:pii': only('train:pii', 'scripts/train-pii.ts'),
  'train:sessions': only('train:sessions', 'scripts/train-sessions.ts'),
  'bench:gateway': { build: true, ...only('bench:gateway', 'bench/gateway.ts') },
  'bench:dashboard': { build: true, ...only('bench:dashboard', 'bench/dashboard.ts') },
  'bench:guard-latency': only('bench:guard-latency', 'bench/guard-latency.ts'),
  'bench:faults': { build: true, ...only('bench:faults', 'bench/faults.ts') },
  'bench:loop': only('bench:loop', 'bench/loop.ts'),
  'bench:peers': { build: true, ...only('bench:peers', 'bench/peers.ts') },
  'bench:soak': { build: true, ...only('bench:soak', 'bench/soak.ts') },
  'bench:real-target': { build: true, ...only('bench:real-target', 'bench/real-target.ts') },
};

/** What is still to do: whoever names a test file wants that test, not the linters before it. */
const stepsOf = (name, args) => (name === 'test' && args.length > 0 ? [tests] : tasks[name].steps);

const environmentFor = (failed) => ({
  ...process.env,
  PATH: [join(root, 'node_modules', '.bin'), dirname(pinnedNodeOf(root)), process.env.PATH].join(delimiter),
  REDOUBT_FAILED_CHECKS: failed.join(', '),
});

const isGood = ({ code, signal }) => code === 0 && signal === null;

async function runSteps(steps, args) {
  const failed = [];
  let worst = { code: 0, signal: null };
  for (const [index, step] of steps.entries()) {
    const file = join(root, step.args[0]);
    if (!existsSync(file)) {
      process.stderr.write(`${step.name}: ${step.args[0]} does not exist.\n`);
      return { code: 2, signal: null };
    }
    const isLast = index === steps.length - 1;
    const stepArgs = [file, ...step.args.slice(1), ...(isLast ? args : [])];
    const ended = await handOver(pinnedNodeOf(root), stepArgs, {
      cwd: root,
      env: environmentFor(failed),
      tied: step.tied,
    });
    if (!isGood(ended)) {
      failed.push(step.name);
      worst = isGood(worst) ? ended : worst;
    }
    if (ended.signal !== null) return ended;
  }
  return worst;
}

async function run([name, ...args]) {
  if (!Object.hasOwn(tasks, name ?? '')) {
    process.stderr.write(`Unknown task "${name ?? ''}". Known: ${Object.keys(tasks).join(', ')}.\n`);
    return { code: 2, signal: null };
  }
  const installed = ensureInstalled(root);
  if (installed !== 0) return { code: installed, signal: null };
  const built = tasks[name].build ? ensureBuilt(root) || ensureWebBuilt(root) : 0;
  // The tests run on all the same: their lines say more than the compiler's.
  if (built !== 0 && name !== 'test') return { code: built, signal: null };
  return runSteps(stepsOf(name, args), args);
}

endLike(await run(process.argv.slice(2)));
