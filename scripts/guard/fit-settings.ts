// Finds the numbers beside the weights: thresholds, the band that the encoder is asked about, the weight of its answer.

import { seededRandom } from '../../src/core/random.ts';
import type { CascadeSettings } from '../../src/guard/cascade.ts';
import { fitTemperature, sigmoid } from '../../src/inference/calibration.ts';

/** What both stages say of a window that neither was taught on; `encoder` null where it was not asked. */
export interface Heard {
  readonly linear: number;
  readonly encoder: number | null;
  readonly label: 0 | 1;
  readonly family: string;
  /** Whether neither stage was taught anything of its family. */
  readonly isNew: boolean;
}

/**
 * The share of harmless windows that may pass for attacks while their whole source is unknown to the model: the model
 * that ships knows all sources, and passes fewer.
 */
const MOST_FALSE = 0.01;
/** The encoder is asked about at most this share of harmless windows, and about none above the other. */
const MOST_ASKED = 0.2;
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
function harmlessOf(heard: readonly Heard[]): readonly Heard[] {
  const found = heard.filter(isFound);
  return found.length > 0 ? found : heard.filter(({ label }) => label === 0);
}

const linearOf = (one: Heard): number => one.linear;

/** Logistic regression of two features by gradient steps; classes weigh the same. */
function fitBoth(heard: readonly Heard[]): { linear: number; encoder: number } {
  const positives = heard.filter(({ label }) => label === 1).length;
  let [bias, a, b] = [0, 0.5, 0.5];
  for (let step = 0; step < 2000; step++) {
    let [gradientBias, gradientA, gradientB] = [0, 0, 0];
    for (const { linear, encoder, label } of heard) {
      const weight = label === 1 ? 0.5 / positives : 0.5 / (heard.length - positives);
      const error = weight * (sigmoid(bias + a * linear + b * encoder!) - label);
      gradientBias += error;
      gradientA += error * linear;
      gradientB += error * encoder!;
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

const FEWEST_OF_A_FAMILY = 500;
const STEP = 0.05;
const MOST_UNREAD = 1;

const shareFrom = (level: number, values: readonly number[]): number =>
  values.filter((value) => value >= level).length / values.length;

/**
 * How much lower the threshold lies in other languages than English where our own harmless texts are flagged as often
 * there: in the middle of their families, as both are hard on purpose, each in its way.
 */
function unreadOf(linear: readonly Heard[], value: (one: Heard) => number): number {
  const own = linear.filter(({ label, family }) => label === 0 && family.startsWith('own/'));
  const byFamily = Map.groupBy(own, ({ family }) => family.split(' ')[0]!);
  const pairs = [...byFamily].flatMap(([name, all]) => {
    const english = all.filter(({ family }) => family === name).map(value);
    const other = all.filter(({ family }) => family !== name).map(value);
    return Math.min(english.length, other.length) < FEWEST_OF_A_FAMILY ? [] : [{ english, other }];
  });
  for (let raised = 0; raised < MOST_UNREAD; raised += STEP) {
    const more = pairs.map(({ english, other }) => shareFrom(-raised, other) - shareFrom(0, english));
    if ((more.sort((a, b) => a - b)[Math.floor(more.length / 2)] ?? 0) >= 0) return Math.round(raised * 100) / 100;
  }
  return MOST_UNREAD;
}

/**
 * `linear`: windows whose family the linear model had not seen; `both`: those of them that the encoder had not seen
 * either, with its answers. Log-odds are shifted so that 0 is the threshold in force.
 */
export function fitSettings(
  id: string,
  window: { readonly length: number; readonly stride: number },
  linear: readonly Heard[],
  both: readonly Heard[],
): CascadeSettings {
  const harmless = harmlessOf(linear);
  const threshold = levelAbove(harmless, linearOf, MOST_FALSE);
  // Of harmless texts as people wrote them, as the level is: ours would make what is sure look doubtful.
  const told = [...linear.filter(({ label }) => label === 1), ...harmless];
  const slope = fitTemperature(told.map(({ linear: logit, label }) => ({ logit, label })));
  const scale = slope.kind === 'temperature' ? slope.scale : 1;
  const alone = { bias: -threshold * scale, linear: scale, encoder: 0 };
  const unsure: [number, number] = [levelAbove(harmless, linearOf, MOST_ASKED), levelAbove(harmless, linearOf, SURE)];
  const rise = riseOf(harmless, (one) => alone.bias + alone.linear * one.linear);
  const heard = both.filter(({ encoder }) => encoder !== null);
  if (heard.length === 0) return { id, window, unsure: [0, 0], alone, both: alone, unread: 0, disguised: 0, rise };
  const isAsked = ({ linear: logit }: Heard): boolean => logit > unsure[0] && logit < unsure[1];
  const weights = fitBoth(heard.filter(({ label, isNew }) => label === 0 || isNew));
  const together = (one: Heard): number => weights.linear * one.linear + weights.encoder * one.encoder!;
  const heardHarmless = harmlessOf(heard);
  // What the linear stage does not spend of the false positives is left for the windows that the encoder is asked about.
  const inBand = (one: Heard): number => (isAsked(one) ? together(one) : Number.NEGATIVE_INFINITY);
  const bothThreshold = levelAbove(heardHarmless, inBand, MOST_FALSE - SURE);
  const unread = unreadOf(linear, (one) => alone.bias + alone.linear * one.linear);
  return { id, window, unsure, alone, both: { bias: -bothThreshold, ...weights }, unread, disguised: 0, rise };
}
