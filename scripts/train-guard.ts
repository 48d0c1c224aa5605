// `npm run train:guard`: makes data/models/modern-guard out of our own rows and, where they are, the public ones.
//   npm run train:guard -- [--public FILE] [--python PROGRAM --weights FOLDER] [--minutes N] [--rows N] [--start FILE]...
// The linear stage and all settings are trained here, in about five minutes. The encoder needs Python with torch (see
// scripts/guard/encoder.py): without --python the encoder that lies in the folder is kept. With --start the mean of encoders
// of earlier runs is taught further; what they were taught on this machine is remembered.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { wilson } from '../src/core/score/interval.ts';
import { type Cascade, type CascadeSettings, createCascade } from '../src/guard/cascade.ts';
import { windowLogit } from '../src/guard/window-reading.ts';
import { MOST_PIECES, openEncoder } from '../src/inference/encoder.ts';
import type { LinearModel } from '../src/inference/linear-model.ts';
import { packModel } from '../src/inference/weights-file.ts';
import { openWordPiece, type WordPiece } from '../src/inference/word-piece.ts';
import { encoderRows, isKeptAside } from './guard/encoder-rows.ts';
import { fitDisguise } from './guard/fit-disguise.ts';
import { fitLinear, type Material, outOfFold, prepare } from './guard/fit-linear.ts';
import { fitSettings, type Heard, isFound } from './guard/fit-settings.ts';
import { windowSize } from './guard/lessons.ts';
import { ownRows } from './guard/own-rows.ts';
import { plantedRows, publicRows } from './guard/public-rows.ts';
import { trainEncoder } from './guard/train-encoder.ts';
import { saidRate } from './said-rate.ts';

const ID = 'modern-guard-1';
const SEED = 1;
const PLANTED = 4000;
/** Windows that the stack and the encoder's threshold are fitted on. */
const MOST_HEARD = 6000;

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = join(root, 'data/models/modern-guard');
const encoderFile = join(folder, 'encoder.onnx');
const encoderRowsFile = join(root, '.cache/guard-encoder-rows.jsonl');
/** The ids of each row that the encoder was ever taught, one row a line. */
const taughtFile = join(root, '.cache/guard-encoder-taught.txt');
const vocabulary = join(root, 'data/models/all-minilm-l6-v2/vocab.txt');

const { values: options } = parseArgs({
  options: {
    public: { type: 'string', default: join(root, '../shared/evaldata/guard_train.jsonl') },
    python: { type: 'string' },
    weights: { type: 'string' },
    minutes: { type: 'string', default: '0' },
    rows: { type: 'string', default: '92000' },
    start: { type: 'string', multiple: true, default: [] },
  },
});

const started = performance.now();
const say = (text: string): void => console.log(`${((performance.now() - started) / 1000).toFixed(0)} s: ${text}`);

function allMaterial(): Material {
  const own = ownRows(join(root, 'data'), SEED);
  const publics = publicRows(options.public, SEED);
  if (publics.length === 0) say(`no public rows at ${options.public}: trained on our own alone`);
  const planted = plantedRows(publics, own, PLANTED, SEED);
  say(`${own.length} own rows, ${publics.length} public, ${planted.length} planted`);
  const material = prepare([...own, ...publics, ...planted]);
  say(`${material.lessons.length} windows`);
  return material;
}

/** Lessons that the encoder knows: taught now where Python is at hand, else those it was last taught on this machine. */
function teachEncoder({ lessons, rows }: Material): ReadonlySet<number> {
  const { python, weights } = options;
  const pieces = openWordPiece(vocabulary);
  if (python !== undefined && weights !== undefined) {
    const chosen = encoderRows(lessons, rows, pieces, Number(options.rows), SEED);
    // What has been taught before is taught further at a gentler rate.
    const isFurther = options.start.length > 0;
    const further = ['--minutes', options.minutes, ...(isFurther ? ['--start', ...options.start] : [])];
    const training = { rate: isFurther ? '5e-5' : '8e-5', further };
    trainEncoder({ python, weights }, chosen, encoderRowsFile, encoderFile, training);
    const flag = options.start.length > 0 ? 'a' : 'w';
    writeFileSync(taughtFile, `${chosen.map(({ ids }) => ids.join(' ')).join('\n')}\n`, { flag });
  }
  if (!existsSync(taughtFile)) return new Set();
  const known = new Set(readFileSync(taughtFile, 'utf8').trim().split('\n'));
  return new Set(lessons.flatMap(({ text }, index) => (known.has(idsText(pieces, text)) ? [index] : [])));
}

