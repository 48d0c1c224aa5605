// An hour of mixed load on one server: whether its memory, its open files and its latencies stay where they are.
// npm run bench:soak [-- --minutes 60]
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { startLeanTarget } from './lean-target.ts';
import { writeResult } from './machine.ts';
import { cpuSecondsOf, runRedoubt, startRedoubt } from './process.ts';
import { writePrompts } from './prompts.ts';
import { type Kind, kinds, runLoad } from './soak/load.ts';
import { type Slope, slopeOf } from './soak/slope.ts';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '60' } } });
const minutes = Number(values.minutes);
const PROMPTS = 2_000;
const LATENCY_MS = 20;
const SAMPLE_MS = 5_000;
/** Until then the server is still warming up: its caches fill, its code is compiled. */
const WARM = 0.25;
/** What a server that keeps nothing may still gain over the measured time, of its mean. */
const MOST_GROWTH = 0.05;
const MOST_FAULTS = 20;

interface Sample {
  readonly minute: number;
  readonly rssMb: number;
  /** Of all threads. */
  readonly heapMb: number;
  readonly files: number;
  /** Timers, sockets and the like that the threads hold open. */
  readonly resources: number;
}

const home = mkdtempSync(join(tmpdir(), 'redoubt-soak-'));
const heaps = join(home, 'heaps');
mkdirSync(heaps);
const data = ['--data', join(home, 'data')];
const target = await startLeanTarget({ prompts: PROMPTS, latencyMs: LATENCY_MS });
writePrompts(join(home, 'prompts.jsonl'), PROMPTS);
writeFileSync(join(home, 'redoubt.yaml'), `models:\n  bench: { base_url: "${target.url}" }\n`);
await runRedoubt(['datasets', 'add', join(home, 'prompts.jsonl'), ...data], home);
const preload = new URL('./soak/heap-figures.ts', import.meta.url).href;
const server = startRedoubt(['serve', '--port', '0', ...data], home, {
  NODE_OPTIONS: `--import ${preload}`,
  BENCH_HEAP_FOLDER: heaps,
});
const [, origin = ''] = await server.says(/listens at (\S+)/);

const mb = (bytes: number): number => bytes / 1_000_000;

function heapFigures(): { readonly heapUsed: number; readonly resources: number }[] {
  const files = readdirSync(heaps).filter((name) => name.endsWith('.json'));
  return files.map((name) => JSON.parse(readFileSync(join(heaps, name), 'utf8')));
}

function sampleNow(minute: number): Sample {
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
  const threads = heapFigures();
  return {
    minute,
    rssMb: mb(Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) * 1024),
    heapMb: mb(threads.reduce((sum, { heapUsed }) => sum + heapUsed, 0)),
    files: readdirSync(`/proc/${server.pid}/fd`).length,
    resources: threads.reduce((sum, { resources }) => sum + resources, 0),
  };
}

const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);
const quantile = (numbers: readonly number[], share: number): number =>
  sorted(numbers)[Math.min(numbers.length - 1, Math.floor(share * numbers.length))] ?? Number.NaN;

interface Minute {
  readonly minute: number;
  readonly kind: Kind;
  readonly n: number;
  readonly errors: number;
  readonly p50: number;
  readonly p99: number;
}

const asked = new Map<string, { minute: number; kind: Kind; ms: number[]; errors: number }>();
const begun = performance.now();
const minuteNow = (): number => (performance.now() - begun) / 60_000;

const faults: string[] = [];

function noteRequest(kind: Kind, ms: number, fault: string | null): void {
  const minute = Math.floor(minuteNow());
  const key = `${kind} ${minute}`;
  const held = asked.get(key) ?? { minute, kind, ms: [], errors: 0 };
  asked.set(key, held);
  if (fault === null) held.ms.push(ms);
  else {
    held.errors += 1;
    if (faults.length < MOST_FAULTS) faults.push(`minute ${minute}: ${fault}`);
  }
}

const perMinute = (): Minute[] =>
  [...asked.values()].map(({ minute, kind, ms, errors }) => ({
    ...{ minute, kind, n: ms.length + errors, errors },
    ...{ p50: quantile(ms, 0.5), p99: quantile(ms, 0.99) },
  }));

async function sampleUntil(stop: AbortSignal): Promise<Sample[]> {
  const samples: Sample[] = [];
  while (!stop.aborted) {
    await sleep(SAMPLE_MS, undefined, { signal: stop }).catch(() => undefined);
    if (!stop.aborted) samples.push(sampleNow(minuteNow()));
  }
  return samples;
}

