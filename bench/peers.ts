// Ours beside promptfoo, garak, Inspect, DeepTeam and PyRIT: the same prompts, the same target, as many calls at once.
// Each is installed into .cache/peers (npm and PyPI), and measured in turn with ours, so that a drift of the machine meets both.
// npm run bench:peers [-- --tests 200 --concurrency 16 --latency 50 --rounds 3 --only promptfoo,garak --limit 300]
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { startLeanTarget } from './lean-target.ts';
import { writeResult } from './machine.ts';
import { peers } from './peers/index.ts';
import { KEY, type Peer, type PeerCommand, type PeerRun } from './peers/peer.ts';
import { cpuSecondsOf } from './process.ts';
import { writePrompts } from './prompts.ts';

const { values } = parseArgs({
  options: {
    tests: { type: 'string', default: '200' },
    concurrency: { type: 'string', default: '16' },
    latency: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string' },
    limit: { type: 'string', default: '300' },
  },
});
const tests = Number(values.tests);
const concurrency = Number(values.concurrency);
const latencyMs = Number(values.latency);
const limitS = Number(values.limit);
const root = fileURLToPath(new URL('../', import.meta.url));
const LOOK_MS = 200;

interface Measured {
  /** Of the whole command. */
  readonly wallS: number;
  /** From the first call at the target to its last answer. */
  readonly windowS: number;
  readonly startS: number;
  readonly cpuS: number;
  readonly calls: number;
  readonly maxInFlight: number;
  /** Prompts that the target was never asked. */
  readonly missing: number;
  /** Why the run does not count; null: it does. */
  readonly fault: string | null;
}

interface Contestant {
  readonly name: string;
  readonly version: string;
  readonly command: (run: Omit<PeerRun, 'home'>) => PeerCommand;
}

const ours: Contestant = {
  name: 'redoubt',
  version: (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version,
  command: ({ work, promptsFile, url }) => ({
    file: process.execPath,
    args: [
      ...[join(root, 'bin', 'redoubt.js'), 'scan', '--target', url, '--model', 'bench', '--dataset', promptsFile],
      ...['--preset', 'direct', '--concurrency', String(concurrency), '--data', join(work, 'data')],
      ...['--out', join(work, 'out'), '--formats', 'jsonl,json'],
    ],
    env: { REDOUBT_TARGET_API_KEY: KEY },
  }),
};

const sentenceOf = (error: unknown): string => {
  const { stderr, message } = error as { stderr?: Buffer; message: string };
  const lines = (stderr?.toString('utf8') ?? '').trim().split('\n');
  return lines.at(-1) || message.split('\n')[0]!;
};

/** Where the peer lies, installed now where it was not; else the reason. */
function installed({ name, version, install }: Peer): { readonly home: string } | { readonly reason: string } {
  const home = join(root, '.cache', 'peers', `${name}-${version}`);
  if (existsSync(join(home, 'installed'))) return { home };
  process.stderr.write(`installing ${name} ${version} (once; minutes)\n`);
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  try {
    install(home);
    writeFileSync(join(home, 'installed'), `${new Date().toISOString()}\n`);
    return { home };
  } catch (error) {
    return { reason: sentenceOf(error) };
  }
}

interface Ran {
  readonly code: number | null;
  readonly cpuS: number;
  readonly output: string;
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}

/** Its CPU as it was last seen: the system forgets a process that has ended. */
async function watched(child: ChildProcess, endsAt: number): Promise<Ran> {
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (data: Buffer) => {
      output = `${output}${data}`.slice(-4_000);
    });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let cpuS = 0;
  const look = setInterval(() => {
    cpuS = Math.max(cpuS, cpuSecondsOf(child.pid!));
    if (performance.now() > endsAt) endGroup(child.pid!);
  }, LOOK_MS);
  const code = await ended;
  clearInterval(look);
  return { code, cpuS, output };
}

function faultOf({ code, output }: Ran, missing: number): string | null {
  const last = output.trim().split('\n').at(-1) ?? '';
  if (code === null) return `not done within ${limitS} s`;
  if (code !== 0) return `ended with ${code}: ${last.slice(0, 200)}`;
  return missing === 0 ? null : `${missing} of ${tests} prompts were never asked: ${last.slice(0, 200)}`;
}

