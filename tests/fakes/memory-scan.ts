// Scans over a database in memory and a model that is a function: for tests of service, worker and run alone.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADMIN_USER, DEFAULT_PROJECT } from '../../src/access/keys.ts';
import type { CallFailureKind, CallResult, ChatRequest } from '../../src/core/chat.ts';
import { systemClock } from '../../src/core/clock.ts';
import { noHelpers } from '../../src/models/helper-models.ts';
import type { OpenTarget } from '../../src/models/open-target.ts';
import { createPacer } from '../../src/models/pacing.ts';
import { storeOwnFile } from '../../src/scan/datasets/own-file.ts';
import type { ScanRequest } from '../../src/scan/request.ts';
import { createScanService, type ScanService } from '../../src/scan/service.ts';
import type { WorkerContext } from '../../src/scan/worker.ts';
import { ensureProjectAndUser } from '../../src/store/access.ts';
import type { ScanRow } from '../../src/store/schema.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createVault, type Vault } from '../../src/store/vault.ts';
import { newFolder } from './command-line.ts';

/** Gives what the model says to the call of this number, counted from 1. */
export type Model = (number: number, request: ChatRequest) => CallResult | Promise<CallResult>;

export const says = (text: string): CallResult => ({
  ok: true,
  latencyMs: 1,
  answer: {
    text,
    refused: false,
    filtered: false,
    reasoning: null,
    toolCalls: [],
    finishReason: 'stop',
    model: 'some-model',
    systemFingerprint: null,
    requestId: null,
    usage: null,
  },
});

export const fails = (kind: CallFailureKind): CallResult => ({
  ok: false,
  latencyMs: 1,
  failure: { kind, status: null, message: `It was ${kind}.`, retryAfterMs: null },
});

export interface MemoryScans {
  readonly store: Store;
  readonly vault: Vault;
  readonly scans: ScanService;
  /** Ids of the scans that a worker was told of, in order. */
  readonly changes: string[];
  /** Errors that the worker told of. */
  readonly errors: unknown[];
  calls(): number;
  /** A request for `cases` harmless cases under one attack. */
  request(cases: number, changes?: Partial<ScanRequest>): Promise<ScanRequest>;
  worker(model: Model, changes?: Partial<WorkerContext>): WorkerContext;
  row(scanId: string): Promise<ScanRow>;
  close(): Promise<void>;
}

export const target = {
  kind: 'openai',
  url: 'http://127.0.0.1:9/v1',
  model: 'some-model',
  temperature: 0,
  maxTokens: 100,
  system: null,
  timeoutMs: 1_000,
  concurrency: 2,
  qpm: null,
  callsPerTry: 1,
} as const;

export async function openMemoryScans(): Promise<MemoryScans> {
  const folder = newFolder('memory-scan');
  const store = await openStore({ path: ':memory:' });
  const vault = createVault(new Uint8Array(32));
  const [changes, errors]: [string[], unknown[]] = [[], []];
  let calls = 0;
  await ensureProjectAndUser(
    store,
    { id: DEFAULT_PROJECT, name: DEFAULT_PROJECT, created_at: 0 },
    { id: ADMIN_USER, name: ADMIN_USER, role: 'admin', created_at: 0 },
  );
  const onChange = (scanId: string): void => void changes.push(scanId);
  const scans = createScanService({
    store,
    vault,
    clock: systemClock,
    helpers: noHelpers,
    checkTarget: () => undefined,
    onChange,
  });

  const openTarget = (model: Model): OpenTarget => ({
    model: {
      async call(request) {
        calls += 1;
        return model(calls, request);
      },
      adaptations: () => [],
      close: async () => undefined,
    },
    pacer: createPacer({ concurrency: target.concurrency, qpm: null, clock: systemClock }),
    close: async () => undefined,
  });

  return {
    store,
    vault,
    scans,
    changes,
    errors,
    calls: () => calls,
    async request(cases, more = {}) {
      const path = join(folder, `set-of-${cases}.jsonl`);
      const lines = Array.from({ length: cases }, (_, index) => JSON.stringify({ prompt: `Say ${index}.` }));
      writeFileSync(path, lines.join('\n'));
      return {
        projectId: DEFAULT_PROJECT,
        createdBy: 'test',
        name: null,
        kind: 'scan',
        target,
        secrets: { apiKey: 'sk-of-the-target', headers: {}, targetFile: null },
        datasets: [{ id: await storeOwnFile(store, DEFAULT_PROJECT, path, 0) }],
        preset: 'direct',
        attacks: ['direct'],
        onlyAttacks: true,
        seed: 1,
        limit: null,
        twins: null,
        judge: true,
        authorisedBy: null,
        labels: {},
        ...more,
      };
    },
    worker: (model, more = {}) => ({
      store,
      ledger: store,
      vault,
      clock: systemClock,
      software: { version: '0', commit: null },
      openTarget: () => openTarget(model),
      helpers: noHelpers,
      onError: (error) => void errors.push(error),
      ...more,
    }),
    row: (scanId) => scans.get(DEFAULT_PROJECT, scanId),
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
