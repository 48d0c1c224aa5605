// The generated files of the SDKs, as they should be.
import { openApiDocument } from '../openapi-document.ts';
import { goOf } from './go.ts';
import { names } from './names.ts';
import { pythonOf } from './python.ts';
import { pythonSyncFiles } from './python-sync.ts';
import { type OpenApi, recordsOf } from './shapes.ts';
import { typescriptOf } from './typescript.ts';

const REMARK =
  "The shapes of Redoubt's own API, made from its OpenAPI document by `npm run sdk-types`. Not to be edited.";

/** Path from the project's root to text. */
export async function sdkTypeFiles(): Promise<Record<string, string>> {
  const records = recordsOf((await openApiDocument()) as OpenApi, names);
  return {
    'sdks/typescript/src/generated.ts': typescriptOf(records, REMARK),
    'sdks/python/src/redoubt/generated.py': pythonOf(records, REMARK),
    'sdks/go/generated.go': goOf(records, REMARK),
    ...pythonSyncFiles(new URL('../../', import.meta.url)),
  };
}
