// Fits one category of the moderation model: a head over sentence vectors, and where its threshold lies.
import { fitHead, type Head, headLogit } from '../guard/embedding-head.ts';
import { levelAbove } from '../guard/fit-settings.ts';
import type { ModerationRow } from './moderation-rows.ts';

/** A row with its unit vector; rows of one fold are left out together. */
export interface Placed extends ModerationRow {
  readonly vector: Float32Array;
  readonly fold: number;
}

export const FOLDS = 3;
/** The share of ordinary texts of unknown sources that may lie above the threshold of one category. */
const MOST_FALSE = 0.0015;
/** Every so many ordinary texts stand beside what one writer wrote. */
const ORDINARY_STEP = 3;
const training = { steps: 120, l2: 1e-4 };

/** What a row counts for a category: harmless texts on the subject threefold, what breaks other rules hardly. */
const weightOf = ({ kind, category }: ModerationRow, wanted: string): number => {
  if (category === wanted) return kind === 'harmless' ? 3 : 1;
  return kind === 'attack' ? 0.2 : 1;
};

const isOf = ({ kind, category }: ModerationRow, wanted: string): boolean => kind === 'attack' && category === wanted;

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
        ...{ vector: row.vector, isPositive: isOf(row, category), weight: weightOf(row, category) },
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

/** `heldOut`: log-odds by row, 0 at the threshold, each by a head that was taught nothing of the row's fold. */
export interface FittedCategory {
  readonly head: Head;
  readonly heldOut: readonly number[];
}

export function fitCategory(rows: readonly Placed[], category: string): FittedCategory {
  const folds = Array.from({ length: FOLDS }, (_, fold) =>
    fitWriters(
      rows.filter((row) => row.fold !== fold),
      category,
    ),
  );
  const heard = rows.map(({ vector, fold, source, kind }) => ({
    logit: headLogit(folds[fold]!, vector),
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
