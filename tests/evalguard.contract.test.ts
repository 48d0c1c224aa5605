// Every exchange of contracts/evalguard, replayed against a server with a worker in this process.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../src/core/ids.ts';
import { ordinaryDatasets } from '../src/scan/datasets/index.ts';
import { suites } from '../src/scan/suites/catalogue.ts';
import { startSimulatedTarget } from '../src/simulated/start-simulated-target.ts';
import type { SimulatedTarget } from '../src/simulated/target-options.ts';
import { projectByName } from '../src/store/access.ts';
import { differencesOf, type Exchange, fillIn, placeholdersOf, readContracts, send } from './fakes/contract.ts';
import { evalGuardClient } from './fakes/evalguard-client.ts';
import { startServer, type TestServer } from './fakes/server.ts';
import { projectRoot } from './source-files.ts';

const folder = join(projectRoot, 'contracts', 'evalguard');

describe('the API of EvalGuard', () => {
  let server: TestServer;
  let target: SimulatedTarget;
  let otherKey: string;
  let [finished, other] = ['', ''];

  const scanOf = async (key: string, changes = {}): Promise<string> =>
    (await evalGuardClient(server.url, key).scan(changes)).body.data.id;

  beforeAll(async () => {
    target = await startSimulatedTarget({ profile: 'naive' });
    server = await startServer({ settings: { openai: { base_url: target.url, api_key: 'sk-of-the-model' } } });
    otherKey = await server.keyOf('elsewhere');
    finished = await scanOf(server.key);
    other = await scanOf(otherKey, { attackTypes: ['jailbreak'] });
  });
  afterAll(async () => {
    await server.close();
    await target.close();
  });

  const makers: Readonly<Record<string, () => string | Promise<string>>> = {
    key: () => server.key,
    'scan.finished': () => finished,
    'scan.other': () => other,
    'scan.spare': () => scanOf(server.key, { attackTypes: ['jailbreak'] }),
    'scan.unknown': newId,
    'project.other': async () => (await projectByName(server.redoubt.store, 'elsewhere'))!.id,
    'known.types': () =>
      [...suites().map(({ id }) => id), ...ordinaryDatasets().map(({ slug }) => `dataset:${slug}`)].join(', '),
  };

  async function valuesFor(exchange: Exchange): Promise<Record<string, string>> {
    const values: Record<string, string> = {};
    for (const name of placeholdersOf(exchange, folder)) values[name] = await makers[name]!();
    return values;
  }

  const filledPath = (exchange: Exchange, values: Readonly<Record<string, string>>): Exchange => ({
    ...exchange,
    request: { ...exchange.request, path: fillIn(exchange.request.path, values) },
  });

  for (const { file, title, exchanges } of readContracts(folder)) {
    describe(`${file}: ${title}`, () => {
      for (const exchange of exchanges) {
        it(`answers as agreed: ${exchange.name}`, async () => {
          const values = await valuesFor(exchange);
          const reply = await send(server.url, filledPath(exchange, values), folder, values);
          const found = differencesOf(fillIn(exchange.response, values), reply);
          expect(found, `${reply.bytes.toString('utf8').slice(0, 2000)}\n${server.logged()}`).toEqual([]);
        });
      }
    });
  }
});
