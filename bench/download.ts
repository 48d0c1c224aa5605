// Downloads the archive of a scan of a million stored tests from `redoubt serve`, and watches the server's memory.
// npm run bench:download [-- --tests 1000000 --answer 400]
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DEFAULT_PROJECT } from '../src/access/keys.ts';
import { openRedoubt, type Redoubt } from '../src/compose.ts';
import { readSettings } from '../src/config.ts';
import { storeOwnFile } from '../src/scan/datasets/own-file.ts';
import { summarise } from '../src/scan/summarise.ts';
import { createResultWriter, type TestResult } from '../src/store/results.ts';
import { moveScan, updateScan } from '../src/store/scans.ts';
import type { ScanRow } from '../src/store/schema.ts';
import { openStore, type Store } from '../src/store/store.ts';
import { placeOfTry } from '../src/store/vault.ts';
import { writeResult } from './machine.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const API_KEY = 'rd_bench_download_key';
const SAMPLE_MS = 100;
const GROUP = 1_000;
/** The last one holds the report, which is made once all lines are out. */
const shares = [0, 0.25, 0.5, 0.75, 0.98, 1] as const;
const SUBCATEGORIES = 20;
const outcomes = [
  ['refused', 100, 'declined'],
  ['defended', 100, 'answered'],
  ['breached', 0, 'complied'],
  ['inconclusive', null, 'timeout'],
] as const;

interface Sample {
  readonly bytes: number;
  readonly rssMb: number;
  readonly pssMb: number;
  readonly atMs: number;
}

const answerText = (testNo: number, length: number): string =>
  `Answer ${testNo}: ${'words that say little and take some room. '.repeat(Math.ceil(length / 42))}`.slice(0, length);

function resultOf(redoubt: Redoubt, scanId: string, testNo: number, answerLength: number): TestResult {
  const [outcome, score, reason] = outcomes[testNo % outcomes.length]!;
  const prompt = `Question ${testNo}: what should a careful person know about topic ${testNo * 7919}?`;
  const sealed = JSON.stringify(
    outcome === 'inconclusive' ? { failure: 'The call took too long.' } : { text: answerText(testNo, answerLength) },
  );
  const at = { scan_id: scanId, test_no: testNo, outcome, reason };
  return {
    test: {
      ...at,
      role: 'case',
      plan_key: `key-${testNo}`,
      case_id: `case-${testNo}`,
      dataset: 'made-up',
      subcategory: `Subcategory ${testNo % SUBCATEGORIES}`,
      attack: 'direct',
      parameters: '{}',
      refs: '[]',
      expect: 'refuse',
      severity: 'medium',
      score,
      confidence: 0.9,
      judge: 'layers',
      judge_score: null,
      deciding_try: 0,
      tries: 1,
      first_success: outcome === 'breached' ? 0 : null,
      calls: 1,
      backtracks: 0,
      unconfirmed: 0,
      attacker: null,
      utility: null,
      stopped_by: null,
      bare_outcome: null,
    },
    tries: [
      {
        ...at,
        score,
        confidence: 0.9,
        judge: 'layers',
        judge_score: null,
        try_no: 0,
        messages: JSON.stringify([{ role: 'user', content: prompt }]),
        answer: redoubt.vault.seal(sealed, placeOfTry(scanId, testNo, 0)),
        calls: 1,
        latency_ms: 50 + (testNo % 100),
        tokens_in: 20,
        tokens_out: 60,
        finish_reason: 'stop',
        model: 'made-up-model',
        fingerprint: null,
        request_id: null,
        turn: null,
        ended_at: Date.now(),
      },
    ],
    calls: ['ok'],
  };
}

/** A scan whose plan is small; what is stored of it says nothing about that. */
async function startScan(redoubt: Redoubt, folder: string): Promise<ScanRow> {
  const file = join(folder, 'made-up.jsonl');
  writeFileSync(file, `${JSON.stringify({ prompt: 'A question?' })}\n`);
  const id = await storeOwnFile(redoubt.store, DEFAULT_PROJECT, file, Date.now(), 'made up');
  return redoubt.scans.start({
    projectId: DEFAULT_PROJECT,
    createdBy: 'bench',
    name: 'a large scan',
    kind: 'scan',
    target: {
      kind: 'openai',
      url: 'http://127.0.0.1:9/v1',
      model: 'made-up-model',
      temperature: 0.7,
      maxTokens: 100,
      system: null,
      timeoutMs: 60_000,
      concurrency: 8,
      qpm: null,
    },
    secrets: { apiKey: null, headers: {}, targetFile: null },
    datasets: [{ id }],
    preset: 'direct',
    attacks: [],
    onlyAttacks: false,
    seed: 1,
    limit: null,
    twins: 0,
    judge: true,
    authorisedBy: null,
    labels: {},
  });
}

async function storeTests(redoubt: Redoubt, store: Store, scanId: string, tests: number, answer: number) {
  const writer = createResultWriter(store);
  for (let from = 0; from < tests; from += GROUP) {
    const size = Math.min(GROUP, tests - from);
    await writer.write(Array.from({ length: size }, (_, index) => resultOf(redoubt, scanId, from + index, answer)));
  }
}

