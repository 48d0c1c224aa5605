// Measures a judge on a labelled file and keeps what came of it, by the judge's id.
import { basename } from 'node:path';
import { RedoubtError } from '../core/errors.ts';
import { newId } from '../core/ids.ts';
import type { Clock } from '../core/ports.ts';
import { storeCalibration } from '../store/judge-health.ts';
import type { CalibrationRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { type CalibrationFigures, createCalibrationTally } from './calibration.ts';
import { sha256OfFile } from './file-hash.ts';
import { requireGivenFile, requireUtf8 } from './given-file.ts';
import type { Judging } from './judging.ts';
import { type LabelledTry, labelledTries } from './labelled-lines.ts';

/** A judge that is ready to judge, and its whole id. */
export interface OpenJudge {
  readonly id: string;
  readonly judging: Judging;
  close(): Promise<void>;
}

export interface Calibration {
  readonly id: string;
  readonly judge: string;
  readonly data: string;
  readonly data_sha256: string;
  readonly figures: CalibrationFigures;
}

/** Answers that are judged at a time. */
const BATCH = 32;

/** Reads the whole file first, so that no call is paid for before it is known to be right. */
async function requireRows(path: string): Promise<void> {
  requireGivenFile(path);
  await requireUtf8(path);
  let rows = 0;
  for await (const _ of labelledTries(path)) rows += 1;
  if (rows === 0) throw new RedoubtError('FILE_INVALID', { field: path, reason: 'it holds no labelled line.' });
}

async function* batchesOf(path: string): AsyncGenerator<LabelledTry[]> {
  let batch: LabelledTry[] = [];
  for await (const row of labelledTries(path)) {
    batch.push(row);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Throws FILE_INVALID where the file is none of labelled answers. `onProgress` hears of the rows that are done. */
export async function calibrate(
  { store, clock, judge }: { readonly store: Store; readonly clock: Clock; readonly judge: OpenJudge },
  path: string,
  onProgress: (rows: number) => void = () => undefined,
): Promise<Calibration> {
  await requireRows(path);
  const tally = createCalibrationTally();
  let done = 0;
  for await (const batch of batchesOf(path)) {
    const verdicts = await Promise.all(batch.map((row) => judge.judging(row.judged)));
    for (const [index, { judged, category, isBreach }] of batch.entries())
      tally.add({ expect: judged.testCase.expect, category, isBreach, outcome: verdicts[index]!.outcome });
    done += batch.length;
    onProgress(done);
  }
  const figures = tally.figures();
  const row: CalibrationRow = {
    id: newId(),
    judge: judge.id,
    data_name: basename(path),
    data_sha256: await sha256OfFile(path),
    figures: JSON.stringify(figures),
    created_at: clock.now(),
  };
  await storeCalibration(store, row);
  return { id: row.id, judge: row.judge, data: row.data_name, data_sha256: row.data_sha256, figures };
}
