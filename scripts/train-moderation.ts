// `npm run train:moderation`: makes data/models/moderation out of data/training/moderation and ordinary texts. Prints what
// it tells apart of texts whose writer it was taught nothing of.
//   npm run train:moderation -- [--public FILE]
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { wilson } from '../src/core/score/interval.ts';
import { moderationLabels } from '../src/guard/detectors/moderation.ts';
import { openEmbedder } from '../src/inference/embedder.ts';
import { rounded } from './guard/embedding-head.ts';
import { type FittedCategory, FOLDS, fitCategory, type Placed } from './moderation/fit-moderation.ts';
import { categories, moderationRows } from './moderation/moderation-rows.ts';

const ID = 'moderation-2';
const SEED = 1;

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = join(root, 'data/models/moderation');
const { values: options } = parseArgs({
  options: { public: { type: 'string', default: join(root, '../shared/evaldata/guard_train.jsonl') } },
});

async function placedRows(): Promise<Placed[]> {
  const rows = moderationRows(join(root, 'data'), options.public, SEED);
  const vectors = await (await openEmbedder()).embed(rows.map(({ text }) => text));
  const sources = [...new Set(rows.map(({ source }) => source))];
  return rows.map((row, index) => ({ ...row, vector: vectors[index]!, fold: sources.indexOf(row.source) % FOLDS }));
}

const share = (flags: readonly boolean[]): string => {
  const { k, n, low, high } = wilson(flags.filter((flag) => flag).length, flags.length);
  return n === 0
    ? '-'
    : `${((100 * k) / n).toFixed(1)} % of ${n} (${(100 * low!).toFixed(0)} to ${(100 * high!).toFixed(0)})`;
};

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
console.log(`${rows.length} rows`);
const fitted = categories.map((category) => fitCategory(rows, category));
report(rows, fitted);
const heads = fitted.map(({ head }, index) => ({ label: moderationLabels[index]!, ...rounded(head) }));
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'heads.json'), `${JSON.stringify({ id: ID, heads })}\n`);
