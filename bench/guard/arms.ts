// The three forms of the injection detector that are measured: linear stage alone, transformer alone, both.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Cascade, createCascade, scoreLogit, settingsSchema, textLogit } from '../../src/guard/cascade.ts';
import type { Encoders } from '../../src/guard/encoders.ts';
import { formsOf } from '../../src/guard/forms.ts';
import { windowLogit } from '../../src/guard/window-reading.ts';
import { lazyModel } from '../../src/inference/weights-file.ts';

const folder = fileURLToPath(new URL('../../data/models/modern-guard/', import.meta.url));

export const shippedSettings = settingsSchema.parse(JSON.parse(readFileSync(`${folder}cascade.json`, 'utf8')));
const shipped = lazyModel(`${folder}linear.bin`);
export const shippedLinear = (text: string): number => windowLogit(shipped().model, text);

export interface Arm {
  readonly name: 'linear' | 'transformer' | 'cascade';
  readonly cascade: Cascade;
}

/** `linear` stands in for the shipped one where a bench trains its own without some family. */
export function armsWith(linear: (text: string) => number, encoders: Encoders | null): Arm[] {
  const alone = createCascade({ ...shippedSettings, unsure: [0, 0] }, linear, async () => null);
  if (encoders === null) return [{ name: 'linear', cascade: alone }];
  const everywhere = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as [number, number];
  // Its own zero: log-odds as trained, without the linear stage's say.
  const itself = { bias: 0, linear: 0, encoder: 1 };
  return [
    { name: 'linear', cascade: alone },
    {
      name: 'transformer',
      cascade: createCascade(
        { ...shippedSettings, unsure: everywhere, both: { english: itself, multilingual: itself } },
        () => 0,
        async () => encoders,
      ),
    },
    { name: 'cascade', cascade: createCascade(shippedSettings, linear, async () => encoders) },
  ];
}

export interface Measured {
  /** Log-odds above the threshold in force: at or above 0 the text is flagged. */
  readonly margin: number;
  /** Whether any window of any form went to the encoder. */
  readonly asked: boolean;
  readonly windows: number;
}

const FARTHEST = 30;

/** As the guard reads a text: all its forms, each in windows, the worst decides. */
export async function measure(cascade: Cascade, text: string): Promise<Measured> {
  let worst: Measured = { margin: -FARTHEST, asked: false, windows: 0 };
  for (const form of formsOf(text)) {
    const windows = await cascade.score(form.text);
    if (windows.length === 0) continue;
    const margin = textLogit(windows.map(scoreLogit), cascade.settings.rise);
    const asked = worst.asked || windows.some(({ stage }) => stage === 'encoder');
    worst = { margin: Math.max(worst.margin, margin), asked, windows: Math.max(worst.windows, windows.length) };
  }
  return worst;
}

/** Area under the curve of margins, 0..1; null where a class is missing. */
export function areaUnder(positives: readonly number[], negatives: readonly number[]): number | null {
  if (positives.length === 0 || negatives.length === 0) return null;
  const sorted = [...positives.map((at) => ({ at, hit: 1 })), ...negatives.map((at) => ({ at, hit: 0 }))].sort(
    (a, b) => a.at - b.at,
  );
  let ranks = 0;
  for (let from = 0; from < sorted.length; ) {
    let to = from;
    while (to < sorted.length && sorted[to]!.at === sorted[from]!.at) to++;
    for (let place = from; place < to; place++) ranks += sorted[place]!.hit * ((from + to + 1) / 2);
    from = to;
  }
  return (ranks - (positives.length * (positives.length + 1)) / 2) / (positives.length * negatives.length);
}

/** The margin that at most this share of the values lies above. */
export function marginAt(share: number, negatives: readonly number[]): number {
  const sorted = [...negatives].sort((a, b) => b - a);
  return sorted[Math.floor(sorted.length * share)] ?? Number.POSITIVE_INFINITY;
}
