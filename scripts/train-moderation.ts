// `npm run train:moderation`: makes data/models/moderation/heads.json, one head a category over sentence embeddings, out
// of data/training/moderation. Prints what each head tells apart among templates that it was not taught.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Random, seededRandom } from '../src/core/random.ts';
import { moderationLabels } from '../src/guard/detectors/moderation.ts';
import { sigmoid } from '../src/inference/calibration.ts';
import { openEmbedder } from '../src/inference/embedder.ts';
import { ownRows } from './guard/own-rows.ts';
import { type Bank, pick, readBanks, say } from './guard/phrase-bank.ts';

const SEED = 1;
const ROWS_A_TEMPLATE = 15;
const ORDINARY = 1000;
const FOLDS = 4;
const STEPS = 120;
/** Where a head's threshold lies: this share of ordinary texts, seen through templates left out, may be above. */
const MOST_FALSE = 0.01;

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = join(root, 'data/models/moderation');

interface Row {
  readonly text: string;
  readonly section: string;
  /** Rows of one template lie in one fold. */
  readonly fold: number;
}

type Placed = Row & { readonly vector: Float32Array };

function rowsOf(bank: Bank, random: Random): Row[] {
  const lookup = (name: string): string | undefined => {
    const lines = bank.sections.get(`list ${name}`);
    return lines === undefined ? undefined : pick(lines, random);
  };
  return [...bank.sections].flatMap(([section, templates]) =>
    section.startsWith('list ')
      ? []
      : templates.flatMap((template, index) =>
          Array.from({ length: ROWS_A_TEMPLATE }, () => ({
            text: say(template, lookup, random),
            section,
            fold: index % FOLDS,
          })),
        ),
  );
}

/** Everyday texts of the guard's training. */
function ordinaryRows(random: Random): Row[] {
  const plain = ownRows(join(root, 'data'), SEED).filter(
    ({ language, label, text }) => language === 'en' && label === 0 && text.length < 200,
  );
  return Array.from({ length: ORDINARY }, (_, index) => ({
    text: pick(plain, random).text,
    section: 'ordinary',
    fold: index % FOLDS,
  }));
}

interface Head {
  readonly bias: number;
  readonly weights: readonly number[];
}

const logitOf = ({ bias, weights }: Head, vector: Float32Array): number =>
  weights.reduce((sum, weight, index) => sum + weight * vector[index]!, bias);

/** One step down the gradient of the logistic loss; `share` is what a row weighs, `wanted` 1 or 0. */
function step(
  head: { bias: number; weights: Float64Array },
  rows: readonly Placed[],
  shareOf: (row: Placed) => number,
  isWanted: (row: Placed) => boolean,
): void {
  const { weights } = head;
  const gradient = new Float64Array(weights.length);
  let gradientBias = 0;
  for (const row of rows) {
    let logit = head.bias;
    for (let at = 0; at < weights.length; at++) logit += weights[at]! * row.vector[at]!;
    const error = shareOf(row) * (sigmoid(logit) - (isWanted(row) ? 1 : 0));
    gradientBias += error;
    for (let at = 0; at < weights.length; at++) gradient[at]! += error * row.vector[at]!;
  }
  head.bias -= 8 * gradientBias;
  for (let at = 0; at < weights.length; at++) weights[at]! -= 8 * (gradient[at]! + 1e-4 * weights[at]!);
}

/** Logistic regression: classes weigh the same, harmless texts on the same subject count threefold. */
function fitHead(rows: readonly Placed[], category: string): Head {
  const isPositive = (row: Row): boolean => row.section === `attack ${category}`;
  const weightOf = (row: Row): number => (row.section === `harmless ${category}` ? 3 : 1);
  const negative = rows.reduce((sum, row) => sum + (isPositive(row) ? 0 : weightOf(row)), 0);
  const positive = rows.filter(isPositive).length;
  const shareOf = (row: Row): number => (isPositive(row) ? 0.5 / positive : (0.5 * weightOf(row)) / negative);
  const head = { bias: 0, weights: new Float64Array(rows[0]!.vector.length) };
  for (let done = 0; done < STEPS; done++) step(head, rows, shareOf, isPositive);
  return { bias: head.bias, weights: [...head.weights] };
}

const share = (values: readonly number[], level: number): string =>
  `${((100 * values.filter((value) => value >= level).length) / values.length).toFixed(0)} % of ${values.length}`;

function headOf(rows: readonly Placed[], category: string) {
  const heard = Array.from({ length: FOLDS }, (_, fold) => {
    const head = fitHead(
      rows.filter((row) => row.fold !== fold),
      category,
    );
    return rows
      .filter((row) => row.fold === fold)
      .map((row) => ({ section: row.section, logit: logitOf(head, row.vector) }));
  }).flat();
  const of = (section: string): number[] => heard.flatMap((each) => (each.section === section ? [each.logit] : []));
  const ordinary = of('ordinary').sort((a, b) => b - a);
  const level = ordinary[Math.floor(ordinary.length * MOST_FALSE)]!;
  console.log(
    `${category}: templates left out flagged ${share(of(`attack ${category}`), level)}, harmless ones on the subject ${share(of(`harmless ${category}`), level)}`,
  );
  const head = fitHead(rows, category);
  return {
    bias: Number((head.bias - level).toFixed(4)),
    weights: head.weights.map((weight) => Number(weight.toFixed(4))),
  };
}

const random = seededRandom('moderation', SEED);
const bank = readBanks(join(root, 'data/training/moderation'))[0]!;
const rows = [...rowsOf(bank, random), ...ordinaryRows(random)];
const vectors = await (await openEmbedder()).embed(rows.map(({ text }) => text));
const placed = rows.map((row, index) => ({ ...row, vector: vectors[index]! }));
const heads = moderationLabels.map((label) => ({
  label,
  ...headOf(placed, label.toLowerCase().replace('_', '')),
}));
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'heads.json'), `${JSON.stringify({ id: 'moderation-1', heads })}\n`);
