// npm run sdk-types: writes the generated types of the SDKs anew, from our own API as it is here. Needs no network.
import { writeFileSync } from 'node:fs';
import { sdkTypeFiles } from './sdk-types/files.ts';

for (const [path, text] of Object.entries(await sdkTypeFiles()))
  writeFileSync(new URL(`../${path}`, import.meta.url), text);
