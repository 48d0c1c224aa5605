// kill -9 at random moments of a scan, and on: what is lost, stored twice, asked again; exit 1 when a promise breaks.
// npm run bench:crash [-- --rounds 22 --serve 3 --tests 2000 --concurrency 32 --latency 25 --seed 1]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { type Random, seededRandom } from '../src/core/random.ts';
import { crashRound, type Kill, type Moment, type Round } from './crash-round.ts';
import { writeResult } from './machine.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '22' },
    serve: { type: 'string', default: '3' },
    tests: { type: 'string', default: '2000' },
    concurrency: { type: 'string', default: '32' },
    latency: { type: 'string', default: '25' },
    seed: { type: 'string', default: '1' },
  },
});
const rounds = Number(values.rounds);
const served = Number(values.serve);
const tests = Number(values.tests);
const concurrency = Number(values.concurrency);
const latencyMs = Number(values.latency);
const INSIDE_SHARE = 0.9;

const inside = (random: Random, from = concurrency): Moment => ({
  answers: from + random.below(tests - concurrency - from),
  thenMs: random.below(latencyMs + 1),
});
const beforeFirstCall = (random: Random): Moment => ({ answers: 0, thenMs: 20 + random.below(500) });
const afterLastAnswer = (random: Random): Moment => ({ answers: tests, thenMs: random.below(300) });

/** One round dies before its first call, one while it ends and writes its files, every fourth twice, the others once. */
function momentsOf(round: number, random: Random): readonly Moment[] {
  if (round % 22 === 10) return [beforeFirstCall(random)];
  if (round % 22 === 21) return [afterLastAnswer(random)];
  const first = inside(random);
  return round % 4 === 3 ? [first, inside(random, Math.min(first.answers + concurrency, tests / 2))] : [first];
}

const most = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.max(a, b), 0);
const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / Math.max(1, numbers.length);
const isNumber = (value: number | null): value is number => value !== null;

function figuresOf(done: readonly Round[]): Record<string, number> {
  const kills = done.flatMap((round) => round.kills);
  const of = (pick: (kill: Kill) => number): number[] => kills.map(pick);
  const continued = kills.map((kill) => kill.continueMs).filter(isNumber);
  return {
    rounds: done.length,
    kills: kills.length,
    kills_inside: kills.filter((kill) => kill.inside).length,
    finished: done.filter((round) => round.exitCode === 0).length,
    lost: of((kill) => kill.lost).reduce((a, b) => a + b, 0),
    stored_twice: done.reduce((sum, round) => sum + round.storedTwice, 0),
    asked_again_max: most(of((kill) => kill.askedAgain)),
    asked_again_mean: mean(of((kill) => kill.askedAgain)),
    in_flight_afterwards_max: most(of((kill) => kill.maxInFlight)),
    continue_ms_mean: mean(continued),
    continue_ms_max: most(continued),
  };
}

function summaryTable(done: readonly Round[]): string {
  const modes = [...new Set(done.map((round) => round.mode))];
  const columns = modes.map((mode) => figuresOf(done.filter((round) => round.mode === mode)));
  const table = new Table({ head: ['', ...modes], style: { head: [], border: [] } });
  const words: Readonly<Record<string, string>> = {
    rounds: 'rounds',
    kills: 'kills',
    kills_inside: 'kills inside the scan',
    finished: 'rounds that finished with 0',
    lost: 'stored results lost or changed',
    stored_twice: 'tests stored twice',
    asked_again_max: `prompts asked again a kill, max (allowed ${concurrency})`,
    asked_again_mean: 'prompts asked again a kill, mean',
    in_flight_afterwards_max: `in flight afterwards, max (concurrency ${concurrency})`,
    continue_ms_mean: 'start to first call, mean ms',
    continue_ms_max: 'start to first call, max ms',
  };
  for (const [name, title] of Object.entries(words))
    table.push([title, ...columns.map((column) => String(Math.round((column[name] ?? 0) * 10) / 10))]);
  return table.toString();
}

function line(round: Round, number: number): string {
  const kills = round.kills.map(
    (kill) =>
      `killed with ${kill.storedBefore} stored, ${kill.lost} lost, ${kill.askedAgain} asked again, ${kill.maxInFlight} in flight`,
  );
  const end = round.broken.length === 0 ? 'good' : `BROKEN: ${round.broken.join('; ')}`;
  return `${round.mode} ${number}: ${kills.join('; ')}; ${round.lines} lines; ${end}\n`;
}

async function runRounds(): Promise<Round[]> {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-crash-'));
  const done: Round[] = [];
  try {
    for (let number = 0; number < rounds + served; number++) {
      const random = seededRandom(Number(values.seed), 'crash', number);
      const isServed = number >= rounds;
      const moments = isServed ? [inside(random)] : momentsOf(number, random);
      const mode = isServed ? 'server' : 'command line';
      const round = await crashRound({ mode, folder: join(folder, 'round'), tests, concurrency, latencyMs, moments });
      done.push(round);
      process.stderr.write(line(round, number + 1));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return done;
}

const done = await runRounds();
const figures = figuresOf(done);
const broken = done.flatMap((round, index) => round.broken.map((promise) => `round ${index + 1}: ${promise}`));
if ((figures.kills_inside ?? 0) < INSIDE_SHARE * (figures.kills ?? 0))
  broken.push(`only ${figures.kills_inside} of ${figures.kills} kills were inside the scan`);
process.stdout.write(`${summaryTable(done)}\n`);
for (const sentence of broken) process.stdout.write(`BROKEN ${sentence}\n`);
const settings = { rounds, served, tests, concurrency, latencyMs, seed: Number(values.seed) };
process.stdout.write(`Figures in ${writeResult('crash', { settings, figures, broken, rounds: done })}\n`);
process.exitCode = broken.length > 0 ? 1 : 0;
