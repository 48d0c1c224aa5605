// Every exchange of contracts/evalguard, replayed against a server with a worker in this process.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulatedTarget } from '../src/simulated/start-simulated-target.ts';
import type { SimulatedTarget } from '../src/simulated/target-options.ts';
import { differencesOf, fillIn, readContracts, send } from './fakes/contract.ts';
import type { ContractValues } from './fakes/contract-values.ts';
import { evalGuardValues } from './fakes/evalguard-values.ts';
import { startServer, type TestServer } from './fakes/server.ts';
import { projectRoot } from './source-files.ts';

const folder = join(projectRoot, 'contracts', 'evalguard');

describe('the API of EvalGuard', () => {
  let server: TestServer;
  let target: SimulatedTarget;
  let values: ContractValues;

  beforeAll(async () => {
    target = await startSimulatedTarget({ profile: 'naive' });
    server = await startServer({ settings: { openai: { base_url: target.url, api_key: 'sk-of-the-model' } } });
    values = await evalGuardValues(server.url, server.key, await server.keyOf('elsewhere'));
  });
  afterAll(async () => {
    await server.close();
    await target.close();
  });

  for (const { file, title, exchanges } of readContracts(folder)) {
    describe(`${file}: ${title}`, () => {
      for (const exchange of exchanges) {
        it(`answers as agreed: ${exchange.name}`, async () => {
          const filled = await values.valuesFor(exchange, folder);
          const reply = await send(server.url, exchange, folder, filled);
          const found = differencesOf(fillIn(exchange.response, filled), reply);
          expect(found, `${reply.bytes.toString('utf8').slice(0, 2000)}\n${server.logged()}`).toEqual([]);
        });
      }
    });
  }
});
