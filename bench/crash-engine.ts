// The two ways in which a scan is run and gone on with after a crash: the command line, and a server by itself.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BENCH_KEY, type Running, runRedoubt, startRedoubt } from './process.ts';
import { writePrompts } from './prompts.ts';

/** Where one round happens. */
export interface Place {
  readonly folder: string;
  readonly targetUrl: string;
  readonly tests: number;
  readonly concurrency: number;
}

/** How a run ended that was not killed. */
export interface RunEnd {
  readonly code: number | null;
  readonly words: string;
}

export interface CrashEngine {
  /** Starts the scan, or what is to go on with it. */
  launch(): Promise<Running>;
  /** Waits until the scan is over and its process has ended. */
  end(running: Running): Promise<RunEnd>;
  /** The lines of results.jsonl of a finished scan. */
  results(scanId: string): Promise<string[]>;
}

export const dataOf = (place: Place): string => join(place.folder, 'data');
const datasetOf = (place: Place): string => join(place.folder, 'prompts.jsonl');
const outOf = (place: Place): string => join(place.folder, 'out');

/** Lays an empty folder with the dataset. */
export function prepare(place: Place): void {
  rmSync(place.folder, { recursive: true, force: true });
  mkdirSync(outOf(place), { recursive: true });
  writePrompts(datasetOf(place), place.tests);
}

const linesOf = (path: string): string[] =>
  existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
    : [];

/** `redoubt scan`: the same command again goes on. */
export function commandLine(place: Place): CrashEngine {
  const args = [
    ...['scan', '--target', place.targetUrl, '--model', 'bench', '--dataset', datasetOf(place), '--preset', 'direct'],
    ...['--concurrency', String(place.concurrency), '--data', dataOf(place), '--out', outOf(place)],
    ...['--formats', 'jsonl,json'],
  ];
  return {
    launch: () => Promise.resolve(startRedoubt(args, place.folder)),
    async end(running) {
      const { code, stderr } = await running.ended;
      return { code, words: stderr };
    },
    results: () => Promise.resolve(linesOf(join(outOf(place), 'results.jsonl'))),
  };
}

const POLL_MS = 100;
const START_PATIENCE_MS = 120_000;

/** `redoubt serve`: a scan is started over the API once; after that the server alone has to go on with it. */
export function server(place: Place): CrashEngine {
  let url = '';
  let asked = false;

  async function post(path: string, body: unknown): Promise<Record<string, unknown>> {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': BENCH_KEY },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${JSON.stringify(answer)}`);
    return answer;
  }

  async function startScan(): Promise<void> {
    await post('/v1/scan/start', {
      scan_name: 'crash',
      model: { base_url: place.targetUrl, api_key: 'bench', model_name: 'bench' },
      datasets: [{ name: 'prompts' }],
      preset: 'direct',
      benign: 0,
      concurrency: place.concurrency,
    });
    asked = true;
  }

  async function untilOver(): Promise<RunEnd> {
    const deadline = performance.now() + START_PATIENCE_MS;
    for (;;) {
      const [scan] = (await post('/v1/scan/progress', {})) as unknown as readonly Record<string, unknown>[];
      const status = String(scan?.status);
      if (status === 'Finished') return { code: 0, words: '' };
      if (!['Initializing', 'Scanning'].includes(status)) return { code: 3, words: JSON.stringify(scan) };
      if (performance.now() > deadline) return { code: null, words: `still ${status} after ${START_PATIENCE_MS} ms` };
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  return {
    async launch() {
      if (!asked) await runRedoubt(['datasets', 'add', datasetOf(place), '--data', dataOf(place)], place.folder);
      const running = startRedoubt(['serve', '--port', '0', '--data', dataOf(place)], place.folder);
      url = (await running.says(/Redoubt listens at (\S+)/))[1] ?? '';
      if (!asked) await startScan();
      return running;
    },
    async end(running) {
      const end = await untilOver();
      const { code, stderr } = await running.stop();
      return end.code === 0 ? { code, words: stderr } : end;
    },
    async results(scanId) {
      const out = join(outOf(place), 'results.jsonl');
      const args = ['scans', 'export', scanId, '--format', 'jsonl', '--out', out, '--data', dataOf(place)];
      await runRedoubt(args, place.folder);
      return linesOf(out);
    },
  };
}
