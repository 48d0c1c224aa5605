// How a scan grows with its workers: tests a second for 1, 2 and 4 of them against a slow target, and what limits.
// npm run bench:workers [-- --workers 1,2,4 --tests 4000 --concurrency 256 --latency 200]
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { startFleet, untilOver } from './fleet.ts';
import { writeResult } from './machine.ts';
import { cpuSecondsOf } from './process.ts';

const { values } = parseArgs({
  options: {
    workers: { type: 'string', default: '1,2,4' },
    tests: { type: 'string', default: '4000' },
    concurrency: { type: 'string', default: '256' },
    latency: { type: 'string', default: '200' },
  },
});
const tests = Number(values.tests);
const concurrency = Number(values.concurrency);
const latencyMs = Number(values.latency);

interface Cell {
  readonly workers: number;
  readonly seconds: number;
  readonly testsPerSecond: number;
  /** Of what `concurrency` calls of this latency would allow. */
  readonly share: number;
  readonly cpuOfWorkers: number;
  readonly cpuOfDatabase: number;
  readonly inFlight: number;
}

async function measure(workers: number): Promise<Cell> {
  // The server has a worker of its own.
  const fleet = await startFleet({ workers: workers - 1, target: { prompts: tests, latencyMs } });
  try {
    const processes = [fleet.server(), ...fleet.workers].map((each) => each.pid);
    const cpu = () => processes.reduce((sum, pid) => sum + cpuSecondsOf(pid), 0);
    const before = { cpu: cpu(), database: fleet.database.cpuSeconds() };
    await fleet.start({ concurrency });
    while (fleet.target.firstCallAt() === null) await new Promise((resolve) => setTimeout(resolve, 5));
    const status = await untilOver(fleet, 10 * 60_000);
    if (status !== 'Finished') throw new Error(`the scan is ${status}`);
    const seconds = (fleet.target.lastAnswerAt()! - fleet.target.firstCallAt()!) / 1000;
    const testsPerSecond = tests / seconds;
    return {
      workers,
      seconds,
      testsPerSecond,
      share: testsPerSecond / ((concurrency * 1000) / latencyMs),
      cpuOfWorkers: (cpu() - before.cpu) / seconds,
      cpuOfDatabase: (fleet.database.cpuSeconds() - before.database) / seconds,
      inFlight: fleet.target.maxInFlight(),
    };
  } finally {
    await fleet.close();
  }
}

const cells: Cell[] = [];
for (const workers of values.workers.split(',').map(Number)) cells.push(await measure(workers));
const table = new Table({
  head: [
    'workers',
    'seconds',
    'tests a second',
    'of what the target allows',
    'cores: workers',
    'cores: database',
    'in flight',
  ],
  style: { head: [], border: [] },
});
for (const cell of cells)
  table.push([
    String(cell.workers),
    cell.seconds.toFixed(1),
    cell.testsPerSecond.toFixed(0),
    `${(100 * cell.share).toFixed(0)} %`,
    cell.cpuOfWorkers.toFixed(2),
    cell.cpuOfDatabase.toFixed(2),
    String(cell.inFlight),
  ]);
process.stdout.write(`${table.toString()}\nThis machine has ${cpus().length} cores, target and database included.\n`);
const settings = { tests, concurrency, latencyMs };
process.stdout.write(`Figures in ${writeResult('workers', { settings, cells })}\n`);
