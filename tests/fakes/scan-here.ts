// Runs scans in the test's own process, with the wiring of compose.ts and a data folder of its own.
import { rmSync } from 'node:fs';
import { DEFAULT_PROJECT } from '../../src/access/keys.ts';
import { openRedoubt, type Redoubt, startWorker, type Worker } from '../../src/compose.ts';
import { readSettings, type Settings } from '../../src/config.ts';
import { isActive } from '../../src/core/scan-status.ts';
import { resultsOf } from '../../src/scan/artifacts.ts';
import { storeOwnFile } from '../../src/scan/datasets/own-file.ts';
import type { Progress } from '../../src/scan/progress.ts';
import type { ScanRequest } from '../../src/scan/request.ts';
import type { TargetSpec } from '../../src/scan/spec.ts';
import type { ScanRow } from '../../src/store/schema.ts';
import { newFolder, until, writeDataset } from './command-line.ts';

export interface Workplace {
  readonly data: string;
  readonly settings: Settings;
  readonly redoubt: Redoubt;
  /** What the worker told of errors. */
  readonly errors: unknown[];
  startWorker(): Promise<Worker>;
  /** Starts a scan of `tests` harmless requests, each asked once and without judging models. */
  start(url: string, tests: number, target?: Partial<TargetSpec>, targetFile?: string): Promise<ScanRow>;
  /** Starts a scan of a dataset that is stored. */
  startWith(url: string, datasetId: string, changes?: Partial<ScanRequest>): Promise<ScanRow>;
  progress(scanId: string): Promise<Progress>;
  /** Waits until nobody works on the scan any more. */
  end(scanId: string, withinMs?: number): Promise<Progress>;
  /** The lines of results.jsonl. */
  results(scanId: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

function requestOf(url: string, datasetId: string, target: Partial<TargetSpec>, targetFile?: string): ScanRequest {
  return {
    projectId: DEFAULT_PROJECT,
    createdBy: 'test',
    name: null,
    kind: 'scan',
    target: {
      kind: targetFile === undefined ? 'openai' : 'http',
      url,
      model: 'some-model',
      temperature: 0.7,
      maxTokens: 100,
      system: null,
      timeoutMs: 5_000,
      concurrency: 4,
      qpm: null,
      callsPerTry: 1,
      ...target,
    },
    secrets: { apiKey: 'key', headers: {}, targetFile: targetFile ?? null },
    datasets: [{ id: datasetId }],
    preset: 'direct',
    attacks: ['direct'],
    onlyAttacks: true,
    seed: 1,
    limit: null,
    twins: null,
    judge: true,
    authorisedBy: null,
    labels: {},
  };
}

/** Opens a data folder; `data` names one that is there already. */
export async function openWorkplace(
  data = newFolder('workplace'),
  changes: Partial<Settings> = {},
): Promise<Workplace> {
  const settings = { ...readSettings({ data }, {}), ...changes };
  const redoubt = await openRedoubt(settings);
  const errors: unknown[] = [];
  const workers: Worker[] = [];
  const progress = (scanId: string): Promise<Progress> => redoubt.scans.progress(DEFAULT_PROJECT, scanId);
  return {
    data,
    settings,
    redoubt,
    errors,
    progress,
    async startWorker() {
      const worker = await startWorker(settings, { onError: (error) => void errors.push(error) });
      workers.push(worker);
      return worker;
    },
    async start(url, tests, target = {}, targetFile) {
      const file = writeDataset(data, tests);
      const datasetId = await storeOwnFile(redoubt.store, DEFAULT_PROJECT, file, Date.now(), `set of ${tests}`);
      return redoubt.scans.start(requestOf(url, datasetId, target, targetFile));
    },
    startWith: (url, datasetId, more = {}) => redoubt.scans.start({ ...requestOf(url, datasetId, {}), ...more }),
    end: (scanId, withinMs = 20_000) =>
      until(
        'the scan ends',
        async () => {
          const at = await progress(scanId);
          return isActive(at.status) ? null : at;
        },
        withinMs,
      ),
    async results(scanId) {
      const { stream } = resultsOf(redoubt, await redoubt.scans.get(DEFAULT_PROJECT, scanId));
      const text = (await stream.toArray()).join('');
      return text === ''
        ? []
        : text
            .trimEnd()
            .split('\n')
            .map((line) => JSON.parse(line) as Record<string, unknown>);
    },
    async close() {
      for (const worker of workers) await worker.stop().catch(() => undefined);
      await redoubt.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
