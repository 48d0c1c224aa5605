// Ours beside a bare loop in the same run: same prompts, same target, one line written per answer.
// npm run bench:scan [-- --tests 2000,10000 --concurrency 8,64,256 --latency 0,50 --words 60 --rounds 2 --judge]
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { startSimulatedTarget } from '../src/simulated/start-simulated-target.ts';
import { writeResult } from './machine.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const usagePreload = new URL('./usage-at-exit.mjs', import.meta.url).href;

interface Measured {
  readonly wallS: number;
  readonly cpuS: number;
  readonly peakMb: number;
  readonly firstRequestS: number;
  readonly maxInFlight: number;
  readonly storedBytes: number;
}

interface Cell {
  readonly tests: number;
  readonly concurrency: number;
  readonly latencyMs: number;
  /** Of an answer. */
  readonly words: number;
}

const list = (text: string): number[] => text.split(',').map(Number);

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};

function writePrompts(path: string, count: number): void {
  const lines = Array.from({ length: count }, (_, index) =>
    JSON.stringify({
      prompt: `Question ${index}: what should a careful person know about topic ${index * 7919} before they begin?`,
    }),
  );
  writeFileSync(path, `${lines.join('\n')}\n`);
}

/** Runs a command against a fresh target and measures it from its start to its end. */
async function measure(cell: Cell, folder: string, commandFor: (url: string) => readonly string[]): Promise<Measured> {
  let firstAt: number | null = null;
  const target = await startSimulatedTarget({
    latencyMs: cell.latencyMs,
    fixedAnswer: Array.from({ length: cell.words }, (_, index) => `word${index}`).join(' '),
    onRequest: () => {
      firstAt ??= performance.now();
    },
  });
  const usageFile = join(folder, 'usage.json');
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', usagePreload, ...commandFor(target.url)], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, BENCH_USAGE_FILE: usageFile, REDOUBT_TARGET_API_KEY: 'bench', HOME: folder },
  });
  const code = await new Promise<number | null>((resolve) => child.on('exit', resolve));
  const wallS = (performance.now() - started) / 1000;
  const { maxInFlight } = target.stats();
  await target.close();
  if (code !== 0) throw new Error(`the measured command ended with ${code}`);
  const { cpuMs, peakMb } = JSON.parse(readFileSync(usageFile, 'utf8')) as { cpuMs: number; peakMb: number };
  return {
    wallS,
    cpuS: cpuMs / 1000,
    peakMb,
    firstRequestS: ((firstAt ?? started) - started) / 1000,
    maxInFlight,
    storedBytes: 0,
  };
}

async function measureOurs(cell: Cell, folder: string, prompts: string, judge: boolean): Promise<Measured> {
  const data = join(folder, 'data');
  rmSync(data, { recursive: true, force: true });
  const measured = await measure(cell, folder, (url) => [
    ...[
      join(root, 'bin', 'redoubt.js'),
      'scan',
      '--target',
      url,
      '--model',
      'bench',
      '--dataset',
      prompts,
      '--preset',
      'direct',
    ],
    ...[
      '--concurrency',
      String(cell.concurrency),
      '--data',
      data,
      '--out',
      join(folder, 'out'),
      '--formats',
      'jsonl,json',
    ],
    ...(judge ? [] : ['--no-judge']),
  ]);
  return { ...measured, storedBytes: statSync(join(data, 'redoubt.db')).size };
}

const measureBare = (cell: Cell, folder: string, prompts: string): Promise<Measured> =>
  measure(cell, folder, (url) => [
    join(root, 'bench', 'bare.mjs'),
    prompts,
    url,
    String(cell.concurrency),
    join(folder, 'bare.jsonl'),
  ]);

interface Row {
  readonly cell: Cell;
  readonly bare: Measured;
  readonly ours: Measured;
}

function medians(runs: readonly Measured[]): Measured {
  const of = (pick: (measured: Measured) => number): number => median(runs.map(pick));
  return {
    wallS: of((run) => run.wallS),
    cpuS: of((run) => run.cpuS),
    peakMb: of((run) => run.peakMb),
    firstRequestS: of((run) => run.firstRequestS),
    maxInFlight: of((run) => run.maxInFlight),
    storedBytes: of((run) => run.storedBytes),
  };
}