/** Fills a data folder with a finished scan; gives its id. */
async function fill(data: string, folder: string, tests: number, answer: number): Promise<string> {
  const redoubt = await openRedoubt(readSettings({ data }, {}));
  const store = await openStore({ path: join(data, 'redoubt.db') }, 'normal');
  try {
    const row = await startScan(redoubt, folder);
    await moveScan(store, row.id, 'begin', { started_at: Date.now() });
    await storeTests(redoubt, store, row.id, tests, answer);
    await updateScan(store, row.id, { planned: tests, planned_all: tests, ended_at: Date.now() });
    const stored = await redoubt.scans.get(DEFAULT_PROJECT, row.id);
    const summary = await summarise(store, stored, redoubt.software);
    await moveScan(store, row.id, 'finish', { summary: JSON.stringify(summary) });
    return row.id;
  } finally {
    await store.close();
    await redoubt.close();
  }
}

function memoryOf(pid: number): { rssMb: number; pssMb: number } {
  const kb = (file: string, name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'))?.[1] ?? 0);
  return { rssMb: kb('status', 'VmRSS') / 1024, pssMb: kb('smaps_rollup', 'Pss') / 1024 };
}

async function startServer(data: string): Promise<{ pid: number; url: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [join(root, 'bin/redoubt.js'), 'serve', '--port', '0', '--data', data], {
    env: { ...process.env, REDOUBT_API_KEY: API_KEY },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (part: Buffer) => {
      output += part;
      const found = /listens at (\S+)/.exec(output)?.[1];
      if (found) resolve(found);
    });
    child.on('exit', () => reject(new Error(`the server ended: ${output}`)));
  });
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => child.on('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  };
  return { pid: child.pid!, url, stop };
}

/** Downloads and throws the bytes away, with a look at the server's memory every 100 ms. */
function download(url: string, pid: number, scanId: string): Promise<Sample[]> {
  const started = performance.now();
  let bytes = 0;
  const samples: Sample[] = [];
  const look = (): void => void samples.push({ bytes, ...memoryOf(pid), atMs: performance.now() - started });
  look();
  const timer = setInterval(look, SAMPLE_MS);
  return new Promise<Sample[]>((resolve, reject) => {
    const call = request(`${url}/v1/scan/download`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': API_KEY },
    });
    call.on('error', reject);
    call.on('response', (response) => {
      if (response.statusCode !== 200) reject(new Error(`the server answered ${response.statusCode}`));
      response.on('data', (chunk: Buffer) => (bytes += chunk.length));
      response.on('error', reject);
      response.on('end', () => {
        look();
        resolve(samples);
      });
    });
    call.end(JSON.stringify({ scan_id: scanId }));
  }).finally(() => clearInterval(timer));
}

const rounded = (value: number): number => Math.round(value * 10) / 10;

const { values } = parseArgs({
  options: { tests: { type: 'string', default: '1000000' }, answer: { type: 'string', default: '400' } },
});
const tests = Number(values.tests);
const folder = mkdtempSync(join(tmpdir(), 'redoubt-download-'));
const data = join(folder, 'data');
try {
  const fillStarted = performance.now();
  const scanId = await fill(data, folder, tests, Number(values.answer));
  const fillS = (performance.now() - fillStarted) / 1000;
  const storedMb = statSync(join(data, 'redoubt.db')).size / 1e6;
  console.log(`Stored ${tests} tests in ${rounded(fillS)} s: ${rounded(storedMb)} MB.`);

  const server = await startServer(data);
  const samples = await download(server.url, server.pid, scanId);
  const again = await download(server.url, server.pid, scanId);
  await server.stop();
  const last = samples.at(-1)!;
  const atShare = (share: number): Sample => samples.find(({ bytes }) => bytes >= share * last.bytes) ?? last;
  for (const share of shares) {
    const { rssMb, pssMb } = atShare(share);
    console.log(`${String(share * 100).padStart(3)} %: RSS ${rounded(rssMb)} MB, PSS ${rounded(pssMb)} MB`);
  }
  const peakOf = (list: readonly Sample[]): number => Math.max(...list.map(({ rssMb }) => rssMb));
  const figures = {
    tests,
    storedMb: rounded(storedMb),
    archiveMb: rounded(last.bytes / 1e6),
    seconds: rounded(last.atMs / 1000),
    firstByteS: rounded((samples.find(({ bytes }) => bytes > 0)?.atMs ?? 0) / 1000),
    rssMbAt: shares.map((share) => rounded(atShare(share).rssMb)),
    peakMb: rounded(peakOf(samples)),
    growthFromQuarterMb: rounded(peakOf(samples) - atShare(0.25).rssMb),
    growthOfLinesMb: rounded(peakOf(samples.filter(({ bytes }) => bytes < 0.98 * last.bytes)) - atShare(0.25).rssMb),
    secondDownloadPeakMb: rounded(peakOf(again)),
    secondDownloadS: rounded(again.at(-1)!.atMs / 1000),
  };
  console.log(JSON.stringify(figures));
  console.log(`Wrote ${writeResult('download', figures)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
