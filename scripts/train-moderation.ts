// `npm run train:moderation`: makes data/models/moderation out of data/training/moderation and ordinary texts. Prints what
// it tells apart of texts whose writer it was taught nothing of.
//   npm run train:moderation -- [--python PROGRAM --weights FOLDER] [--public FILE]
// The encoder needs Python with torch (scripts/guard/encoder.py) and some twenty minutes of two cores: without --python
// the encoders that an earlier run left here are kept. The heads take ten minutes more.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { wilson } from '../src/core/score/interval.ts';
import { moderationLabels } from '../src/guard/detectors/moderation.ts';
import { openEmbedder } from '../src/inference/embedder.ts';
import { openTextVectors } from '../src/inference/text-vectors.ts';
import { openWordPiece } from '../src/inference/word-piece.ts';
import { rounded } from './guard/embedding-head.ts';
import { trainEncoder } from './guard/train-encoder.ts';
import {
  type FittedCategory,
  FOLDS,
  fitCategory,
  foldsOf,
  lessonOf,
  type Placed,
} from './moderation/fit-moderation.ts';
import { categories, type ModerationRow, moderationRows } from './moderation/moderation-rows.ts';
import { saidRate } from './said-rate.ts';

const ID = 'moderation-3';
const SEED = 1;
const RATE = '5e-5';

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = join(root, 'data/models/moderation');
const { values: options } = parseArgs({
  options: {
    public: { type: 'string', default: join(root, '../shared/evaldata/guard_train.jsonl') },
    python: { type: 'string' },
    weights: { type: 'string' },
  },
});

/** Teaches an encoder the rows, where Python is at hand; else the one that lies at `out` stays. */
function teach(rows: readonly ModerationRow[], out: string): void {
  const { python, weights } = options;
  if (python === undefined || weights === undefined) return;
  const pieces = openWordPiece(join(root, 'data/models/all-minilm-l6-v2/vocab.txt'));
  const lessons = rows.map((row) => lessonOf(row, pieces));
  trainEncoder({ python, weights }, lessons, join(root, '.cache/moderation-rows.jsonl'), out, { rate: RATE });
}

/** What an encoder says of each row that was taught nothing of its fold. */
async function heldOutAnswers(rows: readonly ModerationRow[], folds: readonly number[]): Promise<Float32Array[]> {
  const answers: Float32Array[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const encoderFile = join(root, `.cache/moderation-without-${fold}.onnx`);
    teach(
      rows.filter((_row, index) => folds[index] !== fold),
      encoderFile,
    );
    const left = rows.flatMap((_row, index) => (folds[index] === fold ? [index] : []));
    const answer = await openTextVectors(encoderFile);
    const given = await answer(left.map((index) => rows[index]!.text));
    for (const [place, index] of left.entries()) answers[index] = given[place]!;
  }
  return answers;
}

async function placedRows(): Promise<Placed[]> {
  const rows = moderationRows(join(root, 'data'), options.public, SEED);
  const folds = foldsOf(rows);
  const answers = await heldOutAnswers(rows, folds);
  teach(rows, join(folder, 'encoder.onnx'));
  const vectors = await (await openEmbedder()).embed(rows.map(({ text }) => text));
  return rows.map((row, index) => ({
    ...row,
    vector: vectors[index]!,
    fold: folds[index]!,
    answer: answers[index]!,
  }));
}

const share = (flags: readonly boolean[]): string =>
  saidRate(wilson(flags.filter((flag) => flag).length, flags.length));

function report(rows: readonly Placed[], fitted: readonly FittedCategory[]): void {
  const anyOf = rows.map((_row, index) => fitted.some(({ heldOut }) => heldOut[index]! >= 0));
  const flags = (isMeant: (row: Placed) => boolean, flagOf: (index: number) => boolean): string =>
    share(rows.flatMap((row, index) => (row.isCounted && isMeant(row) ? [flagOf(index)] : [])));
  for (const [index, category] of categories.entries()) {
    const own = fitted[index]!.heldOut;
    const attacks = (row: Placed): boolean => row.kind === 'attack' && row.category === category;
    const harmless = (row: Placed): boolean => row.kind === 'harmless' && row.category === category;
    console.log(
      `${category}: flagged ${flags(attacks, (at) => own[at]! >= 0)}, by any category ${flags(attacks, (at) => anyOf[at]!)}; harmless on the subject ${flags(harmless, (at) => own[at]! >= 0)}, by any ${flags(harmless, (at) => anyOf[at]!)}`,
    );
  }
  console.log(
    `ordinary texts flagged by any category: ${flags(
      ({ kind }) => kind === 'ordinary',
      (at) => anyOf[at]!,
    )}`,
  );
}

const rows = await placedRows();
const writtenHere = rows.filter(({ source }) => /^(?:writer |own\/)/.test(source)).length;
console.log(`${rows.length} rows, ${rows.length - writtenHere} of them public (from ${options.public})`);
const fitted = categories.map((category) => fitCategory(rows, category));
report(rows, fitted);
const heads = fitted.map(({ head }, index) => ({ label: moderationLabels[index]!, ...rounded(head) }));
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'heads.json'), `${JSON.stringify({ id: ID, heads })}\n`);
