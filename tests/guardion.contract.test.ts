// Every exchange of contracts/guardion, replayed against a server in this process.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detectors } from '../src/guard/detectors/index.ts';
import { differencesOf, type Exchange, fillIn, readContracts, send } from './fakes/contract.ts';
import { startServer, type TestServer } from './fakes/server.ts';
import { projectRoot } from './source-files.ts';

const folder = join(projectRoot, 'contracts', 'guardion');

/** A detector that this build lacks; the one that is named to be refused does not count. */
function missingDetector({ request, response }: Exchange): string | undefined {
  const named = [...JSON.stringify(request.body ?? {}).matchAll(/"model":"([\w-]+)"/g)].map((match) => match[1]!);
  return response.status === 422 ? undefined : named.find((id) => !detectors.some((detector) => detector.id === id));
}

describe('the API of Guardion', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ worker: false });
  });
  afterAll(() => server.close());

  for (const { file, title, exchanges } of readContracts(folder)) {
    describe(`${file}: ${title}`, () => {
      for (const exchange of exchanges) {
        const missing = missingDetector(exchange);
        const skipped = missing === undefined ? '' : ` - skipped: no detector "${missing}" in this build`;
        it.skipIf(missing !== undefined)(`answers as agreed: ${exchange.name}${skipped}`, async () => {
          const values = { key: server.key };
          const reply = await send(server.url, exchange, folder, values);
          const found = differencesOf(fillIn(exchange.response, values), reply);
          expect(found, `${JSON.stringify(reply.body)}\n${server.logged()}`).toEqual([]);
        });
      }
    });
  }
});
