// Many workers on one database: kill -9 of a worker, then of the server, then an immediate stop of PostgreSQL, in each
// round; what is lost, stored twice, asked again, and how long until full speed. Exit 1 when a promise breaks.
// npm run bench:crash-fleet [-- --rounds 20 --tests 20000 --workers 4 --concurrency 64 --latency 150 --seed 1]
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { type Random, seededRandom } from '../src/core/random.ts';
import { type Fleet, pause, startFleet, untilOver } from './fleet.ts';
import { writeResult } from './machine.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    tests: { type: 'string', default: '20000' },
    workers: { type: 'string', default: '4' },
    concurrency: { type: 'string', default: '64' },
    // Long enough that all three blows of a round fall into the scan.
    latency: { type: 'string', default: '150' },
    seed: { type: 'string', default: '1' },
  },
});
const rounds = Number(values.rounds);
const tests = Number(values.tests);
const workers = Number(values.workers);
const concurrency = Number(values.concurrency);
const latencyMs = Number(values.latency);
const OUTAGE_MS = 2_000;
const FULL = 0.8;
const WINDOW_MS = 1_000;
const ROUND_LIMIT_MS = 20 * 60_000;

type Victim = 'worker' | 'server' | 'postgres';
const victims: readonly Victim[] = ['worker', 'server', 'postgres'];

interface Blow {
  readonly victim: Victim;
  /** Prompts that had been asked before and were asked again after it. */
  readonly askedAgain: number;
  /** Until as many calls a second come as before; null: the scan ended first. */
  readonly fullSpeedMs: number | null;
}

interface Round {
  readonly status: string;
  readonly stored: number;
  readonly storedTwice: number;
  readonly missing: number;
  readonly blows: readonly Blow[];
  readonly broken: readonly string[];
}

const strike: Readonly<Record<Victim, (fleet: Fleet, random: Random) => Promise<void>>> = {
  async worker(fleet, random) {
    const index = random.below(fleet.workers.length);
    await fleet.workers[index]!.kill();
    fleet.workers[index] = await fleet.startWorker();
  },
  async server(fleet) {
    await fleet.server().kill();
    await fleet.restartServer();
  },
  async postgres(fleet) {
    fleet.database.stopAtOnce();
    await pause(OUTAGE_MS);
    fleet.database.start();
  },
};

const answeredIn = async (fleet: Fleet): Promise<number> => {
  const before = fleet.target.answered();
  await pause(WINDOW_MS);
  return fleet.target.answered() - before;
};

async function untilAnswered(fleet: Fleet, calls: number): Promise<void> {
  const deadline = performance.now() + ROUND_LIMIT_MS;
  while (fleet.target.answered() < calls && performance.now() < deadline) await pause(5);
}

async function blowBy(fleet: Fleet, victim: Victim, random: Random): Promise<Blow> {
  const speed = await answeredIn(fleet);
  const before = [...fleet.target.calls];
  const struckAt = performance.now();
  await strike[victim](fleet, random);
  let fullSpeedMs: number | null = null;
  while (fleet.target.answered() < tests && performance.now() - struckAt < ROUND_LIMIT_MS) {
    if ((await answeredIn(fleet)) < FULL * speed) continue;
    fullSpeedMs = performance.now() - struckAt;
    break;
  }
  // What a dead worker held comes again within 12 s.
  await pause(Math.max(0, 15_000 - (performance.now() - struckAt)));
  const askedAgain = before.filter((calls, prompt) => calls > 0 && fleet.target.calls[prompt]! > calls).length;
  return { victim, askedAgain, fullSpeedMs };
}

async function round(number: number): Promise<Round> {
  const random = seededRandom(Number(values.seed), 'fleet', number);
  const fleet = await startFleet({ workers, target: { prompts: tests, latencyMs } });
  try {
    await fleet.start({ concurrency });
    const blows: Blow[] = [];
    for (const [index, victim] of victims.entries()) {
      const share = (index + 0.5 + random.next() * 0.5) / (victims.length + 1);
      await untilAnswered(fleet, Math.floor(tests * share));
      blows.push(await blowBy(fleet, victim, random));
    }
    const status = await untilOver(fleet, ROUND_LIMIT_MS);
    const [row] = (await fleet.ask<{ stored: string; cases: string }>(
      'select count(*) as stored, count(distinct case_id) as cases from tests',
    )) ?? [{ stored: '0', cases: '0' }];
    const stored = Number(row!.stored);
    const missing = tests - Number(row!.cases);
    const storedTwice = stored - Number(row!.cases);
    const broken = [
      ...(status === 'Finished' ? [] : [`ended as ${status}`]),
      ...(missing === 0 ? [] : [`${missing} tests lost`]),
      ...(storedTwice === 0 ? [] : [`${storedTwice} tests stored twice`]),
      ...blows
        .filter(({ askedAgain }) => askedAgain > concurrency)
        .map(({ victim, askedAgain }) => `${askedAgain} prompts asked again after the ${victim}'s end`),
    ];
    return { status, stored, storedTwice, missing, blows, broken };
  } finally {
    await fleet.close();
  }
}

const most = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.max(a, b), 0);
const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / Math.max(1, numbers.length);

const done: Round[] = [];
for (let number = 1; number <= rounds; number++) {
  done.push(await round(number));
  const { status, stored, blows, broken } = done.at(-1)!;
  const told = blows.map(
    ({ victim, askedAgain, fullSpeedMs }) =>
      `${victim}: ${askedAgain} again, full speed after ${Math.round(fullSpeedMs ?? -1)} ms`,
  );
  process.stderr.write(
    `round ${number}: ${status}, ${stored} stored; ${told.join('; ')}; ${broken.join('; ') || 'good'}\n`,
  );
}
const figures = victims.map((victim) => {
  const blows = done.flatMap((each) => each.blows.filter((blow) => blow.victim === victim));
  const speeds = blows.map((blow) => blow.fullSpeedMs).filter((ms): ms is number => ms !== null);
  return {
    victim,
    blows: blows.length,
    asked_again_max: most(blows.map((blow) => blow.askedAgain)),
    full_speed_ms_mean: Math.round(mean(speeds)),
    full_speed_ms_max: Math.round(most(speeds)),
  };
});
const table = new Table({
  head: ['killed', 'times', `asked again, max (allowed ${concurrency})`, 'full speed after, mean ms', 'max ms'],
  style: { head: [], border: [] },
});
for (const row of figures) table.push(Object.values(row));
process.stdout.write(`${table.toString()}\n`);
const broken = done.flatMap((each, index) => each.broken.map((promise) => `round ${index + 1}: ${promise}`));
const totals = {
  lost: done.reduce((sum, { missing }) => sum + missing, 0),
  stored_twice: done.reduce((sum, { storedTwice }) => sum + storedTwice, 0),
};
process.stdout.write(`${rounds} rounds: ${totals.lost} lost, ${totals.stored_twice} stored twice\n`);
for (const sentence of broken) process.stdout.write(`BROKEN ${sentence}\n`);
const settings = { rounds, tests, workers, concurrency, latencyMs, seed: Number(values.seed) };
process.stdout.write(`Figures in ${writeResult('crash-fleet', { settings, totals, figures, broken, rounds: done })}\n`);
process.exitCode = broken.length > 0 ? 1 : 0;
