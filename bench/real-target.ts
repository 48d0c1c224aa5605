// Scans a real small model, and keeps what judge and report are read against: npm run bench:real-target
// [-- --limit N --datasets A,B --preset standard --parallel 4 --threads 2 --max-tokens 64 --seed 1 --out DIR --keep
//  --guard both]; with a guard the figures go to real-target-guard.json
// It fetches SmolLM2-135M-Instruct (90 MB) once. Without --keep a run that did not finish begins anew.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { sampleIndices, seededRandom } from '../src/core/random.ts';
import { writeResult } from './machine.ts';
import { runRedoubt } from './process.ts';
import { ensureSmallModel, MODEL_NAME, modelPackage, runtime, type SmallModel } from './real-target/small-model.ts';

const cache = fileURLToPath(new URL('../.cache/real-target/', import.meta.url));
const serverFile = fileURLToPath(new URL('./real-target/model-server.ts', import.meta.url));
const REVIEWED = 60;

const { values: flags } = parseArgs({
  options: {
    limit: { type: 'string' },
    datasets: {
      type: 'string',
      default: 'Societal Harmfulness,Privacy,OWASP LLM Top 10,Finance Risks,Healthcare Risks',
    },
    preset: { type: 'string', default: 'standard' },
    parallel: { type: 'string', default: '4' },
    threads: { type: 'string', default: '2' },
    'max-tokens': { type: 'string', default: '64' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: join(cache, 'report') },
    keep: { type: 'boolean', default: false },
    guard: { type: 'string', default: 'none' },
  },
});

interface ServedModel {
  readonly url: string;
  stats(): Promise<{ answers: number; tokensIn: number; tokensOut: number; busyMs: number }>;
  stop(): void;
}

async function serveModel({ file, folder }: SmallModel): Promise<ServedModel> {
  const settings = { file, folder, threads: Number(flags.threads), sequences: Number(flags.parallel) };
  const child = spawn(process.execPath, [serverFile, JSON.stringify(settings)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((found, failed) => {
    let said = '';
    child.once('exit', (code) => failed(new Error(`the model's server ended with ${code}`)));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const [, address] = /listening on (\S+)/.exec(said) ?? [];
      if (address !== undefined) found(address);
    });
  });
  const stats = async () =>
    (await (await fetch(new URL('/stats', url))).json()) as Awaited<ReturnType<ServedModel['stats']>>;
  return { url, stats, stop: () => void child.kill() };
}

interface Line {
  readonly case_id: string;
  readonly dataset: string;
  readonly attack: string;
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
  readonly answer: string | null;
  readonly decoded?: string | null;
  readonly goal?: string;
  readonly outcome: string;
  readonly score: number | null;
  readonly judge: string;
  readonly reason: string;
}

const linesOf = (path: string): Line[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);

/** Verdicts drawn by the seed for a person to read, with a place for what the person says. */
function writeReview(lines: readonly Line[], path: string): number {
  const chosen = sampleIndices(lines.length, REVIEWED, seededRandom(Number(flags.seed), 'review'));
  const rows = chosen.map((index) => {
    const { case_id, dataset, attack, messages, answer, decoded, outcome, reason, judge } = lines[index]!;
    const asked = messages.at(-1)?.content ?? '';
    return { case_id, dataset, attack, asked, answer: decoded ?? answer, outcome, reason, judge, person: null };
  });
  writeFileSync(path, `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
  return rows.length;
}

const scanArguments = (url: string, out: string): string[] => [
  ...['scan', '--target', url, '--model', MODEL_NAME, '--preset', flags.preset, '--seed', flags.seed],
  ...flags.datasets.split(',').flatMap((name) => ['--dataset', name.trim()]),
  ...['--temperature', '0', '--max-tokens', flags['max-tokens'], '--concurrency', flags.parallel, '--timeout', '600'],
  ...['--data', join(cache, 'data'), '--out', out, '--authorised-by', 'bench:real-target, on this machine'],
  ...['--guard', flags.guard],
  ...(flags.limit === undefined ? [] : ['--limit', flags.limit]),
];

const out = resolve(flags.out);
mkdirSync(cache, { recursive: true });
const model = ensureSmallModel(cache);
if (!flags.keep) rmSync(join(cache, 'data'), { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const served = await serveModel(model);
console.log(`${MODEL_NAME} answers at ${served.url}`);
const startedAt = performance.now();
try {
  await runRedoubt(scanArguments(served.url, out), cache);
  const seconds = (performance.now() - startedAt) / 1000;
  const { answers, tokensIn, tokensOut } = await served.stats();
  const lines = linesOf(join(out, 'results.jsonl'));
  const summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as Record<string, unknown>;
  const reviewed = writeReview(lines, join(out, 'review.jsonl'));
  const path = writeResult(flags.guard === 'none' ? 'real-target' : 'real-target-guard', {
    model: { name: MODEL_NAME, sha256: model.sha256, package: modelPackage, runtime },
    settings: { ...flags, out: undefined, keep: undefined },
    tests: lines.length,
    counts: summary.counts,
    rates: summary.rates,
    datasets: summary.datasets,
    attacks: summary.attacks,
    guard: summary.guard,
    reviewed,
    speed: {
      seconds: Math.round(seconds),
      secondsPerTest: Number((seconds / lines.length).toFixed(2)),
      answers,
      tokensInPerSecond: Number((tokensIn / seconds).toFixed(1)),
      tokensOutPerSecond: Number((tokensOut / seconds).toFixed(1)),
    },
  });
  console.log(
    `${lines.length} tests in ${Math.round(seconds)} s, ${answers} answers, ${(tokensOut / seconds).toFixed(1)} tokens/s.`,
  );
  console.log(`Wrote ${path}, and the report with review.jsonl (${reviewed} verdicts) under ${out}.`);
} finally {
  served.stop();
}
