// The manifest as rows to read: whatever it holds is shown, so that a new entry needs no change here.
import { isRecord } from '../core/records.ts';
import { capital, words } from './wording.ts';

export interface ManifestRow {
  readonly label: string;
  readonly value: string;
}

export interface ManifestTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const acronyms: Readonly<Record<string, string>> = { sha256: 'SHA-256' };

const label = (key: string): string => {
  const named = words(key)
    .split(' ')
    .map((word) => acronyms[word] ?? word)
    .join(' ');
  return capital(named);
};

/** A value in words: "none" for what is empty, pairs for an object. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(valueText).join(', ');
  if (!isRecord(value)) return String(value);
  const entries = Object.entries(value);
  return entries.length === 0 ? 'none' : entries.map(([key, each]) => `${words(key)} ${valueText(each)}`).join('; ');
}

/** Keys that are lists of records: each is shown as a table. */
const tables = new Set(['datasets', 'attacks']);

/** Objects whose parts deserve a row each. */
const spread = new Set(['target']);

/** All entries but the tables, in the order of the manifest. */
export function manifestRows(manifest: Readonly<Record<string, unknown>>): ManifestRow[] {
  return Object.entries(manifest).flatMap(([key, value]) => {
    if (tables.has(key)) return [];
    if (!spread.has(key) || !isRecord(value)) return [{ label: label(key), value: valueText(value) }];
    return Object.entries(value).map(([part, each]) => ({
      label: `${label(key)}: ${label(part).toLowerCase().replace('sha-256', 'SHA-256')}`,
      value: valueText(each),
    }));
  });
}

const rowsOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];

/** What was run: datasets with version and hash, attacks with version and parameters. */
export function manifestTables(manifest: Readonly<Record<string, unknown>>): ManifestTable[] {
  const datasets = rowsOf(manifest.datasets).map((dataset) => [
    valueText(dataset.title ?? dataset.slug),
    valueText(dataset.version),
    dataset.sample === null ? 'all' : valueText(dataset.sample),
    valueText(dataset.sha256),
  ]);
  const attacks = rowsOf(manifest.attacks).map((attack) => [
    valueText(attack.id),
    valueText(attack.version),
    valueText(attack.parameters),
  ]);
  return [
    { title: 'Datasets', head: ['Dataset', 'Version', 'Cases', 'SHA-256'], rows: datasets },
    { title: 'Attacks', head: ['Attack', 'Version', 'Parameters'], rows: attacks },
  ];
}
