// Every exchange of contracts/virtuered, replayed against a server with a worker in this process.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../src/core/ids.ts';
import { attacks } from '../src/scan/attacks/index.ts';
import { ordinaryDatasets } from '../src/scan/datasets/index.ts';
import { startSimulatedTarget } from '../src/simulated/start-simulated-target.ts';
import type { SimulatedTarget } from '../src/simulated/target-options.ts';
import { differencesOf, type Exchange, fillIn, placeholdersOf, readContracts, send } from './fakes/contract.ts';
import { startServer, type TestServer } from './fakes/server.ts';
import { scanBody, type VirtueRedClient, virtueRedClient } from './fakes/virtuered-client.ts';
import { projectRoot } from './source-files.ts';

const folder = join(projectRoot, 'contracts', 'virtuered');

/** The document names attacks that come later than this dialect; until then their exchange is passed over, visibly. */
function missingAttacks({ request }: Exchange): string[] {
  const { algorithms = [] } = (request.body ?? {}) as { algorithms?: unknown };
  const known = new Set(attacks.map((attack) => attack.title));
  const isRefusal = !Array.isArray(algorithms) || algorithms.includes('Hypnosis');
  return isRefusal ? [] : algorithms.map(String).filter((name) => !known.has(name));
}

describe('the API of VirtueRed', () => {
  let server: TestServer;
  let fast: SimulatedTarget;
  let slow: SimulatedTarget;
  let client: VirtueRedClient;
  let finished: string;
  let failed: string;
  const finishedName = 'a finished scan';

  beforeAll(async () => {
    [server, fast, slow] = await Promise.all([
      startServer(),
      startSimulatedTarget({ profile: 'naive' }),
      startSimulatedTarget({ latencyMs: 60_000 }),
    ]);
    client = virtueRedClient(server.url, server.key);
    finished = await client.start(scanBody(fast.url, { scan_name: finishedName }));
    failed = await client.start(scanBody(`${fast.url}/nowhere`));
    await client.until(finished, 'Finished');
    await client.until(failed, 'Failed');
  });

  afterAll(async () => {
    await Promise.all([fast.close(), slow.close()]);
    await server.close();
  });

  async function running(): Promise<string> {
    const id = await client.start(scanBody(slow.url));
    await client.until(id, 'Scanning');
    return id;
  }

  async function paused(): Promise<string> {
    const id = await running();
    await client.post('/v1/scan/pause', { scan_id: id });
    return id;
  }

  const makers: Readonly<Record<string, () => string | Promise<string>>> = {
    key: () => server.key,
    target: () => fast.url,
    model_key: () => 'sk-model-key',
    'scan.finished': () => finished,
    'scan.failed': () => failed,
    'scan.running': running,
    'scan.paused': paused,
    'scan.unknown': () => `scan-${newId()}`,
    'name.finished': () => finishedName,
    'known.datasets': () =>
      ordinaryDatasets()
        .map(({ title }) => title)
        .join(', '),
    'known.algorithms': () => attacks.map((attack) => attack.title).join(', '),
  };

  async function valuesFor(exchange: Exchange): Promise<Record<string, string>> {
    const values: Record<string, string> = {};
    for (const name of placeholdersOf(exchange, folder)) values[name] = await makers[name]!();
    return values;
  }

  /** Scans that still run would take the worker's places. */
  async function pauseAll(): Promise<void> {
    const { body } = await client.post('/v1/scan/progress', {});
    for (const scan of body as unknown as { scan_id: string }[])
      await client.post('/v1/scan/pause', { scan_id: scan.scan_id });
  }

  for (const { file, title, exchanges } of readContracts(folder)) {
    describe(`${file}: ${title}`, () => {
      for (const exchange of exchanges) {
        const missing = missingAttacks(exchange);
        const skipped = missing.length > 0 ? ` - skipped: not built yet: ${missing.join(', ')}` : '';
        it.skipIf(missing.length > 0)(`answers as agreed: ${exchange.name}${skipped}`, async () => {
          const values = await valuesFor(exchange);
          const reply = await send(server.url, exchange, folder, values);
          const found = differencesOf(fillIn(exchange.response, values), reply);
          await pauseAll();
          expect(found, server.logged()).toEqual([]);
        });
      }
    });
  }
});
