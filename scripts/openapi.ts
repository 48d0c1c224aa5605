// `npm run openapi [FILE]`: writes the OpenAPI document of the server, as /openapi.json has it. Default dist/openapi.json.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openGuard, openRedoubt, serverPartsOf } from '../src/compose.ts';
import { readSettings } from '../src/config.ts';
import { createApp } from '../src/server/app.ts';

const file = process.argv[2] ?? 'dist/openapi.json';
const data = mkdtempSync(join(tmpdir(), 'redoubt-openapi-'));
const redoubt = await openRedoubt(readSettings({ data }, {}));
const guard = await openGuard(redoubt, console.error);
const app = await createApp({ ...serverPartsOf(redoubt), guard, checkReady: async () => null });
try {
  await app.ready();
  const document = app.swagger();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`);
  const operations = Object.values(document.paths ?? {}).flatMap((path) => Object.keys(path ?? {}));
  console.log(`${file}: ${operations.length} operations`);
} finally {
  await app.close();
  await guard.close();
  await redoubt.close();
  rmSync(data, { recursive: true, force: true });
}
