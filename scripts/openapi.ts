// `npm run openapi [FILE]`: writes the OpenAPI document of the server, as /openapi.json has it. Default dist/openapi.json.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { openApiDocument } from './openapi-document.ts';

const file = process.argv[2] ?? 'dist/openapi.json';
const document = await openApiDocument();
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`);
const operations = Object.values(document.paths ?? {}).flatMap((path) => Object.keys(path ?? {}));
console.log(`${file}: ${operations.length} operations`);
