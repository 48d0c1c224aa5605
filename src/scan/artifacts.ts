// The files that a finished scan leaves: each a stream, so that a million tests need no more memory than ten.
import { Readable } from 'node:stream';
import { type HashedStream, resultsJsonl } from '../reports/results-jsonl.ts';
import { zipOf } from '../reports/zip.ts';
import type { ScanRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { type StoredTest, storedTests } from '../store/stored-test.ts';
import type { Vault } from '../store/vault.ts';
import { findAttackById } from './attacks/index.ts';
import type { ScanSpec } from './spec.ts';

export interface ArtifactContext {
  readonly store: Store;
  readonly vault: Vault;
}

/** Makes the content of summary.json from the hash of results.jsonl. */
export type SummaryWriter = (resultsSha256: string) => unknown;

/** Which tests go into a file; all where it is left out. */
export type TestFilter = (test: StoredTest) => boolean;

async function* filtered(tests: AsyncIterable<StoredTest>, filter: TestFilter): AsyncGenerator<StoredTest> {
  for await (const test of tests) if (filter(test)) yield test;
}

/** The lines of results.jsonl. */
export function resultsOf(context: ArtifactContext, row: ScanRow, filter?: TestFilter): HashedStream {
  const spec = JSON.parse(row.request) as ScanSpec;
  const titles = new Map(spec.datasets.map((dataset) => [dataset.slug, dataset.title]));
  const tests = storedTests(context.store, context.vault, row.id);
  return resultsJsonl(filter ? filtered(tests, filter) : tests, {
    dataset: (slug) => titles.get(slug) ?? slug,
    attack: (id) => findAttackById(id)?.title ?? id,
  });
}

export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** A summary with the hash of the results that it sums up. */
export function withResultsHash<Summary extends { readonly manifest: object }>(
  summary: Summary,
  sha256: string,
): Summary {
  return { ...summary, manifest: { ...summary.manifest, results_sha256: sha256 } };
}

/** The archive: results.jsonl, then the summary that names its hash. */
export function archiveOf(
  context: ArtifactContext,
  row: ScanRow,
  summary: SummaryWriter,
  filter?: TestFilter,
): Readable {
  const results = resultsOf(context, row, filter);
  const entries = [
    { name: 'results.jsonl', open: () => results.stream },
    { name: 'summary.json', open: () => Readable.from([jsonText(summary(results.sha256()))]) },
  ];
  return zipOf(entries, new Date(row.ended_at ?? row.created_at));
}
