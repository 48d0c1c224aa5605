// A target that fails in every usual way: how long a scan takes, what becomes of each test; exit 1 when a promise breaks.
// npm run bench:faults [-- --tests 1000 --set-tests 200 --latency 25 --seed 1 --only mixed|sets]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { seededRandom } from '../src/core/random.ts';
import { type FaultRun, faultRun } from './fault-run.ts';
import type { Behaviour } from './lean-target.ts';
import { writeResult } from './machine.ts';

const { values } = parseArgs({
  options: {
    tests: { type: 'string', default: '1000' },
    'set-tests': { type: 'string', default: '200' },
    latency: { type: 'string', default: '25' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
});
const seed = Number(values.seed);
const latencyMs = Number(values.latency);
/** design.md "Budgets". */
const EXTRA_S = 120;

type Behave = (prompt: number, call: number) => Behaviour;

interface Scenario {
  readonly name: string;
  readonly tests: number;
  readonly behave: Behave;
  /** Whether it is held against the time of the run without faults. */
  readonly isTimed: boolean;
  /** Whether it is killed with nothing but the failing prompts left, and gone on with. */
  readonly killed: boolean;
}

const shares: readonly (readonly [Behaviour, number])[] = [
  ['rate-limited', 0.1],
  ['server-error', 0.02],
  ['hang', 0.01],
  ['empty', 0.015],
  ['cut', 0.015],
];

/** The fate of a call hangs on prompt and call alone, so that every run meets the same faults whatever its order. */
const mixed: Behave = (prompt, call) => {
  let drawn = seededRandom(seed, 'fault', prompt, call).next();
  for (const [behaviour, share] of shares) {
    if (drawn < share) return behaviour;
    drawn -= share;
  }
  return 'answer';
};

/** Some prompts always meet the same fault; all others are answered. */
const always =
  (fault: Behaviour, every: number): Behave =>
  (prompt) =>
    prompt % every === every - 1 ? fault : 'answer';

const setTests = Number(values['set-tests']);
const set = (name: string, behave: Behave, killed = false): Scenario => ({
  name,
  tests: setTests,
  behave,
  isTimed: false,
  killed,
});

const scenarios: readonly Scenario[] = [
  { name: 'mixed', tests: Number(values.tests), behave: mixed, isTimed: true, killed: false },
  set('always HTTP 500, 5 prompts', always('server-error', 40)),
  set('always broken JSON, 5 prompts', always('broken-json', 40)),
  set('always cut, 5 prompts', always('cut', 40)),
  set('always empty text, 5 prompts', always('empty', 40)),
  set('always empty choices, 5 prompts', always('no-choices', 40)),
  set('always HTTP 500, 5 prompts; killed when only they are left', always('server-error', 40), true),
];

const chosen = scenarios.filter(({ isTimed }) => values.only === undefined || isTimed === (values.only === 'mixed'));

interface Row {
  readonly scenario: Scenario;
  readonly faultless: FaultRun | null;
  readonly faulty: FaultRun;
  readonly broken: readonly string[];
}

function brokenOf({ isTimed }: Scenario, faultless: FaultRun | null, faulty: FaultRun): string[] {
  const limitS = (faultless?.wallS ?? 0) + EXTRA_S;
  return [
    ...(faultless?.broken ?? []).map((sentence) => `without faults: ${sentence}`),
    ...faulty.broken,
    ...(isTimed && faulty.wallS > limitS
      ? [`it took ${faulty.wallS.toFixed(1)} s, allowed are ${limitS.toFixed(1)} s`]
      : []),
  ];
}

async function runScenario(scenario: Scenario, folder: string): Promise<Row> {
  const { tests, behave, isTimed, killed } = scenario;
  const faultless = isTimed ? await faultRun({ folder, tests, latencyMs, behave: () => 'answer' }) : null;
  const faulty = await faultRun({ folder, tests, latencyMs, behave, killed });
  const broken = brokenOf(scenario, faultless, faulty);
  process.stderr.write(`${scenario.name}: ${faulty.wallS.toFixed(1)} s, ${broken.length} promises broken\n`);
  return { scenario, faultless, faulty, broken };
}

const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([name, n]) => `${name} ${n}`)
    .join('\n');

function tableOf(rows: readonly Row[]): string {
  const table = new Table({
    head: ['faults', 'tests', 'exit', 'fault-free', 'with faults', 'calls', 'a try, max', 'outcomes', 'calls brought'],
    colWidths: [24],
    wordWrap: true,
    style: { head: [], border: [] },
  });
  for (const { scenario, faultless, faulty } of rows)
    table.push([
      scenario.name,
      scenario.tests,
      String(faulty.exitCode),
      faultless === null ? '-' : `${faultless.wallS.toFixed(1)} s`,
      `${faulty.wallS.toFixed(1)} s`,
      faulty.calls,
      faulty.mostCallsATry,
      listed(faulty.outcomes),
      listed(faulty.delivered),
    ]);
  return table.toString();
}

async function runAll(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-faults-'));
  const rows: Row[] = [];
  try {
    for (const scenario of chosen) rows.push(await runScenario(scenario, join(folder, 'run')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return rows;
}

const rows = await runAll();
const broken = rows.flatMap((row) => row.broken.map((promise) => `${row.scenario.name}: ${promise}`));
process.stdout.write(`${tableOf(rows)}\n`);
for (const sentence of broken) process.stdout.write(`BROKEN ${sentence}\n`);
const figures = rows.map(({ scenario, faultless, faulty }) => ({
  faults: scenario.name,
  tests: scenario.tests,
  faultless_s: faultless?.wallS ?? null,
  ...faulty,
}));
process.stdout.write(`Figures in ${writeResult('faults', { settings: { seed, latencyMs }, figures, broken })}\n`);
process.exitCode = broken.length > 0 ? 1 : 0;