async function measureCell(cell: Cell, rounds: number, judge: boolean): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-bench-'));
  try {
    const prompts = join(folder, 'prompts.jsonl');
    writePrompts(prompts, cell.tests);
    const bare: Measured[] = [];
    const ours: Measured[] = [];
    // In turn, so that a drift of the machine meets both.
    for (let round = 0; round < rounds; round++) {
      bare.push(await measureBare(cell, folder, prompts));
      ours.push(await measureOurs(cell, folder, prompts, judge));
    }
    return { cell, bare: medians(bare), ours: medians(ours) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** design.md "Budgets": wall <= 1.2 x (2,000) or 1.1 x (10,000) bare + 0.5 s; CPU <= 2 x; first request <= 3 x. */
function budgetOf({ cell, bare, ours }: Row): { wall: number; cpu: number; first: number } {
  const factor = cell.tests >= 10_000 ? 1.1 : 1.2;
  return {
    wall: ours.wallS / (factor * bare.wallS + 0.5),
    cpu: ours.cpuS / (2 * bare.cpuS),
    first: ours.firstRequestS / (3 * bare.firstRequestS),
  };
}

function tableOf(rows: readonly Row[]): string {
  const table = new Table({
    head: [
      'tests',
      'in flight',
      'latency',
      'wall bare',
      'wall ours',
      'ratio',
      'of budget',
      'CPU bare',
      'CPU ours',
      'ratio',
      'first bare',
      'first ours',
      'ratio',
      'peak MB',
      'max in flight',
      'bytes/test',
    ],
    style: { head: [], border: [] },
  });
  for (const row of rows) {
    const { cell, bare, ours } = row;
    const budget = budgetOf(row);
    const ratio = (a: number, b: number): string => (a / b).toFixed(2);
    table.push([
      cell.tests,
      cell.concurrency,
      `${cell.latencyMs} ms`,
      `${bare.wallS.toFixed(2)} s`,
      `${ours.wallS.toFixed(2)} s`,
      ratio(ours.wallS, bare.wallS),
      budget.wall.toFixed(2),
      `${bare.cpuS.toFixed(2)} s`,
      `${ours.cpuS.toFixed(2)} s`,
      ratio(ours.cpuS, bare.cpuS),
      `${bare.firstRequestS.toFixed(2)} s`,
      `${ours.firstRequestS.toFixed(2)} s`,
      ratio(ours.firstRequestS, bare.firstRequestS),
      ours.peakMb.toFixed(0),
      `${bare.maxInFlight} / ${ours.maxInFlight}`,
      (ours.storedBytes / cell.tests).toFixed(0),
    ]);
  }
  return table.toString();
}

const { values } = parseArgs({
  options: {
    tests: { type: 'string', default: '2000,10000' },
    concurrency: { type: 'string', default: '8,64,256' },
    latency: { type: 'string', default: '0,50' },
    words: { type: 'string', default: '60' },
    rounds: { type: 'string', default: '3' },
    judge: { type: 'boolean', default: false },
  },
});

const rows: Row[] = [];
for (const tests of list(values.tests))
  for (const latencyMs of list(values.latency))
    for (const concurrency of list(values.concurrency)) {
      const cell = { tests, concurrency, latencyMs, words: Number(values.words) };
      const row = await measureCell(cell, Number(values.rounds), values.judge);
      rows.push(row);
      process.stderr.write(`${tests} tests, ${concurrency} in flight, ${latencyMs} ms: done\n`);
    }
process.stdout.write(`${tableOf(rows)}\n`);
process.stdout.write('Medians of the rounds. "of budget": 1 is just within design.md\'s budget for the wall.\n');
writeResult('scan', {
  judge: values.judge,
  rounds: Number(values.rounds),
  rows: rows.map((row) => ({ ...row, budget: budgetOf(row) })),
});
