// Injection and jailbreak in two stages: a linear model over every window, and a transformer only where that is unsure.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { logitOf, sigmoid } from '../inference/calibration.ts';
import { lazyModel } from '../inference/weights-file.ts';
import { type Window, windowsOf } from '../inference/windows.ts';
import { type Encoders, openEncoders } from './encoders.ts';
import { restlessCase, WILD_CASE } from './restless-case.ts';
import { windowLogit } from './window-reading.ts';

const folder = fileURLToPath(new URL('../../data/models/modern-guard/', import.meta.url));

const weights = z.object({ bias: z.number(), linear: z.number(), encoder: z.number() });

export type Weights = z.infer<typeof weights>;

/** What training found out beside the weights; log-odds throughout, 0 is where a text starts to count as an attack. */
export const settingsSchema = z.object({
  id: z.string(),
  window: z.object({ length: z.number().int().positive(), stride: z.number().int().positive() }),
  /** The linear model decides alone where its log-odds for a text lie outside; a text of one window has those of the window. */
  unsure: z.tuple([z.number(), z.number()]),
  /** For windows that the linear model decides, or that no encoder can read. */
  alone: weights,
  /** For the others, by the encoder that read them. */
  both: z.object({ english: weights, multilingual: weights }),
  /** What is added to a window that the encoders were asked about and cannot read: in other languages the linear model flags less. */
  unread: z.number().nonnegative(),
  /** What is added where letter case runs wild: nobody writes so who wants to be understood by people alone. */
  disguised: z.number().nonnegative(),
  /** What the threshold rises by with the natural logarithm of the number of windows. */
  rise: z.number().nonnegative(),
});

export type CascadeSettings = z.infer<typeof settingsSchema>;

/** A window and what was found in it. */
export interface ScoredWindow extends Window {
  /** In 0..1, at or above 0.5 an attack. */
  readonly score: number;
  readonly stage: 'linear' | 'encoder';
}

export interface Cascade {
  readonly settings: CascadeSettings;
  /** At once where the linear model is sure of every window. Windows in the order of the text. */
  score(text: string): readonly ScoredWindow[] | Promise<readonly ScoredWindow[]>;
}

/** More windows than these, the likeliest first, are not worth their time to the encoder. */
const MOST_ASKED = 8;

/** Keeps odds finite where a score is 0 or 1 to the last digit. */
const SMALLEST = 1e-13;

/** Log-odds of a window. */
export const scoreLogit = ({ score }: Pick<ScoredWindow, 'score'>): number =>
  Math.log(Math.max(score, SMALLEST) / Math.max(1 - score, SMALLEST));

/** How many windows stand behind the most suspicious one, itself among them: the sum of all odds over its odds. */
function backingOf(logits: readonly number[]): number {
  const most = Math.max(...logits);
  return logits.reduce((sum, logit) => sum + Math.exp(logit - most), 0);
}

export const backing = (windows: readonly Pick<ScoredWindow, 'score'>[]): number => backingOf(windows.map(scoreLogit));

/**
 * What the threshold of a text rises by, in log-odds: with its windows, so that long harmless texts are not flagged more
 * often, and less where many of them look like an attack, as they do when the whole text is one.
 */
const riseFor = (windows: number, backed: number, rise: number): number =>
  Math.max(0, rise * Math.log(windows) - Math.log(backed));

/** Log-odds of a text, of which 0 is where it starts to count as an attack, from those of its windows. */
export const textLogit = (windows: readonly number[], rise: number): number =>
  Math.max(...windows) - riseFor(windows.length, backingOf(windows), rise);

/** The threshold for the most suspicious of so many windows. */
export function thresholdFor(threshold: number, windows: number, backed: number, rise: number): number {
  if (windows <= 1 || threshold <= 0 || threshold >= 1) return threshold;
  return sigmoid(logitOf(threshold) + riseFor(windows, backed, rise));
}

interface Reading extends Window {
  readonly linear: number;
  /** Log-odds for a disguise. */
  readonly disguise: number;
}

/** `linear` gives log-odds of a text; `encoders` null where no transformer can run. */
export function createCascade(
  settings: CascadeSettings,
  linear: (text: string) => number,
  encoders: () => Promise<Encoders | null>,
): Cascade {
  const { unsure, alone, both, window: size } = settings;
  const aloneLogit = (logit: number): number => alone.bias + alone.linear * logit;
  const sure = unsure.map(aloneLogit) as [number, number];
  const decided = ({ start, end, linear: logit, disguise }: Reading, raised = 0): ScoredWindow => ({
    start,
    end,
    score: sigmoid(disguise + raised + aloneLogit(logit)),
    stage: 'linear',
  });

  async function askEncoders(text: string, readings: readonly Reading[], asked: readonly Reading[]) {
    const opened = await encoders();
    const answers = opened === null ? [] : await opened.ask(asked.map(({ start, end }) => text.slice(start, end)));
    const answerOf = new Map(asked.map((reading, index) => [reading, answers[index]]));
    return readings.map((reading): ScoredWindow => {
      const answer = answerOf.get(reading);
      if (answer === undefined) return decided(reading);
      if (answer === null) return decided(reading, settings.unread);
      const { bias, linear: ofLinear, encoder: ofEncoder } = both[answer.by];
      const score = sigmoid(reading.disguise + bias + ofLinear * reading.linear + ofEncoder * answer.logit);
      return { start: reading.start, end: reading.end, score, stage: 'encoder' };
    });
  }

  return {
    settings,
    score(text) {
      const readings = windowsOf(text, size).map((window) => {
        const part = text.slice(window.start, window.end);
        return { ...window, linear: linear(part), disguise: restlessCase(part) >= WILD_CASE ? settings.disguised : 0 };
      });
      if (readings.length === 0) return [];
      const ofText = textLogit(
        readings.map(({ linear: logit }) => aloneLogit(logit)),
        settings.rise,
      );
      if (ofText <= sure[0] || ofText >= sure[1]) return readings.map((reading) => decided(reading));
      const asked = readings.filter((reading) => reading.linear > unsure[0]).sort((a, b) => b.linear - a.linear);
      return askEncoders(text, readings, asked.slice(0, MOST_ASKED));
    },
  };
}

/** The model that ships, read when the first text is scored. */
export function openCascade(): Cascade {
  const settings = settingsSchema.parse(JSON.parse(readFileSync(`${folder}cascade.json`, 'utf8')));
  const linear = lazyModel(`${folder}linear.bin`);
  let opening: Promise<Encoders | null> | null = null;
  const encoders = (): Promise<Encoders | null> => {
    opening ??= openEncoders();
    return opening;
  };
  return createCascade(settings, (text) => windowLogit(linear().model, text), encoders);
}
