// Finds the numbers beside the weights: thresholds, the band that the encoder is asked about, the weight of its answer.

import { seededRandom } from '../../src/core/random.ts';
import type { CascadeSettings, Weights } from '../../src/guard/cascade.ts';
import type { Answer, EncoderName } from '../../src/guard/encoders.ts';
import { fitTemperature, sigmoid } from '../../src/inference/calibration.ts';
import { raisedAs, type Valued } from './fit-raise.ts';

/** What both stages say of a window that neither was taught on; `answer` null where no encoder was asked or could read it. */
export interface Heard {
  readonly linear: number;
  readonly answer: Answer | null;
  readonly label: 0 | 1;
  readonly family: string;
}

/** One that an encoder read. */
type Read = Heard & { readonly answer: Answer };

/**
 * The share of harmless windows that may pass for attacks while their whole source is unknown to the model: the model
 * that ships knows all sources, and passes fewer.
 */
const MOST_FALSE = 0.01;
/** Of two stages an attack has to deceive both: they are granted as many as the linear one alone would pass at this share. */
const MOST_FALSE_TOGETHER = 0.02;
/** The encoder is asked about at most this share of harmless windows, and about none above the other. */
const MOST_ASKED = 0.11;
const SURE = 0.001;

/** Harmless texts as people wrote them. Ours quote and imitate attacks on purpose: too hard, left out, to set a level by. */
export const isFound = ({ label, family }: Pick<Heard, 'label' | 'family'>): boolean =>
  label === 0 && !family.startsWith('own/');

/** The value that a share of the (positive) weights lies above. Families weigh by the root of their size. */
export function levelAbove<One extends Pick<Heard, 'family'>>(
  heard: readonly One[],
  value: (one: One) => number,
  share: number,
): number {
  const sizes = new Map<string, number>();
  for (const { family } of heard) sizes.set(family, (sizes.get(family) ?? 0) + 1);
  const weighed = heard
    .map((one) => ({ value: value(one), weight: 1 / Math.sqrt(sizes.get(one.family)!) }))
    .sort((a, b) => b.value - a.value);
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0);
  let passed = 0;
  for (const { value: level, weight } of weighed) {
    passed += weight;
    if (passed > total * share) return level;
  }
  return Number.NEGATIVE_INFINITY;
}

/** Those, or all harmless ones where no public rows were at hand. */
function harmlessOf<One extends Heard>(heard: readonly One[]): readonly One[] {
  const found = heard.filter(isFound);
  return found.length > 0 ? found : heard.filter(({ label }) => label === 0);
}

const linearOf = (one: Heard): number => one.linear;

/** Logistic regression of two features by gradient steps; classes weigh the same. */
function fitBoth(heard: readonly Read[]): { linear: number; encoder: number } {
  const positives = heard.filter(({ label }) => label === 1).length;
  let [bias, a, b] = [0, 0.5, 0.5];
  for (let step = 0; step < 2000; step++) {
    let [gradientBias, gradientA, gradientB] = [0, 0, 0];
    for (const { linear, answer, label } of heard) {
      const weight = label === 1 ? 0.5 / positives : 0.5 / (heard.length - positives);
      const error = weight * (sigmoid(bias + a * linear + b * answer.logit) - label);
      gradientBias += error;
      gradientA += error * linear;
      gradientB += error * answer.logit;
    }
    bias -= 0.5 * gradientBias;
    a = Math.max(0, a - 0.5 * gradientA);
    b = Math.max(0, b - 0.5 * gradientB);
  }
  return { linear: a, encoder: b };
}

/** How the odds of many harmless windows grow with their number: documents are drawn from one family each. */
function riseOf(harmless: readonly Heard[], value: (one: Heard) => number): number {
  const random = seededRandom('rise', harmless.length);
  const families = new Map<string, number[]>();
  for (const one of harmless) families.set(one.family, [...(families.get(one.family) ?? []), value(one)]);
  const large = [...families.values()].filter((values) => values.length >= 200);
  const needed = [4, 16, 64, 256].map((windows) => {
    const sums = Array.from({ length: 2000 }, () => {
      const values = large[random.below(large.length)]!;
      let odds = 0;
      for (let drawn = 0; drawn < windows; drawn++) odds += Math.exp(values[random.below(values.length)]!);
      return Math.log(odds);
    }).sort((a, b) => b - a);
    return Math.max(0, sums[Math.floor(sums.length * (windows > 100 ? 0.02 : 0.01))]!) / Math.log(windows);
  });
  return Math.max(...needed);
}

