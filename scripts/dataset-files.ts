// Reads the folders of datasets that ship: each line held against the schema that the loader itself has.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { descriptionSchema } from '../src/scan/datasets/built-in.ts';
import { type CaseLine, checkCaseLine } from '../src/scan/datasets/case-line.ts';

const texts = z.array(z.string().min(1)).min(1);

/** What dataset.yaml must say; the loader needs less. */
const sheetSchema = descriptionSchema.extend({
  sources: texts,
  languages: texts,
  subcategories: texts,
  counts: z.strictObject({ cases: z.number().int().min(1) }),
  provenance: z.strictObject({
    author: z.string().min(1),
    reviewed_by: z.string().nullable(),
    sampled_error_rate: z.number().min(0).max(1).nullable(),
  }),
});
export type Sheet = z.infer<typeof sheetSchema>;

/** A line as it stands, with its keys, and as the loader reads it. */
export interface ReadCase {
  readonly slug: string;
  readonly number: number;
  readonly keys: readonly string[];
  readonly line: CaseLine;
}

export interface ReadDataset {
  readonly slug: string;
  readonly sheet: Sheet;
  readonly cases: readonly ReadCase[];
}

/** What could be read, and one sentence for each thing that could not. */
export interface ReadFolder {
  readonly datasets: readonly ReadDataset[];
  readonly faults: readonly string[];
}

const firstLine = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n')[0]!;

function readSheet(slug: string, path: string, faults: string[]): Sheet | null {
  let value: unknown;
  try {
    value = parse(readFileSync(path, 'utf8'));
  } catch (error) {
    faults.push(`${slug}/dataset.yaml: ${firstLine(error)}`);
    return null;
  }
  const parsed = sheetSchema.strict().safeParse(value);
  if (parsed.success) return parsed.data;
  for (const { path: place, message } of parsed.error.issues)
    faults.push(`${slug}/dataset.yaml: ${place.join('.')}${place.length > 0 ? ': ' : ''}${message}`);
  return null;
}

function readLine(slug: string, number: number, text: string, faults: string[]): ReadCase[] {
  const place = `${slug}/cases.jsonl:${number}`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    faults.push(`${place}: ${firstLine(error)}`);
    return [];
  }
  const checked = checkCaseLine(value);
  if ('line' in checked) return [{ slug, number, keys: Object.keys(value as object), line: checked.line }];
  faults.push(`${place}: ${checked.problem}`);
  return [];
}

function readDataset(folder: string, slug: string, faults: string[]): ReadDataset[] {
  const missing = ['dataset.yaml', 'cases.jsonl'].filter((name) => !existsSync(join(folder, slug, name)));
  if (missing.length > 0) {
    faults.push(`${slug}: ${missing.join(' and ')} missing`);
    return [];
  }
  const sheet = readSheet(slug, join(folder, slug, 'dataset.yaml'), faults);
  const lines = readFileSync(join(folder, slug, 'cases.jsonl'), 'utf8')
    .replace(/\n$/, '')
    .split('\n');
  const cases = lines.flatMap((line, index) => readLine(slug, index + 1, line, faults));
  return sheet === null ? [] : [{ slug, sheet, cases }];
}

/** All datasets in a folder, in the order of their names. */
export function readFolder(folder: string): ReadFolder {
  const slugs = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
        .sort()
    : [];
  const faults = slugs.length === 0 ? [`${folder} holds no dataset`] : [];
  return { datasets: slugs.flatMap((slug) => readDataset(folder, slug, faults)), faults };
}
