// The suites: named slices of datasets with the attacks that belong to them. Data lie in data/suites, one file a suite;
// its names are those by which other tools call the same thing. Pure but for reading the files once.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { unknownValue } from '../../core/errors.ts';
import type { TestCase } from '../../core/test-case.ts';
import { ordinaryDatasets, shippedDataset } from '../datasets/index.ts';

const names = z.array(z.string()).min(1).optional();

const sliceSchema = z.strictObject({
  /** Slug of a dataset that ships. */
  dataset: z.string(),
  /** Each that is given narrows the slice; none: the whole dataset. */
  subcategories: names,
  leaves: names,
  oracles: names,
});
export type Slice = z.infer<typeof sliceSchema>;

const suiteSchema = z.strictObject({
  title: z.string(),
  summary: z.string(),
  also: z.array(z.string()).default([]),
  /** Whether it looks for what a target should keep to itself. */
  about_leaks: z.boolean().default(false),
  slices: z.array(sliceSchema).min(1),
  /** As a caller would name them. */
  attacks: z.array(z.string()).min(1),
});

export interface Suite extends z.infer<typeof suiteSchema> {
  /** Name of its file; kebab-case. */
  readonly id: string;
}

const folder = fileURLToPath(new URL('../../../data/suites/', import.meta.url));

let known: readonly Suite[] | null = null;

/** All suites, in the order of their ids. */
export function suites(): readonly Suite[] {
  known ??= readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => ({ id: file.slice(0, -5), ...suiteSchema.parse(parse(readFileSync(`${folder}${file}`, 'utf8'))) }));
  return known;
}

/** "Prompt Injection", "prompt_injection" and "prompt-injection" are one name. */
const plain = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');

const wholeDataset = 'dataset:';

function suiteOfDataset(name: string): Suite | null {
  const dataset = shippedDataset(name);
  if (dataset?.role !== 'case') return null;
  const { slug, title, description } = dataset;
  return {
    id: `dataset-${slug}`,
    title,
    summary: description,
    also: [],
    about_leaks: false,
    slices: [{ dataset: slug }],
    attacks: ['direct'],
  };
}

/** The suite of this id, title or further name; `dataset:NAME` is a whole dataset asked plainly. Null for none. */
export function findSuite(name: string): Suite | null {
  const wanted = plain(name);
  if (wanted.startsWith(wholeDataset)) return suiteOfDataset(name.trim().slice(wholeDataset.length));
  const bears = (suite: Suite): boolean =>
    [suite.id, suite.title, ...suite.also].some((each) => plain(each) === wanted);
  return suites().find(bears) ?? null;
}

/** Throws UNKNOWN_VALUE at `field`, naming what there is. */
export function requireSuite(name: string, field: string): Suite {
  const suite = findSuite(name);
  if (suite) return suite;
  const datasets = ordinaryDatasets().map(({ slug }) => `${wholeDataset}${slug}`);
  throw unknownValue(field, name, [...suites().map(({ id }) => id), ...datasets]);
}

/** Whether a case belongs to a slice of its dataset. */
export function isInSlice(
  { subcategories, leaves, oracles }: Slice,
  { subcategory, leaf, oracle }: Pick<TestCase, 'subcategory' | 'leaf' | 'oracle'>,
): boolean {
  const fits = (wanted: readonly string[] | undefined, value: string | null): boolean =>
    wanted === undefined || (value !== null && wanted.includes(value));
  return fits(subcategories, subcategory) && fits(leaves, leaf) && fits(oracles, oracle?.type ?? null);
}
