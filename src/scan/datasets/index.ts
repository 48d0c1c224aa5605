// Finds datasets by name for a project: those that ship and the project's own.
import { unknownValue } from '../../core/errors.ts';
import { BUILT_IN, currentDatasets, datasetById } from '../../store/datasets.ts';
import type { DatasetRow } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';
import { type BuiltInDataset, builtInDatasets, shipsAs, storeBuiltIn } from './built-in.ts';

/** Names by which older clients call datasets that ship. */
const aliases: Readonly<Record<string, string>> = {
  'eu ai act': 'eu artificial intelligence act',
  gdpr: 'general data protection regulation',
  'over-cautiousness': 'over cautiousness',
  'ood robustness': 'robustness',
  'regulational harmfulness': 'societal harmfulness',
  'medical brand risk': 'health care brand risk',
};

const matches = (dataset: { slug: string; title: string }, wanted: string): boolean =>
  dataset.slug === wanted || dataset.title.toLowerCase() === wanted;

export const ordinaryDatasets = (): readonly BuiltInDataset[] =>
  builtInDatasets().filter((each) => each.role === 'case');

/** What a dataset of this title is called in files and paths; those that ship lie in folders so called. */
export const slugOf = (title: string): string =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '') || 'dataset';

/** The dataset that ships under this name: its title, its slug, the name it has in older clients; null for none. */
export function shippedDataset(name: string): BuiltInDataset | null {
  const wanted = name.trim().toLowerCase();
  const spaced = wanted.replaceAll('-', ' ');
  const known = [wanted, aliases[wanted], aliases[spaced]].filter((each) => each !== undefined);
  // Most names are a user's own: to read what all that ship say of themselves would take as long as a small scan's start.
  if (!known.some((each) => shipsAs(slugOf(each)))) return null;
  return builtInDatasets().find((dataset) => known.some((each) => matches(dataset, each))) ?? null;
}

/** The project's own datasets, in the order of their titles. */
const ownDatasets = async (store: Store, projectId: string): Promise<DatasetRow[]> =>
  (await currentDatasets(store, projectId)).filter((row) => row.project_id === projectId);

/** A dataset as lists show it. */
export interface DatasetEntry {
  readonly name: string;
  readonly slug: string;
  readonly version: string;
  readonly cases: number;
  readonly origin: 'shipped' | 'own';
  /** Whether a scan that names no dataset asks it. */
  readonly by_default: boolean;
}

const entryOf = (
  dataset: BuiltInDataset | DatasetRow,
  kind: Pick<DatasetEntry, 'origin' | 'by_default'>,
): DatasetEntry => ({
  name: dataset.title,
  slug: dataset.slug,
  version: dataset.version,
  cases: dataset.cases,
  ...kind,
});

/** How a stored dataset is listed. */
export const entryOfRow = (row: DatasetRow): DatasetEntry =>
  row.project_id === BUILT_IN
    ? entryOf(row, { origin: 'shipped', by_default: shippedDataset(row.slug)?.inDefaultScan ?? false })
    : entryOf(row, { origin: 'own', by_default: false });

/** All datasets a project can use, those that ship first. */
export async function listDatasets(store: Store, projectId: string): Promise<DatasetEntry[]> {
  return [
    ...ordinaryDatasets().map((dataset) => entryOf(dataset, { origin: 'shipped', by_default: dataset.inDefaultScan })),
    ...(await ownDatasets(store, projectId)).map(entryOfRow),
  ];
}

async function stored(store: Store, id: string): Promise<DatasetRow> {
  const row = await datasetById(store, id);
  if (!row) throw unknownValue('dataset', id, []);
  return row;
}

/** Written before the name of a dataset where names of other things may stand too, as among attack types. */
const datasetPrefix = /^dataset:\s*/i;

export const bareName = (name: string): string => name.trim().replace(datasetPrefix, '');

/**
 * The dataset of this name, stored; "dataset:NAME" is the same. A project's own comes before one that ships. Throws
 * UNKNOWN_VALUE at `field`.
 */
export async function resolveDataset(
  store: Store,
  projectId: string,
  name: string,
  field: string,
  now: number,
): Promise<DatasetRow> {
  const own = await ownDatasets(store, projectId);
  const asked = bareName(name);
  const mine = own.find((row) => matches(row, asked.toLowerCase()));
  if (mine) return mine;
  const builtIn = shippedDataset(asked);
  if (builtIn?.role !== 'case')
    throw unknownValue(
      field,
      name,
      [...ordinaryDatasets(), ...own].map((each) => each.title),
    );
  return stored(store, await storeBuiltIn(store, builtIn, now));
}

/** The benign twins, stored; null where none ship. */
export async function resolveTwins(store: Store, now: number): Promise<DatasetRow | null> {
  const twins = builtInDatasets().find((dataset) => dataset.role === 'twin');
  return twins ? stored(store, await storeBuiltIn(store, twins, now)) : null;
}

export async function datasetOf(store: Store, id: string): Promise<DatasetRow> {
  return stored(store, id);
}

/** Titles of the datasets of a scan that names none, in order. */
export const builtInTitles = (): string[] =>
  ordinaryDatasets()
    .filter((dataset) => dataset.inDefaultScan)
    .map((dataset) => dataset.title);
