// The sync half of the Python SDK, made from its async half: the same code without waiting, under the sync names.
import { readdirSync, readFileSync } from 'node:fs';

const FROM = 'sdks/python/src/redoubt/aio';
const TO = 'sdks/python/src/redoubt/sync';

const without: readonly (readonly [RegExp, string])[] = [
  [/\basync (def|for|with)\b/g, '$1'],
  [/\bawait /g, ''],
  [/\bAsync(Iterator|Redoubt|Transport|Client)\b/g, '$1'],
  [/\bStopAsyncIteration\b/g, 'StopIteration'],
  [/\b__a(enter|exit|iter|next)__\b/g, '__$1__'],
  [/\ba(close|read|iter_bytes|sleep)\b/g, '$1'],
  [/\bThe async client\b/g, 'The sync client: made from the async one by `npm run sdk-types`'],
];

/** Path from the project's root to text, one file for each of the async half. */
export function pythonSyncFiles(root: URL): Record<string, string> {
  const files = readdirSync(new URL(`${FROM}/`, root)).filter((name) => name.endsWith('.py'));
  return Object.fromEntries(
    files.map((name) => {
      const text = readFileSync(new URL(`${FROM}/${name}`, root), 'utf8');
      return [`${TO}/${name}`, without.reduce((changed, [from, to]) => changed.replace(from, to), text)];
    }),
  );
}
