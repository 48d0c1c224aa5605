// What each format of an export is as a stream.
import { Readable } from 'node:stream';
import type { Clock } from '../core/ports.ts';
import type { ScanRow } from '../store/schema.ts';
import {
  type ArtifactContext,
  archiveOf,
  csvOf,
  hashOfResults,
  htmlOf,
  jsonText,
  madeAt,
  pdfOf,
  resultsOf,
  withHashes,
} from './artifacts.ts';
import { junitOf, markdownOf, sarifOf } from './findings/ci-files.ts';
import { type StandingScan, standingOfScan } from './findings/ci-report.ts';
import type { FormatId } from './formats.ts';
import type { Summary } from './summarise.ts';

export interface Exported {
  readonly context: ArtifactContext & { readonly clock: Clock };
  readonly row: ScanRow;
  readonly summary: Summary;
  readonly fullAnswers: boolean;
}

const whole = (text: string | Buffer): Readable => Readable.from([Buffer.from(text)], { objectMode: false });

/** Against all scans before it. */
const standingOf = ({ context, row, summary }: Exported): Promise<StandingScan> =>
  standingOfScan(context, row, summary, null);

async function reportOptions({ context, row, fullAnswers }: Exported) {
  return { resultsSha256: await hashOfResults(context, row), fullAnswers };
}

const streams: Readonly<Record<FormatId, (exported: Exported) => Readable | Promise<Readable>>> = {
  jsonl: ({ context, row }) => resultsOf(context, row).stream,
  csv: ({ context, row, fullAnswers }) => csvOf(context, row, fullAnswers),
  sarif: async (exported) => whole(await sarifOf(exported.context, await standingOf(exported))),
  junit: async (exported) => junitOf(exported.context, await standingOf(exported)),
  markdown: async (exported) => whole(await markdownOf(exported.context, await standingOf(exported))),
  async pdf(exported) {
    const { context, row, summary } = exported;
    return whole(await pdfOf(context, row, summary, await reportOptions(exported)));
  },
  async html(exported) {
    const { context, row, summary } = exported;
    return whole(await htmlOf(context, row, summary, await reportOptions(exported)));
  },
  async json({ context, row, summary }) {
    const hashes = { results_sha256: await hashOfResults(context, row), report_sha256: null };
    return whole(jsonText(withHashes(summary, hashes)));
  },
  zip: ({ context, row, summary, fullAnswers }) =>
    archiveOf({
      results: () => resultsOf(context, row),
      report: (resultsSha256) => pdfOf(context, row, summary, { resultsSha256, fullAnswers }),
      summary: (hashes) => withHashes(summary, hashes),
      modified: madeAt(row),
    }),
};

/** One file of a finished scan as a stream. Throws PDF_UNAVAILABLE for a PDF on a machine that can make none. */
export const exportOf = async (exported: Exported, format: FormatId): Promise<Readable> => streams[format](exported);
