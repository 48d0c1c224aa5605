// npm run reference: writes the pages of docs/reference anew.
import { writeFileSync } from 'node:fs';
import { referencePages } from './reference-pages.ts';

for (const [name, page] of Object.entries(referencePages()))
  writeFileSync(new URL(`../docs/reference/${name}`, import.meta.url), page);
