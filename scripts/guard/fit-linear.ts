// Trains the linear stage on windows, and scores every row by a model that never saw its family.
import { readWindow, windowLogit, windowSpec } from '../../src/guard/window-reading.ts';
import { LinearModel } from '../../src/inference/linear-model.ts';
import { defaultTraining, TrainingSet, trainHead } from '../../src/inference/linear-trainer.ts';
import { type Lesson, lessonsOf, sharpened, weightOf } from './lessons.ts';
import type { Row } from './own-rows.ts';

const training = { ...defaultTraining, alpha: 0.3, l2: 0.1, epochs: 4 };
const firstLook = { ...training, epochs: 2 };

/** Windows of the rows, hashed once for any number of fits. */
export interface Material {
  readonly rows: readonly Row[];
  readonly lessons: readonly Lesson[];
  readonly set: TrainingSet;
}

function fitLessons({ lessons, set }: Material, chosen: readonly number[], options = training): LinearModel {
  const taught = chosen.map((row) => {
    const { target, weight, vague } = lessons[row]!;
    return { row, target, weight: vague && options === firstLook ? weight / 2 : weight };
  });
  return new LinearModel(windowSpec, set.scales, [trainHead(set, 'injection', taught, options)]);
}

/** Cuts the rows into windows; where it is not known which of them holds the attack, a first model chooses. */
export function prepare(rows: readonly Row[]): Material {
  const vague = lessonsOf(rows, weightOf);
  const hash = (lessons: readonly Lesson[]): TrainingSet =>
    new TrainingSet(
      windowSpec,
      lessons.map(({ text }) => readWindow(text)),
    );
  const first = { rows, lessons: vague, set: hash(vague) };
  const model = fitLessons(
    first,
    vague.map((_lesson, index) => index),
    firstLook,
  );
  const lessons = sharpened(
    vague,
    vague.map((lesson) => (lesson.vague ? windowLogit(model, lesson.text) : 0)),
  );
  return { rows, lessons, set: hash(lessons) };
}

/** Learns from every lesson whose row passes. */
export function fitLinear(material: Material, isTaught: (row: Row) => boolean): LinearModel {
  const chosen = material.lessons.flatMap(({ row }, index) => (isTaught(material.rows[row]!) ? [index] : []));
  return fitLessons(material, chosen);
}

const FOLDS = 5;

/** Whole families, each attack with its harmless twins, in one fold; public attack sources in folds of their own. */
export function foldsOf(rows: readonly Row[]): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const { family } of rows) sizes.set(family, (sizes.get(family) ?? 0) + 1);
  const bySize = [...sizes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return new Map(bySize.map(([family], index) => [family, index % FOLDS]));
}

/** Log-odds of every lesson, each from a model that was taught without the lesson's family. */
export function outOfFold(material: Material): Float64Array {
  const folds = foldsOf(material.rows);
  const logits = new Float64Array(material.lessons.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const isHeldOut = (row: Row): boolean => folds.get(row.family) === fold;
    const model = fitLinear(material, (row) => !isHeldOut(row));
    for (const [index, { row, text }] of material.lessons.entries())
      if (isHeldOut(material.rows[row]!)) logits[index] = windowLogit(model, text);
  }
  return logits;
}
