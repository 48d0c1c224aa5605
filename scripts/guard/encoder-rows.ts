// Chooses and tokenises what an encoder learns from: what it can read, balanced over families, without those kept aside.
import { seededRandom } from '../../src/core/random.ts';
import { type Lesson, weightOf } from './lessons.ts';
import type { Row } from './own-rows.ts';
import type { EncoderRow } from './train-encoder.ts';

/**
 * Families that the encoder never sees: its weight beside the linear model and the thresholds are fitted on them, and
 * attacks of theirs are what `bench:guard --adaptive` mutates.
 */
const keptAside = new Set(['own/verdict', 'own/pressure', 'own/memory', 'gpteacher_doc']);

export const isKeptAside = ({ family }: Row): boolean => keptAside.has(family);

/** Few rows of a family count more each, so that a large source does not decide alone. */
const shareOf = (size: number, ofAll: number): number => Math.min(1, ofAll / Math.sqrt(size));

/** What may be chosen from; `row` gives the pieces of a text that the encoder is to be asked about, null for others. */
export interface EncoderMaterial {
  readonly lessons: readonly Lesson[];
  readonly rows: readonly Row[];
  readonly row: (text: string) => readonly number[] | null;
  /** Lessons of one name are balanced against those of others. */
  readonly groupOf: (row: Row) => string;
}

/** About `count` rows; harmless ones are a little more than half. */
export function encoderRows(
  { lessons, rows, row: read, groupOf }: EncoderMaterial,
  count: number,
  seed: number,
): EncoderRow[] {
  const random = seededRandom('encoder-rows', seed);
  const groups = new Map<string, Lesson[]>();
  for (const lesson of lessons) {
    const row = rows[lesson.row]!;
    if (isKeptAside(row)) continue;
    const group = `${groupOf(row)} ${lesson.target}`;
    const known = groups.get(group) ?? [];
    known.push(lesson);
    groups.set(group, known);
  }
  const wanted = [0, 1].map((target) => {
    const sizes = [...groups.entries()]
      .filter(([name]) => name.endsWith(String(target)))
      .map(([, each]) => each.length);
    return (count * (target === 0 ? 0.55 : 0.45)) / sizes.reduce((sum, size) => sum + Math.sqrt(size), 0);
  });
  return [...groups.values()].flatMap((group) =>
    group.flatMap((lesson) => {
      const { text, target } = lesson;
      if (random.next() >= shareOf(group.length, wanted[target]!)) return [];
      const ids = read(text);
      if (ids === null) return [];
      return [{ ids, labels: [target], weights: [weightOf(rows[lesson.row]!)] }];
    }),
  );
}