const idsText = (pieces: WordPiece, text: string): string => pieces.row(pieces.encode(text).ids, MOST_PIECES).join(' ');

/** Every so many of them that no more than MOST_HEARD are left. */
const thinned = (indices: readonly number[]): number[] =>
  indices.filter((_index, place) => place % Math.ceil(indices.length / MOST_HEARD) === 0);

/**
 * What the encoder says of windows that it was not taught: of harmless ones as people wrote them, on which the level is
 * set, as many as of all others together.
 */
async function hear(material: Material, logits: Float64Array, taught: ReadonlySet<number>): Promise<Heard[]> {
  const encoder = await openEncoder(encoderFile, vocabulary);
  const unseen = material.lessons.flatMap((_lesson, index) => (taught.has(index) ? [] : [index]));
  const setsLevel = (index: number): boolean => {
    const { target, row } = material.lessons[index]!;
    return isFound({ label: target, family: material.rows[row]!.family });
  };
  const chosen = [...thinned(unseen.filter(setsLevel)), ...thinned(unseen.filter((index) => !setsLevel(index)))];
  const answers = await encoder.logits(chosen.map((index) => material.lessons[index]!.text));
  return chosen.map((index, place) => heardOf(material, logits, index, answers[place]!));
}

function heardOf({ lessons, rows }: Material, logits: Float64Array, index: number, encoder: number | null): Heard {
  const { target, row } = lessons[index]!;
  const { family, language } = rows[row]!;
  return {
    isNew: isKeptAside(rows[row]!),
    linear: logits[index]!,
    encoder,
    label: target,
    family: language === 'en' ? family : `${family} ${language}`,
  };
}

/** The scores of families left out depend on the rows and their weights alone: a run after another encoder takes them from .cache. */
function cachedOutOfFold(material: Material): Float64Array {
  const hash = createHash('sha256');
  for (const { text, target, weight } of material.lessons) hash.update(`${target} ${weight} ${text}`);
  const file = join(root, '.cache', `guard-out-of-fold-${hash.digest('hex').slice(0, 16)}.f64`);
  if (existsSync(file)) return new Float64Array(new Uint8Array(readFileSync(file)).buffer);
  const logits = outOfFold(material);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, new Uint8Array(logits.buffer));
  return logits;
}

const cascadeOf = (settings: CascadeSettings, model: LinearModel): Cascade =>
  createCascade(
    settings,
    (text) => windowLogit(model, text),
    async () => (existsSync(encoderFile) ? openEncoder(encoderFile, vocabulary) : null),
  );

/** What the linear stage finds of public attacks whose whole source it was not taught, at the level of `alone`. */
function reportLeftOut(heard: readonly Heard[], { alone }: CascadeSettings): void {
  const attacks = heard.filter(({ label, family }) => label === 1 && !family.startsWith('own/'));
  for (const family of new Set(attacks.map((one) => one.family))) {
    const logits = attacks.flatMap((one) => (one.family === family ? [alone.bias + alone.linear * one.linear] : []));
    say(
      `${family} left out: windows found ${saidRate(wilson(logits.filter((logit) => logit >= 0).length, logits.length))}`,
    );
  }
}

/** Short harmless texts as people wrote them. */
const plainTexts = ({ rows }: Material): string[] =>
  rows.flatMap(({ label, family, text }) =>
    label === 0 && !family.startsWith('own/') && text.length < 400 ? [text] : [],
  );

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const material = allMaterial();
  const taught = teachEncoder(material);
  const logits = cachedOutOfFold(material);
  say('every family scored by a model that was taught without it');
  const linear = material.lessons.map((_lesson, index) => heardOf(material, logits, index, null));
  const both = existsSync(encoderFile) ? await hear(material, logits, taught) : [];
  const model = fitLinear(material, () => true);
  const fitted = fitSettings(ID, windowSize, linear, both);
  reportLeftOut(linear, fitted);
  const settings = { ...fitted, disguised: await fitDisguise(cascadeOf(fitted, model), plainTexts(material)) };
  writeFileSync(join(folder, 'cascade.json'), `${JSON.stringify(settings, null, 2)}\n`);
  writeFileSync(join(folder, 'linear.bin'), packModel(ID, model));
  say(`written: ${JSON.stringify(settings)}`);
}

await main();
