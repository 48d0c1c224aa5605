// Every exchange of contracts/virtuered, replayed against a server with a worker in this process.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attacks } from '../src/scan/attacks/index.ts';
import { differencesOf, type Exchange, fillIn, readContracts, send } from './fakes/contract.ts';
import { type ContractValues, contractValues } from './fakes/contract-values.ts';
import { startServer, type TestServer } from './fakes/server.ts';
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
  let values: ContractValues;

  beforeAll(async () => {
    server = await startServer();
    values = await contractValues(server.url, server.key);
  });

  afterAll(async () => {
    await values.close();
    await server.close();
  });

  for (const { file, title, exchanges } of readContracts(folder)) {
    describe(`${file}: ${title}`, () => {
      for (const exchange of exchanges) {
        const missing = missingAttacks(exchange);
        const skipped = missing.length > 0 ? ` - skipped: not built yet: ${missing.join(', ')}` : '';
        it.skipIf(missing.length > 0)(`answers as agreed: ${exchange.name}${skipped}`, async () => {
          const filled = await values.valuesFor(exchange, folder);
          const reply = await send(server.url, exchange, folder, filled);
          const found = differencesOf(fillIn(exchange.response, filled), reply);
          await values.settle();
          expect(found, server.logged()).toEqual([]);
        });
      }
    });
  }
});
