// Chooses and tokenises what the encoder learns from: what it can read, balanced over families, without those kept aside.
import { seededRandom } from '../../src/core/random.ts';
import { isReadable, MOST_PIECES } from '../../src/inference/encoder.ts';
import type { WordPiece } from '../../src/inference/word-piece.ts';
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

/** About `count` rows; harmless ones are a little more than half. */
export function encoderRows(
  lessons: readonly Lesson[],
  rows: readonly Row[],
  pieces: WordPiece,
  count: number,
  seed: number,
): EncoderRow[] {
  const random = seededRandom('encoder-rows', seed);
  const groups = new Map<string, Lesson[]>();
  for (const lesson of lessons) {
    const row = rows[lesson.row]!;
    if (isKeptAside(row)) continue;
    const group = `${row.family} ${row.language === 'en' ? 'en' : 'other'} ${lesson.target}`;
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
      const read = pieces.encode(text);
      if (!isReadable(text, read)) return [];
      return [{ ids: pieces.row(read.ids, MOST_PIECES), labels: [target], weights: [weightOf(rows[lesson.row]!)] }];
    }),
  );
}