interface Verdict {
  readonly figure: string;
  readonly mean: number;
  readonly slope: Slope | null;
  readonly says: 'flat' | 'grows' | 'undecided';
}

/**
 * Flat: even the upper end of the interval comes to no more, over the measured time, than a server gains that keeps
 * nothing. Grows: the lower end lies above zero, and the rise comes to more. Else the time was too short to say.
 */
function verdictOn(figure: keyof Sample, samples: readonly Sample[]): Verdict {
  const slope = slopeOf(samples.map((sample) => ({ minute: sample.minute, value: sample[figure] })));
  const mean = samples.reduce((sum, sample) => sum + sample[figure], 0) / samples.length;
  if (slope === null) return { figure, mean, slope, says: 'undecided' };
  const isMuch = (perHour: number): boolean => (perHour * minutes * (1 - WARM)) / 60 > MOST_GROWTH * mean;
  if (!isMuch(slope.high)) return { figure, mean, slope, says: 'flat' };
  return { figure, mean, slope, says: slope.low > 0 && isMuch(slope.perHour) ? 'grows' : 'undecided' };
}

function verdictLine({ figure, mean, slope, says }: Verdict): string {
  if (slope === null) return `${figure}: mean ${mean.toFixed(0)}, too few samples for a slope`;
  const { perHour, low, high, n } = slope;
  const rise = `${perHour.toFixed(1)} an hour (95 % interval ${low.toFixed(1)} to ${high.toFixed(1)}, ${n} windows)`;
  return `${figure}: mean ${mean.toFixed(0)}, rises by ${rise}: ${says}`;
}

function tableOf(samples: readonly Sample[], all: readonly Minute[]): string {
  const table = new Table({
    head: ['minute', 'RSS MB', 'heap MB', 'files', ...kinds.map((kind) => `${kind} p50 / p99 ms`), 'errors'],
    style: { head: [], border: [] },
  });
  const step = Math.max(1, Math.ceil(minutes / 20));
  for (let minute = 0; minute < minutes; minute += step) {
    const at = samples.filter((sample) => Math.floor(sample.minute) === minute);
    const of = all.filter((each) => each.minute === minute);
    const mean = (figure: keyof Sample): string =>
      (at.reduce((sum, sample) => sum + sample[figure], 0) / at.length).toFixed(0);
    const times = kinds.map((kind) => {
      const found = of.find((each) => each.kind === kind);
      return found === undefined ? '-' : `${found.p50.toFixed(1)} / ${found.p99.toFixed(0)}`;
    });
    const errors = of.reduce((sum, each) => sum + each.errors, 0);
    table.push([minute, mean('rssMb'), mean('heapMb'), mean('files'), ...times, errors]);
  }
  return table.toString();
}

const stop = AbortSignal.timeout(minutes * 60_000);
const died = new AbortController();
void server.ended.then(() => died.abort());
const over = AbortSignal.any([stop, died.signal]);
const load = runLoad({ origin, targetUrl: target.url, prompts: PROMPTS, stop: over, onRequest: noteRequest });
const samples = await sampleUntil(over);
await load;
const cpuSeconds = cpuSecondsOf(server.pid);
const hasDied = died.signal.aborted;
const ended = await server.stop();
await target.close();
rmSync(home, { recursive: true, force: true });

const steady = samples.filter(({ minute }) => minute >= minutes * WARM);
const verdicts = (['rssMb', 'heapMb', 'files', 'resources'] as const).map((figure) => verdictOn(figure, steady));
const all = perMinute();
const errors = all.reduce((sum, each) => sum + each.errors, 0);
const requests = all.reduce((sum, each) => sum + each.n, 0);
process.stdout.write(`${tableOf(samples, all)}\n${verdicts.map(verdictLine).join('\n')}\n`);
process.stdout.write(
  `${requests} requests, ${errors} of them failed; the server used ${cpuSeconds.toFixed(0)} s of CPU.\n`,
);
for (const fault of faults) process.stdout.write(`${fault}\n`);
const path = writeResult('soak', { minutes, verdicts, requests, errors, faults, cpuSeconds, perMinute: all, samples });
process.stdout.write(`Figures in ${path}\n`);
if (hasDied) process.stdout.write(`The server ended by itself: ${ended.stderr.slice(-500)}\n`);
if (hasDied || errors > 0 || verdicts.some(({ says }) => says === 'grows')) process.exitCode = 1;
