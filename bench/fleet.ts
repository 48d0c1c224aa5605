// A server and several workers on one PostgreSQL, each a process of its own, and one scan of numbered prompts on them.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type LeanTarget, type LeanTargetOptions, startLeanTarget } from './lean-target.ts';
import { type OwnPostgres, startOwnPostgres } from './own-postgres.ts';
import { BENCH_KEY, type Running, runRedoubt, startRedoubt } from './process.ts';
import { writePrompts } from './prompts.ts';

export interface FleetOptions {
  readonly workers: number;
  readonly target: LeanTargetOptions;
}

export interface Fleet {
  readonly database: OwnPostgres;
  readonly target: LeanTarget;
  readonly workers: Running[];
  /** The server, which has a worker in it. */
  server(): Running;
  restartServer(): Promise<void>;
  startWorker(): Promise<Running>;
  /** Starts a scan of all prompts; gives its id. */
  start(limits: { readonly concurrency: number; readonly qpm?: number }): Promise<string>;
  /** Rows of a query; null while the database does not answer. */
  ask<Row>(sql: string): Promise<Row[] | null>;
  close(): Promise<void>;
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function ask<Row>(url: string, sql: string): Promise<Row[] | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query(sql)).rows as Row[];
  } catch {
    return null;
  } finally {
    await client.end().catch(() => undefined);
  }
}

export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-fleet-'));
  const database = startOwnPostgres(await freePort());
  const target = await startLeanTarget(options.target);
  const port = await freePort();
  const env = { REDOUBT_DATABASE_URL: database.url, REDOUBT_SECRET_KEY: randomBytes(32).toString('base64') };
  const prompts = join(folder, 'prompts.jsonl');
  writePrompts(prompts, options.target.prompts);
  const startServer = async (): Promise<Running> => {
    const server = startRedoubt(['serve', '--port', String(port)], folder, env);
    await server.says(/Redoubt listens at/);
    return server;
  };
  const startWorker = async (): Promise<Running> => {
    const worker = startRedoubt(['worker'], folder, env);
    await worker.says(/Redoubt works on/);
    return worker;
  };
  await runRedoubt(['datasets', 'add', prompts], folder, env);
  let server = await startServer();
  const workers: Running[] = [];
  for (let number = 0; number < options.workers; number++) workers.push(await startWorker());
  return {
    database,
    target,
    workers,
    server: () => server,
    startWorker,
    async restartServer() {
      server = await startServer();
    },
    async start({ concurrency, qpm }) {
      const response = await fetch(`http://127.0.0.1:${port}/v1/scan/start`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': BENCH_KEY },
        body: JSON.stringify({
          scan_name: 'fleet',
          model: { base_url: target.url, api_key: 'bench', model_name: 'bench' },
          datasets: [{ name: 'prompts' }],
          preset: 'direct',
          benign: 0,
          concurrency,
          ...(qpm === undefined ? {} : { qpm }),
        }),
      });
      if (!response.ok) throw new Error(`The scan was not started: ${await response.text()}`);
      return ((await response.json()) as { scan_id: string }).scan_id.replace('scan-', '');
    },
    ask: (sql) => ask(database.url, sql),
    async close() {
      await Promise.all([server, ...workers].map((each) => each.kill()));
      await target.close();
      database.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Waits until the scan has ended; gives its status. */
export async function untilOver(fleet: Fleet, withinMs: number): Promise<string> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const rows = await fleet.ask<{ status: string; reason: string | null }>('select status, reason from scans');
    const status = rows?.[0]?.status ?? 'unknown';
    if (!['Initializing', 'Scanning', 'unknown'].includes(status))
      return [status, rows?.[0]?.reason].filter(Boolean).join(': ');
    if (performance.now() > deadline) return `still ${status} after ${withinMs} ms`;
    await pause(200);
  }
}
