// A Redoubt in this process for tests: the app on a free loopback port and, unless told otherwise, a worker, over a
// database in a folder of its own. Settings come from here alone, never from the environment or a redoubt.yaml.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { Access } from '../../src/access/access.ts';
import { createKey } from '../../src/access/keys.ts';
import { openGuard, openRedoubt, type Redoubt, serverPartsOf, startWorker, type Worker } from '../../src/compose.ts';
import type { Settings } from '../../src/config.ts';
import { systemClock } from '../../src/core/clock.ts';
import { createApp } from '../../src/server/app.ts';

export interface TestServerOptions {
  /** Without a worker scans stay in Initializing until `startWorker` is called. Default true. */
  readonly worker?: boolean;
  /** Data folder to open; without it a new one, which goes with the server. */
  readonly data?: string;
  readonly settings?: Partial<Settings>;
}

export interface TestServer {
  /** Origin, e.g. http://127.0.0.1:40123. */
  readonly url: string;
  /** A key of the default project with all scopes. */
  readonly key: string;
  readonly data: string;
  readonly settings: Settings;
  readonly redoubt: Redoubt;
  readonly access: Access;
  /** All routes that the server has mounted, as `METHOD /path`. */
  readonly routes: readonly string[];
  /** Makes a key in the project, which is made too where it is new. */
  keyOf(project: string): Promise<string>;
  startWorker(): Promise<Worker>;
  /** What the server has logged, and the errors its workers told of. */
  logged(): string;
  /** Stops workers and server; removes the data folder if it was made here. */
  close(): Promise<void>;
}

/** Settings as a first start has them, over the given data folder. */
export const settingsOver = (data: string, changes: Partial<Settings> = {}): Settings => ({
  data,
  database_url: null,
  host: '127.0.0.1',
  port: 0,
  api_key: null,
  secret_key: null,
  virtuered_legacy: false,
  public_url: null,
  oidc: null,
  trusted_proxies: [],
  limits: { per_address: null, api_key: null },
  evalguard_deadline: 25,
  search_tries: null,
  targets: { allow: [], named: {} },
  policies: {},
  defaults: {},
  file: null,
  retention_days: {},
  openai: { base_url: null, api_key: null },
  models: {},
  prices: {},
  attacker: null,
  judge: null,
  guard: { log_sample: 1, log_days: 30, log_messages: 'redacted' },
  traces: null,
  proxy: null,
  ...changes,
});

interface KeptLog {
  readonly stream: Writable;
  readonly add: (line: string) => void;
  readonly text: () => string;
}

function keptLog(): KeptLog {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString('utf8'));
      done();
    },
  });
  return { stream, add: (line) => void lines.push(line), text: () => lines.join('') };
}

const described = (error: unknown): string => (error instanceof Error ? `${error.stack}\n` : `${String(error)}\n`);

/** Starts a server; whoever starts it closes it. */
export async function startServer(options: TestServerOptions = {}): Promise<TestServer> {
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'redoubt-server-'));
  const settings = settingsOver(data, options.settings);
  const log = keptLog();
  const workers: Worker[] = [];
  const redoubt = await openRedoubt(
    settings,
    () => {
      for (const worker of workers) worker.wake();
    },
    (errand) => workers[0]?.run(errand),
  );
  const { store } = redoubt;
  const guard = await openGuard(redoubt, (error) => log.add(described(error)));
  const parts = serverPartsOf(redoubt);
  const routes: string[] = [];
  const app = await createApp({
    ...parts,
    guard,
    checkReady: async () => null,
    onRoute: ({ method, url }) => void routes.push(...[method].flat().map((each) => `${each} ${url}`)),
    logTo: log.stream,
  });
  const keyOf = async (project: string): Promise<string> =>
    (await createKey(store, systemClock, `test key of ${project}`, project)).key;
  const startOne = async (): Promise<Worker> => {
    const worker = await startWorker(settings, { searchable: true, onError: (error) => log.add(described(error)) });
    workers.push(worker);
    return worker;
  };
  if (options.worker !== false) await startOne();
  const url = await app.listen({ host: settings.host, port: settings.port });
  return {
    url,
    key: await keyOf('default'),
    data,
    settings,
    redoubt,
    access: parts.access,
    routes,
    keyOf,
    startWorker: startOne,
    logged: log.text,
    async close() {
      await app.close();
      await Promise.all(workers.map((worker) => worker.stop()));
      await guard.close();
      await redoubt.close();
      if (options.data === undefined) rmSync(data, { recursive: true, force: true });
    },
  };
}
