// The OpenAPI document of the server, as /openapi.json has it, without a port: over a data folder of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openGuard, openRedoubt, serverPartsOf } from '../src/compose.ts';
import { readSettings } from '../src/config.ts';
import { createApp } from '../src/server/app.ts';

export async function openApiDocument() {
  const data = mkdtempSync(join(tmpdir(), 'redoubt-openapi-'));
  const redoubt = await openRedoubt(readSettings({ data }, {}));
  const guard = await openGuard(redoubt, console.error);
  const app = await createApp({ ...serverPartsOf(redoubt), guard, checkReady: async () => null });
  try {
    await app.ready();
    return app.swagger();
  } finally {
    await app.close();
    await guard.close();
    await redoubt.close();
    rmSync(data, { recursive: true, force: true });
  }
}
