// npm run schema: writes src/store/migrations/fresh-sqlite.ts anew, from what the migrations leave in an empty database.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { migratedSqlite } from './migrated-sqlite.ts';

const file = fileURLToPath(new URL('../src/store/migrations/fresh-sqlite.ts', import.meta.url));
const biome = fileURLToPath(new URL('../node_modules/.bin/biome', import.meta.url));

const { migrations, statements } = await migratedSqlite();
writeFileSync(
  file,
  [
    '// The tables of a new SQLite database. Made by `npm run schema` from the migrations; a test holds both equal.',
    `export const freshSqlite = ${JSON.stringify({ migrations, statements }, null, 2)} as const;`,
    '',
  ].join('\n'),
);
const { status } = spawnSync(biome, ['check', '--write', file], { stdio: 'inherit' });
process.exitCode = status ?? 1;