async function measure(contestant: Contestant): Promise<Measured> {
  const work = mkdtempSync(join(tmpdir(), `redoubt-peer-${contestant.name}-`));
  const target = await startLeanTarget({ prompts: tests, latencyMs });
  try {
    const promptsFile = join(work, 'prompts.jsonl');
    writePrompts(promptsFile, tests);
    const lines = readFileSync(promptsFile, 'utf8').trimEnd().split('\n');
    const prompts = lines.map((line) => (JSON.parse(line) as { prompt: string }).prompt);
    const run = { work, promptsFile, prompts, url: target.url, concurrency };
    const { file, args, env } = contestant.command(run);
    const begun = performance.now();
    const child = spawn(file, args, {
      cwd: work,
      // A group of its own: several start processes that must end with them.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, HOME: work, ...env },
    });
    const ran = await watched(child, begun + limitS * 1000);
    const ended = performance.now();
    const missing = target.calls.filter((calls) => calls === 0).length;
    const firstAt = target.firstCallAt() ?? ended;
    return {
      wallS: (ended - begun) / 1000,
      windowS: ((target.lastAnswerAt() ?? ended) - firstAt) / 1000,
      startS: (firstAt - begun) / 1000,
      cpuS: ran.cpuS,
      calls: target.arrivals.length,
      maxInFlight: target.maxInFlight(),
      missing,
      fault: faultOf(ran, missing),
    };
  } finally {
    await target.close();
    rmSync(work, { recursive: true, force: true });
  }
}

interface Spread {
  readonly n: number;
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

function spreadOf(numbers: readonly number[]): Spread | null {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (min === undefined || max === undefined) return null;
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { n: sorted.length, min, median, max };
}

/** Ours and the peer's of the same round; rounds in which either did not do its work do not count. */
interface Pair {
  readonly ours: Measured;
  readonly peer: Measured;
}

const ratio = (pairs: readonly Pair[], of: (measured: Measured) => number): Spread | null =>
  spreadOf(
    pairs
      .filter(({ ours: own, peer }) => own.fault === null && peer.fault === null)
      .map(({ ours: own, peer }) => of(peer) / of(own)),
  );

interface Compared {
  readonly name: string;
  readonly version: string;
  /** Why it was not run at all. */
  readonly notInstalled?: string;
  readonly rounds: readonly Pair[];
  readonly faults: readonly string[];
  /** How many times as many tests a second as the peer: of the whole command, and from first call to last answer. */
  readonly faster: { readonly whole: Spread | null; readonly window: Spread | null };
  /** How many times our CPU the peer needs. */
  readonly cpu: Spread | null;
}

async function compare(peer: Peer): Promise<Compared> {
  const { name, version } = peer;
  const place = installed(peer);
  if ('reason' in place) {
    const none = { rounds: [], faults: [], faster: { whole: null, window: null }, cpu: null };
    return { name, version, notInstalled: place.reason, ...none };
  }
  const contestant = { name, version, command: (run: Omit<PeerRun, 'home'>) => peer.command({ ...run, ...place }) };
  const rounds: Pair[] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    const own = await measure(ours);
    rounds.push({ ours: own, peer: await measure(contestant) });
    process.stderr.write(`${name}: round ${round + 1} of ${values.rounds} done\n`);
  }
  const faults = rounds.flatMap((pair) => [pair.ours.fault, pair.peer.fault]).filter((fault) => fault !== null);
  const faster = { whole: ratio(rounds, ({ wallS }) => wallS), window: ratio(rounds, ({ windowS }) => windowS) };
  return { name, version, rounds, faults, faster, cpu: ratio(rounds, ({ cpuS }) => cpuS) };
}

const shown = (spread: Spread | null, digits: number): string =>
  spread === null
    ? '-'
    : `${spread.median.toFixed(digits)} (${spread.min.toFixed(digits)} to ${spread.max.toFixed(digits)}), n=${spread.n}`;

function tableOf(compared: readonly Compared[]): string {
  const table = new Table({
    head: ['peer', 'tests/s ours', 'tests/s peer', 'ratio, whole command', 'ratio, first call to last', 'ratio, CPU'],
    style: { head: [], border: [] },
  });
  const perSecond = (pairs: readonly Pair[], side: keyof Pair): string =>
    shown(spreadOf(pairs.filter((pair) => pair[side].fault === null).map((pair) => tests / pair[side].wallS)), 1);
  for (const { name, version, notInstalled, rounds, faster, cpu } of compared)
    table.push(
      notInstalled === undefined
        ? [
            `${name} ${version}`,
            ...[perSecond(rounds, 'ours'), perSecond(rounds, 'peer')],
            ...[shown(faster.whole, 1), shown(faster.window, 1), shown(cpu, 1)],
          ]
        : [`${name} ${version}`, { colSpan: 5, content: `not installed: ${notInstalled}` }],
    );
  return table.toString();
}

const chosen = values.only?.split(',') ?? peers.map(({ name }) => name);
const settings = { tests, concurrency, latencyMs, rounds: Number(values.rounds), limitS };
const compared: Compared[] = [];
let path = '';
for (const peer of peers.filter(({ name }) => chosen.includes(name))) {
  compared.push(await compare(peer));
  // After each: a run that is broken off leaves what it has.
  path = writeResult('peers', { settings, compared });
}
process.stdout.write(`${tableOf(compared)}\n`);
process.stdout.write(
  'Median (least to most) of the rounds. A ratio above 1: ours is as many times faster, or needs less.\n',
);
for (const { name, faults } of compared)
  for (const fault of new Set(faults)) process.stdout.write(`${name}: a round does not count, ${fault}\n`);
process.stdout.write(`Figures in ${path}\n`);
