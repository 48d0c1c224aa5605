// `npm run train:guard`: makes data/models/modern-guard out of our own rows and, where they are, the public ones.
//   npm run train:guard -- [--public FILE] [--python PROGRAM --weights FOLDER [--encoder multilingual] [--rows N] [--minutes N]
//     [--start FILE]... [--banks MANNER,MANNER]]
// The linear stage and all settings are trained here, in about thirteen minutes. The encoders, English and multilingual, need
// Python with torch (see scripts/guard/encoder.py): without --python those that lie in the folder are kept. With --start the
// mean of encoders of earlier runs is taught further, with --banks above all what the banks of these manners hold.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { wilson } from '../src/core/score/interval.ts';
import { type Cascade, type CascadeSettings, createCascade } from '../src/guard/cascade.ts';
import { type Answer, encoderFiles, encoderNames, openEncoders } from '../src/guard/encoders.ts';
import { windowLogit } from '../src/guard/window-reading.ts';
import type { LinearModel } from '../src/inference/linear-model.ts';
import { packModel } from '../src/inference/weights-file.ts';
import { isKeptAside } from './guard/encoder-rows.ts';
import { fitDisguise } from './guard/fit-disguise.ts';
import { fitLinear, type Material, outOfFold, prepare } from './guard/fit-linear.ts';
import { fitSettings, type Heard, isFound } from './guard/fit-settings.ts';
import { lessonsOf, weightOf, windowSize } from './guard/lessons.ts';
import { ownRows, type Row } from './guard/own-rows.ts';
import { plantedRows, publicRows } from './guard/public-rows.ts';
import { readBy, teachEncoder } from './guard/teach-encoder.ts';
import { saidRate } from './said-rate.ts';

const ID = 'modern-guard-1';
const SEED = 1;
const PLANTED = 4000;
/** Windows that the stack and the encoder's threshold are fitted on. */
const MOST_HEARD = 5000;

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = join(root, 'data/models/modern-guard');
const cache = join(root, '.cache');

const { values: options } = parseArgs({
  options: {
    public: { type: 'string', default: join(root, '../shared/evaldata/guard_train.jsonl') },
    python: { type: 'string' },
    weights: { type: 'string' },
    encoder: { type: 'string', default: 'english' },
    minutes: { type: 'string', default: '0' },
    rows: { type: 'string', default: '92000' },
    start: { type: 'string', multiple: true, default: [] },
    banks: { type: 'string' },
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

/** What the files of these manners hold, "street" for `ar-street.txt`. */
function newsOf(manners: readonly string[]): Pick<Material, 'rows' | 'lessons'> {
  const rows = ownRows(join(root, 'data'), SEED, (name) => manners.some((manner) => name.endsWith(`-${manner}.txt`)));
  return { rows, lessons: lessonsOf(rows, weightOf).filter(({ vague }) => !vague) };
}

/** Where Python is at hand. */
function teach(material: Material): void {
  const { python, weights, minutes, start } = options;
  if (python === undefined || weights === undefined) return;
  const name = encoderNames.find((each) => each === options.encoder);
  if (name === undefined) throw new Error(`--encoder is one of ${encoderNames.join(', ')}, not ${options.encoder}`);
  teachEncoder(name, material, cache, {
    tools: { python, weights },
    rows: Number(options.rows),
    minutes,
    start,
    news: options.banks === undefined ? null : newsOf(options.banks.split(',')),
    seed: SEED,
  });
}

/** Every so many of them that no more than MOST_HEARD are left. */
const thinned = (indices: readonly number[]): number[] =>
  indices.filter((_index, place) => place % Math.ceil(indices.length / MOST_HEARD) === 0);

/**
 * What the encoders say of windows of families that they know nothing of: drawn apart from harmless ones as people wrote
 * them, and from ours.
 */
async function hear(material: Material, logits: Float64Array): Promise<Heard[]> {
  const encoders = await openEncoders();
  if (encoders === null) return [];
  const rowOf = (index: number): Row => material.rows[material.lessons[index]!.row]!;
  const kindOf = (index: number): string =>
    isFound({ label: material.lessons[index]!.target, family: rowOf(index).family }) ? 'found' : 'ours';
  const unknown = [...material.lessons.keys()].filter((index) => isKeptAside(rowOf(index)));
  const chosen = encoderNames.flatMap((name) => {
    if (!existsSync(encoderFiles[name].weights)) return [];
    const read = readBy(name);
    const readable = unknown.filter((index) => read(material.lessons[index]!.text) !== null);
    return [...Map.groupBy(readable, kindOf).values()].flatMap(thinned);
  });
  const answers = await encoders.ask(chosen.map((index) => material.lessons[index]!.text));
  return chosen.map((index, place) => heardOf(material, logits, index, answers[place]!));
}

function heardOf({ lessons, rows }: Material, logits: Float64Array, index: number, answer: Answer | null): Heard {
  const { target, row } = lessons[index]!;
  const { family, language } = rows[row]!;
  return {
    linear: logits[index]!,
    answer,
    label: target,
    family: language === 'en' ? family : `${family} ${language}`,
  };
}

/** The scores of families left out depend on the rows and their weights alone: a run after another encoder takes them from .cache. */
function cachedOutOfFold(material: Material): Float64Array {
  const hash = createHash('sha256');
  for (const { text, target, weight } of material.lessons) hash.update(`${target} ${weight} ${text}`);
  const file = join(cache, `guard-out-of-fold-${hash.digest('hex').slice(0, 16)}.f64`);
  if (existsSync(file)) return new Float64Array(new Uint8Array(readFileSync(file)).buffer);
  const logits = outOfFold(material);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, new Uint8Array(logits.buffer));
  return logits;
}

const cascadeOf = (settings: CascadeSettings, model: LinearModel): Cascade =>
  createCascade(settings, (text) => windowLogit(model, text), openEncoders);

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
  teach(material);
  const logits = cachedOutOfFold(material);
  say('every family scored by a model that was taught without it');
  const linear = material.lessons.map((_lesson, index) => heardOf(material, logits, index, null));
  const heard = await hear(material, logits);
  const model = fitLinear(material, () => true);
  const fitted = fitSettings(ID, windowSize, linear, heard);
  reportLeftOut(linear, fitted);
  const settings = { ...fitted, disguised: await fitDisguise(cascadeOf(fitted, model), plainTexts(material)) };
  writeFileSync(join(folder, 'cascade.json'), `${JSON.stringify(settings, null, 2)}\n`);
  writeFileSync(join(folder, 'linear.bin'), packModel(ID, model));
  say(`written: ${JSON.stringify(settings)}`);
}

await main();
