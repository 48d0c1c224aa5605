// One process of bench/guard-latency.ts: the guard over HTTP, or a bare echo of the same framework with the same body
// schema. Prints its address, and for each line on its input the CPU time it has used so far (ms) and
// the memory that it holds (bytes).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Fastify, { type FastifyInstance } from 'fastify';
import { openAccess, openGuard, openRedoubt } from '../src/compose.ts';
import { readSettings } from '../src/config.ts';
import { systemClock } from '../src/core/clock.ts';
import { dialectOptionsOf } from '../src/dialects/dialect.ts';
import { guardion } from '../src/dialects/guardion/routes.ts';
import { evalBody } from '../src/dialects/guardion/schema.ts';
import { namedModels } from '../src/models/named-models.ts';
import { BENCH_KEY } from './process.ts';

async function bareEcho(): Promise<FastifyInstance> {
  const app = Fastify();
  app.post('/v1/eval', async (request) => evalBody.parse(request.body));
  return app;
}

async function guarded(data: string): Promise<FastifyInstance> {
  const settings = readSettings({ data, api_key: BENCH_KEY }, {});
  const redoubt = await openRedoubt(settings);
  const { scans, store, vault } = redoubt;
  const app = Fastify();
  guardion.register(app, {
    scans,
    guard: await openGuard(redoubt, (error) => process.stderr.write(`${String(error)}\n`)),
    store,
    vault,
    clock: systemClock,
    models: namedModels(settings),
    options: dialectOptionsOf(settings),
    callerOf: openAccess(redoubt).keyring.callerOf,
  });
  return app;
}

const data = mkdtempSync(join(tmpdir(), 'redoubt-bench-guard-'));
process.on('exit', () => rmSync(data, { recursive: true, force: true }));
const app = process.argv[2] === 'echo' ? await bareEcho() : await guarded(data);
process.stdout.write(`${await app.listen({ port: 0, host: '127.0.0.1' })}\n`);
createInterface({ input: process.stdin })
  .on('line', () => {
    const { user, system } = process.cpuUsage();
    process.stdout.write(`${JSON.stringify({ cpu: (user + system) / 1000, memory: process.memoryUsage.rss() })}\n`);
  })
  .on('close', () => process.exit());
