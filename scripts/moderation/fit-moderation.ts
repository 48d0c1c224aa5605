// Fits one category of the moderation model: a head over sentence vectors beside the encoder's answer, and where the
// threshold of their sum lies. The vectors tell the subject, the encoder what is wished for.
import { MOST_PIECES } from '../../src/inference/encoder-reader.ts';
import type { WordPiece } from '../../src/inference/word-piece.ts';
import { fitHead, type Head, headLogit } from '../guard/embedding-head.ts';
import { levelAbove } from '../guard/fit-settings.ts';
import type { EncoderRow } from '../guard/train-encoder.ts';
import { categories, type ModerationRow } from './moderation-rows.ts';

/** A row with its unit vector; rows of one fold are left out together. */
export interface Placed extends ModerationRow {
  readonly vector: Float32Array;
  readonly fold: number;
  /** Log-odds by category, by an encoder that was taught nothing of the row's fold. */
  readonly answer: Float32Array;
}

/** All that a writer wrote, or a source, lies in one. */
export const FOLDS = 2;
/** The share of ordinary texts of unknown sources that may lie above the threshold of one category: some 1 % for all eight. */
const MOST_FALSE = 0.0025;
/** Every so many ordinary texts stand beside what one writer wrote. */
const ORDINARY_STEP = 3;
const training = { steps: 120, l2: 1e-4 };

export const foldsOf = (rows: readonly ModerationRow[]): number[] => {
  const sources = [...new Set(rows.map(({ source }) => source))];
  return rows.map(({ source }) => sources.indexOf(source) % FOLDS);
};

/** What a row counts for a category: harmless texts on the subject threefold, what breaks other rules hardly. */
const weightOf = ({ kind, category }: ModerationRow, wanted: string, ofItsOwn: number): number => {
  if (category === wanted) return kind === 'harmless' ? 3 : ofItsOwn;
  return kind === 'attack' ? 0.2 : 1;
};

const isOf = ({ kind, category }: ModerationRow, wanted: string): boolean => kind === 'attack' && category === wanted;

/** What the encoder is taught. Unlike for heads, whose classes are balanced, a row that breaks the rule counts double. */
export const lessonOf = (row: ModerationRow, pieces: WordPiece): EncoderRow => ({
  ids: pieces.row(pieces.encode(row.text).ids, MOST_PIECES),
  labels: categories.map((category) => (isOf(row, category) ? 1 : 0)),
  weights: categories.map((category) => weightOf(row, category, 2)),
});

/**
 * One head a writer, each beside the ordinary texts; their mean is a head again. What one wrote in few plain sentences and
 * another in many long ones then counts alike (bagging by group, after Breiman 1996).
 */
function fitWriters(rows: readonly Placed[], category: string): Head {
  const ordinary = rows.filter(({ kind }) => kind === 'ordinary').filter((_row, place) => place % ORDINARY_STEP === 0);
  const written = Map.groupBy(
    rows.filter(({ kind }) => kind !== 'ordinary'),
    ({ source }) => source,
  );
  const heads = [...written.values()].map((own) =>
    fitHead(
      [...own, ...ordinary].map((row) => ({
        ...{ vector: row.vector, isPositive: isOf(row, category), weight: weightOf(row, category, 1) },
      })),
      training,
    ),
  );
  const mean = (of: (head: Head) => number): number => heads.reduce((sum, head) => sum + of(head), 0) / heads.length;
  return {
    bias: mean(({ bias }) => bias),
    weights: heads[0]!.weights.map((_weight, at) => mean(({ weights }) => weights[at]!)),
  };
}

/** `heldOut`: log-odds by row, 0 at the threshold, each by models that were taught nothing of the row's fold. */
export interface FittedCategory {
  readonly head: Head;
  readonly heldOut: readonly number[];
}

export function fitCategory(rows: readonly Placed[], category: string): FittedCategory {
  const at = categories.indexOf(category);
  const folds = Array.from({ length: FOLDS }, (_, fold) =>
    fitWriters(
      rows.filter((row) => row.fold !== fold),
      category,
    ),
  );
  const heard = rows.map(({ vector, fold, source, kind, answer }) => ({
    logit: headLogit(folds[fold]!, vector) + answer[at]!,
    family: source,
    kind,
  }));
  const level = levelAbove(
    heard.filter(({ kind }) => kind === 'ordinary'),
    ({ logit }) => logit,
    MOST_FALSE,
  );
  const whole = fitWriters(rows, category);
  return { head: { ...whole, bias: whole.bias - level }, heldOut: heard.map(({ logit }) => logit - level) };
}
