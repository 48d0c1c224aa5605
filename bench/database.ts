// How many results a second one PostgreSQL takes: writers that do nothing else, each a process with one connection in
// use, in groups as a worker writes them. Where more writers bring no more, the database is the limit.
// npm run bench:database [-- --writers 1,2,4,8 --seconds 8 --group 32]
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { newId } from '../src/core/ids.ts';
import { createResultWriter, type TestResult } from '../src/store/results.ts';
import { openStore } from '../src/store/store.ts';
import { freePort } from './fleet.ts';
import { writeResult } from './machine.ts';
import { startOwnPostgres } from './own-postgres.ts';

const { values } = parseArgs({
  options: {
    writers: { type: 'string', default: '1,2,4,8' },
    seconds: { type: 'string', default: '8' },
    group: { type: 'string', default: '32' },
    child: { type: 'string' },
  },
});
const seconds = Number(values.seconds);
const groupSize = Number(values.group);
const ANSWER_BYTES = 1_200;

/** A test as the direct attack on a short request leaves it. */
function resultOf(scanId: string, number: number): TestResult {
  const ofTry = { outcome: 'refused', reason: 'declined', score: 100, confidence: 1, judge: 'layers-1' } as const;
  return {
    test: {
      ...{ scan_id: scanId, test_no: number, role: 'case', plan_key: `${number}`, case_id: `case-${number}` },
      ...{ dataset: 'bench', subcategory: 'bench', attack: 'direct', parameters: '{}', refs: '[]', expect: 'refuse' },
      ...{ severity: 'medium', ...ofTry, judge_score: null, deciding_try: 0, tries: 1, first_success: null, calls: 1 },
      ...{ backtracks: 0, unconfirmed: 0, attacker: null, utility: null, stopped_by: null, bare_outcome: null },
    },
    tries: [
      {
        ...{ scan_id: scanId, test_no: number, try_no: 0, messages: 'm'.repeat(300), ...ofTry, judge_score: null },
        ...{ answer: Buffer.alloc(ANSWER_BYTES, number), calls: 1, latency_ms: 50, tokens_in: 60, tokens_out: 200 },
        ...{ finish_reason: 'stop', model: 'bench', fingerprint: null, request_id: null, turn: null, ended_at: 1 },
      },
    ],
    calls: ['ok'],
  };
}

async function write(url: string): Promise<void> {
  const store = await openStore({ url });
  const writer = createResultWriter(store);
  const scanId = newId();
  const until = performance.now() + seconds * 1000;
  let number = 0;
  while (performance.now() < until) {
    await writer.write(Array.from({ length: groupSize }, (_, index) => resultOf(scanId, number + index)));
    number += groupSize;
  }
  process.stdout.write(`${number}`);
  await store.close();
}

const runWriter = (url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const self = fileURLToPath(import.meta.url);
    const options = ['--seconds', String(seconds), '--group', String(groupSize), '--child', url];
    const child = spawn(process.execPath, [self, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (part: Buffer) => {
      text += part;
    });
    child.once('close', (code) =>
      code === 0 ? resolve(Number(text)) : reject(new Error(`a writer ended with ${code}`)),
    );
  });

interface Cell {
  readonly writers: number;
  readonly testsPerSecond: number;
  readonly databaseMsPerTest: number;
  readonly bytesPerTest: number;
}

async function measureAll(): Promise<Cell[]> {
  const database = startOwnPostgres(await freePort());
  const store = await openStore({ url: database.url });
  const size = async (): Promise<{ bytes: number; tests: number }> => {
    const { rows } = await store.runSql!(
      `select pg_total_relation_size('tests') + pg_total_relation_size('tries') as bytes, (select count(*) from tests) as tests`,
    );
    return rows[0] as { bytes: number; tests: number };
  };
  try {
    const cells: Cell[] = [];
    for (const writers of values.writers.split(',').map(Number)) {
      const before = { cpu: database.cpuSeconds(), ...(await size()) };
      const written = await Promise.all(Array.from({ length: writers }, () => runWriter(database.url)));
      const tests = written.reduce((sum, each) => sum + each, 0);
      const after = await size();
      cells.push({
        writers,
        testsPerSecond: tests / seconds,
        databaseMsPerTest: (1000 * (database.cpuSeconds() - before.cpu)) / tests,
        bytesPerTest: (after.bytes - before.bytes) / (after.tests - before.tests),
      });
    }
    return cells;
  } finally {
    await store.close();
    database.remove();
  }
}

if (values.child !== undefined) await write(values.child);
else {
  const cells = await measureAll();
  const head = ['writers', 'tests a second', 'CPU of the database, ms a test', 'bytes a test'];
  const table = new Table({ head, style: { head: [], border: [] } });
  for (const cell of cells)
    table.push([
      String(cell.writers),
      cell.testsPerSecond.toFixed(0),
      cell.databaseMsPerTest.toFixed(3),
      cell.bytesPerTest.toFixed(0),
    ]);
  process.stdout.write(`${table.toString()}\n`);
  process.stdout.write(`Figures in ${writeResult('database', { settings: { seconds, groupSize }, cells })}\n`);
}
