// The datasets that ship with Redoubt: files in data/datasets, stored as a version once a scan needs them.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import type { TestCase } from '../../core/test-case.ts';
import { BUILT_IN, storedVersion } from '../../store/datasets.ts';
import { storeDataset } from '../../store/new-dataset.ts';
import type { Store } from '../../store/store.ts';
import { type CaseLine, caseColumns, testCaseOf } from './case-line.ts';
import { requireLines } from './line-reader.ts';

const root = fileURLToPath(new URL('../../../data/datasets/', import.meta.url));

/** What the loader needs of dataset.yaml. */
export const descriptionSchema = z.object({
  title: z.string(),
  version: z.union([z.string(), z.number()]).transform(String),
  licence: z.string(),
  role: z.enum(['dataset', 'twin']).default('dataset'),
  default_scan: z.boolean().default(true),
  description: z.string(),
  taxonomy: z.string(),
  counts: z.object({ cases: z.number().int().min(1) }),
});

/** What dataset.yaml says. */
export interface BuiltInDataset {
  readonly slug: string;
  readonly title: string;
  readonly version: string;
  readonly description: string;
  readonly taxonomy: string;
  readonly role: 'case' | 'twin';
  /** Whether a scan that names no datasets holds it; else it is asked for by name. */
  readonly inDefaultScan: boolean;
  /** How many; `npm run datasets:check` counts them. */
  readonly cases: number;
}

function describe(slug: string): BuiltInDataset {
  const description = descriptionSchema.parse(parse(readFileSync(join(root, slug, 'dataset.yaml'), 'utf8')));
  const role = description.role === 'twin' ? 'twin' : 'case';
  return { ...description, slug, role, cases: description.counts.cases, inDefaultScan: description.default_scan };
}

let known: readonly BuiltInDataset[] | null = null;

/** Whether a dataset ships under this slug. */
export const shipsAs = (slug: string): boolean => existsSync(join(root, slug, 'dataset.yaml'));

/** All datasets that ship, in the order of their titles. Read once: the package does not change while it runs. */
export function builtInDatasets(): readonly BuiltInDataset[] {
  known ??= readdirSync(root)
    .filter(shipsAs)
    .map(describe)
    .sort((a, b) => (a.title < b.title ? -1 : 1));
  return known;
}

/** The lines of a dataset that ships. */
export const builtInLines = (slug: string): CaseLine[] =>
  [...requireLines(join(root, slug, 'cases.jsonl'))].map(({ line }) => line);

/** Every case that ships, in the order of datasets and lines. */
export const builtInCases = (): TestCase[] =>
  builtInDatasets().flatMap(({ slug }) =>
    [...requireLines(join(root, slug, 'cases.jsonl'))].map(({ line }, position) =>
      testCaseOf(line, `${slug}-${position + 1}`),
    ),
  );

/** Hash of everything that makes a version: description and cases. */
function versionHash(slug: string): string {
  const hash = createHash('sha256');
  for (const file of ['dataset.yaml', 'cases.jsonl']) hash.update(readFileSync(join(root, slug, file)));
  return hash.digest('hex');
}

/** Stores this version of a dataset unless it is there; gives the id of its row. */
export async function storeBuiltIn(store: Store, dataset: BuiltInDataset, now: number): Promise<string> {
  const sha256 = versionHash(dataset.slug);
  const known = await storedVersion(store, BUILT_IN, dataset.slug, sha256);
  if (known !== null) return known;
  const lines = [...requireLines(join(root, dataset.slug, 'cases.jsonl'))];
  return storeDataset(
    store,
    {
      id: `${dataset.slug}-${sha256.slice(0, 16)}`,
      project_id: BUILT_IN,
      slug: dataset.slug,
      title: dataset.title,
      version: dataset.version,
      sha256,
      role: dataset.role,
      created_at: now,
    },
    lines.map(({ line }, position) => ({
      position,
      ...caseColumns(line, `${dataset.slug}-${position + 1}`),
      body: JSON.stringify(line),
    })),
  );
}
