// Runs scripts/guard/encoder.py: a transformer is taught the rows and written as ONNX.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('encoder.py', import.meta.url));

/** A text as word pieces, with a label and what it counts for each answer of the model. */
export interface EncoderRow {
  readonly ids: readonly number[];
  readonly labels: readonly (0 | 1)[];
  readonly weights: readonly number[];
}

/** Where Python with torch is, and the unpacked weights to begin with (encoder.py says which). */
export interface EncoderTools {
  readonly python: string;
  readonly weights: string;
}

/** Step size at its highest; further options of `encoder.py finetune`. */
export interface EncoderTraining {
  readonly rate: string;
  readonly further?: readonly string[];
}

/** Writes the rows to `rowsFile` and the taught encoder to `out`. Throws where Python fails. */
export function trainEncoder(
  { python, weights }: EncoderTools,
  rows: readonly EncoderRow[],
  rowsFile: string,
  out: string,
  { rate, further = [] }: EncoderTraining,
): void {
  for (const file of [rowsFile, out]) mkdirSync(dirname(file), { recursive: true });
  writeFileSync(rowsFile, `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
  const given = ['--weights', weights, '--rows', rowsFile, '--out', out, '--rate', rate];
  const threads = ['--threads', String(availableParallelism())];
  const { status } = spawnSync(python, [script, 'finetune', ...given, ...threads, ...further], { stdio: 'inherit' });
  if (status !== 0) throw new Error('The encoder could not be trained; see above.');
}
