// Leaves the files of a finished scan: all that were asked for in a folder, or one alone.
import { createReadStream, createWriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Redoubt } from '../compose.ts';
import { systemClock } from '../core/clock.ts';
import { RedoubtError } from '../core/errors.ts';
import { sha256 } from '../core/hash.ts';
import type { HashedStream } from '../reports/results-jsonl.ts';
import {
  archiveOf,
  csvOf,
  type FileHashes,
  hashOfResults,
  htmlOf,
  jsonText,
  madeAt,
  pdfOf,
  resultsOf,
  withHashes,
} from '../scan/artifacts.ts';
import { EVIDENCE_FILE, signFiles } from '../scan/evidence/files.ts';
import { junitOf, markdownOf, sarifOf } from '../scan/findings/ci-files.ts';
import { type StandingScan, standingOfScan } from '../scan/findings/ci-report.ts';
import type { FindingContext } from '../scan/findings/findings.ts';
import type { Summary } from '../scan/summarise.ts';
import { makeFolder } from '../store/make-folder.ts';
import type { ScanRow } from '../store/schema.ts';
import { note } from './command.ts';
import { type FormatId, fileNameOf, formatIds } from './formats.ts';

export interface ExportedScan {
  readonly redoubt: Redoubt;
  readonly row: ScanRow;
  readonly summary: Summary;
  readonly fullAnswers: boolean;
  /** What findings are held against; null or left out: all scans before it. */
  readonly baseline?: ScanRow | null;
  /** How the scan stands against it, where that is known already. */
  readonly standing?: StandingScan | null;
}

/** What several files need of one another, made once: the hash of the results, the PDF. */
interface Workshop extends Omit<ExportedScan, 'standing'> {
  /** Where results.jsonl was written. */
  resultsPath: string | null;
  resultsSha256: string | null;
  report: Buffer | null;
  standing: StandingScan | null;
}

async function resultsSha256(shop: Workshop): Promise<string> {
  shop.resultsSha256 ??= await hashOfResults(shop.redoubt, shop.row);
  return shop.resultsSha256;
}

async function standingOf(shop: Workshop): Promise<StandingScan> {
  const { redoubt, row, summary, baseline } = shop;
  shop.standing ??= await standingOfScan(findingContext(redoubt), row, summary, baseline ?? null);
  return shop.standing;
}

async function reportOf(shop: Workshop): Promise<Buffer> {
  const { redoubt, row, summary, fullAnswers } = shop;
  shop.report ??= await pdfOf(redoubt, row, summary, { resultsSha256: await resultsSha256(shop), fullAnswers });
  return shop.report;
}

async function hashesOf(shop: Workshop): Promise<FileHashes> {
  return {
    results_sha256: await resultsSha256(shop),
    report_sha256: shop.report === null ? null : sha256(shop.report),
  };
}

/** What was written already is read from the disk: that is quicker than from the database. */
function resultsAgain({ redoubt, row, resultsPath, resultsSha256: known }: Workshop): HashedStream {
  if (resultsPath === null || known === null) return resultsOf(redoubt, row);
  return { stream: createReadStream(resultsPath), sha256: () => known };
}

const findingContext = ({ store }: Redoubt): FindingContext => ({ store, clock: systemClock });

type Write = (shop: Workshop, path: string) => Promise<void>;

const writers: Readonly<Record<FormatId, Write>> = {
  async jsonl(shop, path) {
    const results = resultsOf(shop.redoubt, shop.row);
    await pipeline(results.stream, createWriteStream(path));
    shop.resultsSha256 = results.sha256();
    shop.resultsPath = path;
  },
  async pdf(shop, path) {
    writeFileSync(path, await reportOf(shop));
  },
  async html(shop, path) {
    const { redoubt, row, summary, fullAnswers } = shop;
    const options = { resultsSha256: await resultsSha256(shop), fullAnswers };
    writeFileSync(path, await htmlOf(redoubt, row, summary, options));
  },
  async csv({ redoubt, row, fullAnswers }, path) {
    await pipeline(csvOf(redoubt, row, fullAnswers), createWriteStream(path));
  },
  async json(shop, path) {
    writeFileSync(path, jsonText(withHashes(shop.summary, await hashesOf(shop))));
  },
  async sarif(shop, path) {
    writeFileSync(path, await sarifOf(findingContext(shop.redoubt), await standingOf(shop)));
  },
  async junit(shop, path) {
    await pipeline(await junitOf(findingContext(shop.redoubt), await standingOf(shop)), createWriteStream(path));
  },
  async markdown(shop, path) {
    writeFileSync(path, await markdownOf(findingContext(shop.redoubt), await standingOf(shop)));
  },
  async zip(shop, path) {
    const archive = archiveOf({
      results: () => resultsAgain(shop),
      report(sha256) {
        shop.resultsSha256 = sha256;
        return reportOf(shop);
      },
      summary: (hashes) => withHashes(shop.summary, hashes),
      modified: madeAt(shop.row),
    });
    await pipeline(archive, createWriteStream(path));
  },
};

const newShop = (scan: ExportedScan): Workshop => ({
  ...scan,
  resultsPath: null,
  resultsSha256: null,
  report: null,
  standing: scan.standing ?? null,
});

/** Where the file system says no, the sentence names the place; other errors stay as they are. */
async function writing(path: string, write: () => void | Promise<void>): Promise<void> {
  try {
    await write();
  } catch (cause) {
    const isOfTheDisk = cause instanceof Error && 'syscall' in cause;
    if (!isOfTheDisk) throw cause;
    throw new RedoubtError('FILE_UNWRITABLE', { value: path, reason: cause.message }, cause);
  }
}

/** Writes one file. Throws FILE_UNWRITABLE, and PDF_UNAVAILABLE for a PDF or ZIP on a machine that can make none. */
export const exportFile = (scan: ExportedScan, format: FormatId, path: string): Promise<void> =>
  writing(path, async () => {
    await writers[format](newShop(scan), path);
    await signFiles(scan.redoubt, scan, [path], `${path}.${EVIDENCE_FILE}`);
  });

/** Writes the files that the formats name; gives their paths. Where no PDF can be made, the others are, and a note says so. */
export async function exportFiles(scan: ExportedScan, folder: string, formats: readonly FormatId[]): Promise<string[]> {
  await writing(folder, () => makeFolder(folder));
  const shop = newShop(scan);
  const paths: string[] = [];
  for (const format of formatIds.filter((id) => formats.includes(id))) {
    const path = join(folder, fileNameOf(format));
    try {
      await writing(path, () => writers[format](shop, path));
      paths.push(path);
    } catch (error) {
      if (!(error instanceof RedoubtError && error.code === 'PDF_UNAVAILABLE')) throw error;
      note(`${fileNameOf(format)} is left out. ${error.message}`);
    }
  }
  await writing(folder, () => signFiles(scan.redoubt, scan, paths, join(folder, EVIDENCE_FILE)));
  return paths;
}
