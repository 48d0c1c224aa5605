// Finds datasets by name for a project: those that ship and the project's own.
import { unknownValue } from '../../core/errors.ts';
import { currentDatasets, datasetById } from '../../store/datasets.ts';
import type { DatasetRow } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';
import { type BuiltInDataset, builtInDatasets, storeBuiltIn } from './built-in.ts';

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

async function stored(store: Store, id: string): Promise<DatasetRow> {
  const row = await datasetById(store, id);
  if (!row) throw unknownValue('dataset', id, []);
  return row;
}

/** The dataset of this name, stored. A project's own comes before one that ships. Throws UNKNOWN_VALUE at `field`. */
export async function resolveDataset(
  store: Store,
  projectId: string,
  name: string,
  field: string,
  now: number,
): Promise<DatasetRow> {
  const asked = name.trim().toLowerCase();
  const wanted = aliases[asked] ?? asked;
  const own = (await currentDatasets(store, projectId)).filter((row) => row.project_id === projectId);
  const mine = own.find((row) => matches(row, wanted));
  if (mine) return mine;
  const builtIn = ordinaryDatasets().find((dataset) => matches(dataset, wanted));
  if (!builtIn)
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

/** Titles of the datasets that ship, in order. */
export const builtInTitles = (): string[] => ordinaryDatasets().map((dataset) => dataset.title);
