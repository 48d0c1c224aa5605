// `npm run train:moderation`: makes data/models/moderation/heads.json, one head a category over sentence embeddings, out
// of data/training/moderation. Prints what each head tells apart among templates that it was not taught.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Random, seededRandom } from '../src/core/random.ts';
import { moderationLabels } from '../src/guard/detectors/moderation.ts';
import { openEmbedder } from '../src/inference/embedder.ts';
import { fitHead, type Head, headLogit, rounded } from './guard/embedding-head.ts';
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

/** Classes weigh the same, harmless texts on the same subject count threefold. */
const headFor = (rows: readonly Placed[], category: string): Head =>
  fitHead(
    rows.map(({ vector, section }) => ({
      vector,
      isPositive: section === `attack ${category}`,
      weight: section === `harmless ${category}` ? 3 : 1,
    })),
    { steps: STEPS, l2: 1e-4 },
  );

const share = (values: readonly number[], level: number): string =>
  `${((100 * values.filter((value) => value >= level).length) / values.length).toFixed(0)} % of ${values.length}`;

function headOf(rows: readonly Placed[], category: string) {
  const heard = Array.from({ length: FOLDS }, (_, fold) => {
    const head = headFor(
      rows.filter((row) => row.fold !== fold),
      category,
    );
    return rows
      .filter((row) => row.fold === fold)
      .map((row) => ({ section: row.section, logit: headLogit(head, row.vector) }));
  }).flat();
  const of = (section: string): number[] => heard.flatMap((each) => (each.section === section ? [each.logit] : []));
  const ordinary = of('ordinary').sort((a, b) => b - a);
  const level = ordinary[Math.floor(ordinary.length * MOST_FALSE)]!;
  console.log(
    `${category}: templates left out flagged ${share(of(`attack ${category}`), level)}, harmless ones on the subject ${share(of(`harmless ${category}`), level)}`,
  );
  const head = headFor(rows, category);
  return rounded({ ...head, bias: head.bias - level });
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
