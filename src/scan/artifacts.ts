// The files that a finished scan leaves: each a stream, so that a million tests need no more memory than ten.
// The report is no stream: it shows sums and some findings, and is small however large the scan was.
import { Readable } from 'node:stream';
import { sha256 } from '../core/hash.ts';
import { resultsCsv } from '../reports/csv.ts';
import type { Titles } from '../reports/result-line.ts';
import { type HashedStream, resultsJsonl } from '../reports/results-jsonl.ts';
import { zipOf } from '../reports/zip.ts';
import type { ScanRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { type StoredTest, storedTests } from '../store/stored-test.ts';
import type { Vault } from '../store/vault.ts';
import { attackTitle, type ReportOptions, reportDataOf } from './report.ts';
import { specOf } from './spec.ts';
import type { Summary } from './summarise.ts';

export interface ArtifactContext {
  readonly store: Store;
  readonly vault: Vault;
}

/** Which tests go into a file; all where it is left out. */
export type TestFilter = (test: StoredTest) => boolean;

async function* filtered(tests: AsyncIterable<StoredTest>, filter: TestFilter): AsyncGenerator<StoredTest> {
  for await (const test of tests) if (filter(test)) yield test;
}

export function titlesOf(row: ScanRow): Titles {
  const spec = specOf(row);
  const titles = new Map(spec.datasets.map((dataset) => [dataset.slug, dataset.title]));
  return {
    dataset: (slug) => titles.get(slug) ?? slug,
    attack: (id) => attackTitle(id, spec.helpers.attacker !== null),
  };
}

/** The lines of results.jsonl. */
export function resultsOf(context: ArtifactContext, row: ScanRow, filter?: TestFilter): HashedStream {
  const tests = storedTests(context.store, context.vault, row.id);
  return resultsJsonl(filter ? filtered(tests, filter) : tests, titlesOf(row));
}

/** SHA-256 of results.jsonl without writing it. */
export async function hashOfResults(context: ArtifactContext, row: ScanRow): Promise<string> {
  const { stream, sha256 } = resultsOf(context, row);
  for await (const _ of stream);
  return sha256();
}

/** The lines of results.csv. */
export function csvOf(context: ArtifactContext, row: ScanRow, fullAnswers: boolean): Readable {
  const tests = storedTests(context.store, context.vault, row.id);
  return resultsCsv(tests, { titles: titlesOf(row), fullAnswers });
}

/** The report as a PDF; the same scan gives the same bytes. Throws PDF_UNAVAILABLE. */
export async function pdfOf(
  context: ArtifactContext,
  row: ScanRow,
  summary: Summary,
  options: ReportOptions,
): Promise<Buffer> {
  const { reportPdf } = await import('../reports/pdf.ts');
  return reportPdf(await reportDataOf(context, row, summary, options));
}

/** The report as one HTML page. */
export async function htmlOf(
  context: ArtifactContext,
  row: ScanRow,
  summary: Summary,
  options: ReportOptions,
): Promise<string> {
  const { reportHtml } = await import('../reports/html.ts');
  return reportHtml(await reportDataOf(context, row, summary, options));
}

export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Hashes of the files that lie beside summary.json; null where the report was not made. */
export interface FileHashes {
  readonly results_sha256: string;
  readonly report_sha256: string | null;
}

/** When the files of a scan were made, as far as their content goes. */
export const madeAt = (row: ScanRow): Date => new Date(row.ended_at ?? row.created_at);

/** A summary with the hashes of the files beside it. */
export const withHashes = <Given extends { readonly manifest: object }>(summary: Given, hashes: FileHashes): Given => ({
  ...summary,
  manifest: { ...summary.manifest, ...hashes },
});

export interface ArchiveParts {
  /** A fresh results.jsonl; its hash is asked for when it was read to the end. */
  readonly results: () => HashedStream;
  readonly report: (resultsSha256: string) => Promise<Buffer>;
  /** Makes the content of summary.json. */
  readonly summary: (hashes: FileHashes) => unknown;
  readonly modified: Date;
}

/** The archive: results.jsonl, the report that names its hash, then the summary that names both. */
export function archiveOf({ results, report, summary, modified }: ArchiveParts): Readable {
  const lines = results();
  let resultsSha256 = '';
  let reportSha256 = '';
  const entries = [
    { name: 'results.jsonl', open: () => lines.stream },
    {
      name: 'report.pdf',
      async open() {
        resultsSha256 = lines.sha256();
        const bytes = await report(resultsSha256);
        reportSha256 = sha256(bytes);
        return Readable.from([bytes]);
      },
    },
    {
      name: 'summary.json',
      open: () => Readable.from([jsonText(summary({ results_sha256: resultsSha256, report_sha256: reportSha256 }))]),
    },
  ];
  return zipOf(entries, modified);
}
