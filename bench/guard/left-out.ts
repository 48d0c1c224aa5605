// Trains a linear stage without the families that the encoder never saw, and measures what is left of it.
import { fileURLToPath } from 'node:url';
import { isKeptAside } from '../../scripts/guard/encoder-rows.ts';
import { fitLinear, prepare } from '../../scripts/guard/fit-linear.ts';
import { ownRows } from '../../scripts/guard/own-rows.ts';
import { plantedRows, publicRows } from '../../scripts/guard/public-rows.ts';
import type { Encoders } from '../../src/guard/encoders.ts';
import { windowLogit } from '../../src/guard/window-reading.ts';
import { readLines } from './accuracy.ts';
import { adaptive } from './adaptive.ts';
import { armsWith } from './arms.ts';
import { type Labelled, lengths } from './lengths.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const SEED = 1;

export async function measureLeftOut(folder: string, encoders: Encoders | null) {
  const own = ownRows(`${root}data`, SEED);
  const publics = publicRows(`${folder}/guard_train.jsonl`, SEED);
  const rows = [...own, ...publics, ...plantedRows(publics, own, 4000, SEED)];
  const material = prepare(rows.filter((row) => !isKeptAside(row)));
  const model = fitLinear(material, () => true);
  const arms = armsWith((text) => windowLogit(model, text), encoders);
  const leftOut = own.filter(isKeptAside);
  const found: Record<string, unknown> = {};
  for (const arm of arms) if (arm.name !== 'transformer') found[arm.name] = await adaptive(arm, leftOut);
  const sentences = leftOut
    .filter(
      ({ label, language, payload, text }) =>
        label === 1 && language === 'en' && payload === undefined && text.length < 300,
    )
    .map(({ text }) => text);
  const lines = readLines<Labelled>(folder, 'guard_dev');
  return { adaptive: found, lengths: lines === null ? null : await lengths(arms.at(-1)!, lines, sentences) };
}
