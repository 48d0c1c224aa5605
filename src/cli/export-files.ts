// Leaves the files of a finished scan in a folder.
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Redoubt } from '../compose.ts';
import { unknownValue } from '../core/errors.ts';
import { archiveOf, jsonText, resultsOf, withResultsHash } from '../scan/artifacts.ts';
import type { Summary } from '../scan/summarise.ts';
import type { ScanRow } from '../store/schema.ts';

const formatIds = ['jsonl', 'json', 'zip'] as const;
export type FormatId = (typeof formatIds)[number];

/** Reads "jsonl,json". Throws UNKNOWN_VALUE. */
export function parseFormats(written: string): FormatId[] {
  return written
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => {
      const known = formatIds.find((id) => id === name);
      if (known === undefined) throw unknownValue('--formats', name, formatIds);
      return known;
    });
}

/** Writes the files that the formats name; gives their paths. */
export async function exportFiles(
  redoubt: Redoubt,
  row: ScanRow,
  summary: Summary,
  folder: string,
  formats: readonly FormatId[],
): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const paths: string[] = [];
  const pathOf = (name: string): string => {
    const path = join(folder, name);
    paths.push(path);
    return path;
  };
  let hashed: Summary = summary;
  if (formats.includes('jsonl') || formats.includes('json')) {
    const results = resultsOf(redoubt, row);
    await pipeline(results.stream, createWriteStream(pathOf('results.jsonl')));
    hashed = withResultsHash(summary, results.sha256());
  }
  if (formats.includes('json')) writeFileSync(pathOf('summary.json'), jsonText(hashed));
  if (formats.includes('zip')) {
    const archive = archiveOf(redoubt, row, (sha256) => withResultsHash(summary, sha256));
    await pipeline(archive, createWriteStream(pathOf('scan-results.zip')));
  }
  return paths;
}
