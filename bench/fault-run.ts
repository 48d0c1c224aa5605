// One scan with default settings against a target with faults, and every result held against what was delivered.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Behaviour, type LeanTarget, startLeanTarget } from './lean-target.ts';
import { type Ended, type Running, startRedoubt } from './process.ts';
import { answerTo, expectedOutcome, promptOfCase, writePrompts } from './prompts.ts';

export interface FaultRunOptions {
  readonly folder: string;
  readonly tests: number;
  readonly latencyMs: number;
  readonly behave: (prompt: number, call: number) => Behaviour;
  /** Kills the scan when every prompt has been asked, so that it goes on with nothing but what fails; default false. */
  readonly killed?: boolean;
}

export interface FaultRun {
  readonly exitCode: number | null;
  readonly wallS: number;
  readonly calls: number;
  readonly mostCallsATry: number;
  readonly maxInFlight: number;
  /** Tests by outcome, undecided ones with their reason. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Calls by what they brought. */
  readonly delivered: Readonly<Record<string, number>>;
  /** Each broken promise as a sentence. */
  readonly broken: readonly string[];
}

interface ResultLine {
  readonly case_id: string;
  readonly outcome: string;
  readonly reason: string;
  readonly answer: string | null;
  readonly tries: { readonly calls: number };
}

const MOST_CALLS_A_TRY = 5;
/** A run that has not ended by then has not ended by itself. */
const PATIENCE_MS = 420_000;

/** The reason that an undecided test must give for what its last call brought. */
const reasonFor: Readonly<Record<Exclude<Behaviour, 'answer'>, string>> = {
  'rate-limited': 'target_error',
  'server-error': 'target_error',
  hang: 'timeout',
  cut: 'cut',
  empty: 'empty',
  'no-choices': 'empty',
  'broken-json': 'unparseable',
};

function wrongWith(line: ResultLine, target: LeanTarget, killed: boolean): string | null {
  const prompt = promptOfCase(line.case_id);
  const last = target.lastDelivered[prompt] ?? null;
  const said = `${line.case_id} is ${line.outcome} (${line.reason}), its last call brought ${last}`;
  if (last === null) return said;
  if (line.tries.calls !== target.calls[prompt] && !killed)
    return `${line.case_id} counts ${line.tries.calls} calls of ${target.calls[prompt]}`;
  if (last === 'answer')
    return line.outcome === expectedOutcome(prompt) && line.answer === answerTo(prompt) ? null : said;
  return line.outcome === 'inconclusive' && line.reason === reasonFor[last] ? null : said;
}

function counted(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

const MOST_SHOWN = 5;

function shortened(sentences: readonly string[]): string[] {
  const more = sentences.length - MOST_SHOWN;
  return [...sentences.slice(0, MOST_SHOWN), ...(more > 0 ? [`and ${more} more`] : [])];
}

function readResults(path: string): ResultLine[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as ResultLine);
}

const mostCallsOf = (results: readonly ResultLine[]): number => Math.max(0, ...results.map((line) => line.tries.calls));

function brokenOf(
  results: readonly ResultLine[],
  target: LeanTarget,
  { tests, killed = false }: FaultRunOptions,
  exitCode: number | null,
): string[] {
  const wrong = results.map((line) => wrongWith(line, target, killed)).filter((sentence) => sentence !== null);
  const most = mostCallsOf(results);
  const cases = new Set(results.map((line) => line.case_id)).size;
  return [
    ...(exitCode === 0 ? [] : [`it ended with ${exitCode}`]),
    ...(results.length === tests && cases === tests ? [] : [`${results.length} lines for ${cases} cases`]),
    ...(most <= MOST_CALLS_A_TRY ? [] : [`a try took ${most} calls`]),
    ...shortened(wrong),
  ];
}

const KILL_AFTER_MS = 300;

/** Kills the run some 300 ms after every prompt has been asked once. */
async function killLate(running: Running, target: LeanTarget): Promise<void> {
  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  while (target.calls.includes(0)) await pause(1);
  await pause(KILL_AFTER_MS);
  await running.kill();
}

async function runToEnd(options: FaultRunOptions, target: LeanTarget, args: readonly string[]): Promise<Ended> {
  if (options.killed) await killLate(startRedoubt(args, options.folder), target);
  const running = startRedoubt(args, options.folder);
  const patience = setTimeout(() => void running.kill(), PATIENCE_MS);
  const ended = await running.ended;
  clearTimeout(patience);
  return ended;
}

/** Lays the folder and gives the arguments of a scan with nothing but what it needs. */
function prepare({ folder, tests }: FaultRunOptions, targetUrl: string): string[] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const prompts = join(folder, 'prompts.jsonl');
  writePrompts(prompts, tests);
  return [
    ...['scan', '--target', targetUrl, '--model', 'bench', '--dataset', prompts, '--preset', 'direct'],
    ...['--data', join(folder, 'data'), '--out', join(folder, 'out'), '--formats', 'jsonl,json'],
  ];
}

/** Runs `redoubt scan` with default settings in `options.folder`, which is emptied first. */
export async function faultRun(options: FaultRunOptions): Promise<FaultRun> {
  const { folder, tests, latencyMs } = options;
  const brought: Behaviour[] = [];
  const behave = (prompt: number, call: number): Behaviour => {
    const behaviour = options.behave(prompt, call);
    brought.push(behaviour);
    return behaviour;
  };
  const target = await startLeanTarget({ prompts: tests, latencyMs, behave });
  const { code, stderr, wallMs } = await runToEnd(options, target, prepare(options, target.url));
  await target.close();
  const results = readResults(join(folder, 'out', 'results.jsonl'));
  const broken = brokenOf(results, target, options, code);
  return {
    exitCode: code,
    wallS: wallMs / 1000,
    calls: brought.length,
    mostCallsATry: mostCallsOf(results),
    maxInFlight: target.maxInFlight(),
    outcomes: counted(
      results.map(({ outcome, reason }) => (outcome === 'inconclusive' ? `${outcome}: ${reason}` : outcome)),
    ),
    delivered: counted(brought),
    broken: code === 0 ? broken : [...broken, stderr.trim().split('\n').slice(-3).join(' ')],
  };
}