/** Harmless ones under the bare name of their family. */
const harmlessIn = <One extends Heard>(
  heard: readonly One[],
  isMeant: (one: One) => boolean,
  value: (one: One) => number,
) =>
  heard.flatMap((one): Valued[] =>
    one.label === 0 && isMeant(one) ? [{ family: one.family.split(' ')[0]!, value: value(one) }] : [],
  );

const isEnglish = ({ family }: Heard): boolean => !family.includes(' ');
const isOwn = ({ family }: Heard): boolean => family.startsWith('own/');

const isReadBy =
  (name: EncoderName) =>
  (one: Heard): one is Read =>
    one.answer?.by === name;

interface Stage {
  readonly unsure: readonly [number, number];
  readonly alone: Weights;
  /** Of families that no stage knows: what it was taught of the others it knows by heart. */
  readonly heard: readonly Heard[];
}

const aloneLogit = ({ alone }: Pick<Stage, 'alone'>, one: Heard): number => alone.bias + alone.linear * one.linear;

/** What both stages say of it, but for the bias of `weights`; where the linear stage is sure, what it says is never in doubt. */
function together({ unsure }: Stage, { linear, encoder }: Omit<Weights, 'bias'>, one: Read): number {
  if (one.linear <= unsure[0]) return Number.NEGATIVE_INFINITY;
  if (one.linear >= unsure[1]) return Number.POSITIVE_INFINITY;
  return linear * one.linear + encoder * one.answer.logit;
}

/** With an encoder as many harmless windows are flagged as by the linear stage alone at this level of its own: `lenient`. */
function fitEnglish(stage: Stage, lenient: number): Weights {
  const read = stage.heard.filter(isReadBy('english'));
  const weights = fitBoth(read);
  const alone = harmlessIn(read, isEnglish, (one) => one.linear - lenient);
  const both = harmlessIn(read, isEnglish, (one) => together(stage, weights, one));
  return { bias: raisedAs(alone, both, Number.NEGATIVE_INFINITY), ...weights };
}

/** Hardly anything harmless of other people is at hand in other languages: ours are to be flagged as often as ours in English. */
function fitMultilingual(stage: Stage): Weights {
  const read = stage.heard.filter(isReadBy('multilingual'));
  if (read.length === 0) return stage.alone;
  const weights = fitBoth(read);
  const english = harmlessIn(
    stage.heard,
    (one) => isEnglish(one) && isOwn(one),
    (one) => aloneLogit(stage, one),
  );
  const others = harmlessIn(
    read,
    (one) => !isEnglish(one) && isOwn(one),
    (one) => together(stage, weights, one),
  );
  return { bias: raisedAs(english, others, Number.NEGATIVE_INFINITY), ...weights };
}

/**
 * `linear`: windows whose family the linear model had not seen; `heard`: those of them that an encoder read which had not
 * seen them either. Log-odds are shifted so that 0 is the threshold in force.
 */
export function fitSettings(
  id: string,
  window: { readonly length: number; readonly stride: number },
  linear: readonly Heard[],
  heard: readonly Heard[],
): CascadeSettings {
  const harmless = harmlessOf(linear);
  const threshold = levelAbove(harmless, linearOf, MOST_FALSE);
  // Of harmless texts as people wrote them, as the level is: ours would make what is sure look doubtful.
  const told = [...linear.filter(({ label }) => label === 1), ...harmless];
  const slope = fitTemperature(told.map(({ linear: logit, label }) => ({ logit, label })));
  const scale = slope.kind === 'temperature' ? slope.scale : 1;
  const alone = { bias: -threshold * scale, linear: scale, encoder: 0 };
  const rise = riseOf(harmless, (one) => aloneLogit({ alone }, one));
  const common = { id, window, alone, disguised: 0, rise };
  if (!heard.some(isReadBy('english')))
    return { ...common, unsure: [0, 0], both: { english: alone, multilingual: alone }, unread: 0 };
  const unsure: [number, number] = [levelAbove(harmless, linearOf, MOST_ASKED), levelAbove(harmless, linearOf, SURE)];
  const stage = { unsure, alone, heard };
  const valuesOf = (inEnglish: boolean): Valued[] =>
    harmlessIn(
      linear,
      (one) => isOwn(one) && isEnglish(one) === inEnglish,
      (one) => aloneLogit(stage, one),
    );
  const unread = raisedAs(valuesOf(true), valuesOf(false), 0);
  return {
    ...common,
    unsure,
    both: {
      english: fitEnglish(stage, levelAbove(harmless, linearOf, MOST_FALSE_TOGETHER)),
      multilingual: fitMultilingual(stage),
    },
    unread,
  };
}
