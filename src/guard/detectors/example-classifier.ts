// A classifier fitted to a few examples of two kinds, by meaning: which of the two mean vectors a text is nearer to.
import { type Embedder, similarity } from '../../inference/embedder.ts';

export interface Examples {
  readonly allowed: readonly string[];
  readonly forbidden: readonly string[];
}

export interface FittedExamples {
  /** Share of the examples told rightly by the others, each left out once. */
  readonly accuracy: number;
  readonly n: number;
  /** How likely the text is of the forbidden kind, 0..1. */
  score(text: string): Promise<number>;
}

function meanOf(vectors: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(vectors[0]!.length);
  for (const vector of vectors) for (let i = 0; i < mean.length; i++) mean[i]! += vector[i]!;
  const length = Math.hypot(...mean);
  return mean.map((value) => value / length);
}

const without = <Value>(list: readonly Value[], left: number): Value[] =>
  list.filter((_value, index) => index !== left);

/** Leave-one-out (Stone, 1974): margins of the examples, each seen by the means of all others. Positive is forbidden. */
function marginsOf(allowed: readonly Float32Array[], forbidden: readonly Float32Array[]): number[] {
  const [meanAllowed, meanForbidden] = [meanOf(allowed), meanOf(forbidden)];
  return [
    ...allowed.map(
      (vector, i) => -(similarity(vector, meanForbidden) - similarity(vector, meanOf(without(allowed, i)))),
    ),
    ...forbidden.map(
      (vector, i) => similarity(vector, meanOf(without(forbidden, i))) - similarity(vector, meanAllowed),
    ),
  ];
}

/** Needs at least two examples of each kind. */
export async function fitExamples(embedder: Embedder, examples: Examples): Promise<FittedExamples> {
  const allowed = await embedder.embed(examples.allowed);
  const forbidden = await embedder.embed(examples.forbidden);
  const margins = marginsOf(allowed, forbidden);
  const right = margins.filter((margin) => margin > 0).length;
  const usual = margins.reduce((sum, margin) => sum + Math.abs(margin), 0) / margins.length;
  const [meanAllowed, meanForbidden] = [meanOf(allowed), meanOf(forbidden)];
  return {
    accuracy: right / margins.length,
    n: margins.length,
    async score(text) {
      const [vector] = await embedder.embed([text]);
      const margin = similarity(vector!, meanForbidden) - similarity(vector!, meanAllowed);
      // At a usual margin the answer is 9 : 1.
      return 1 / (1 + Math.exp((-2.2 * margin) / Math.max(usual, 1e-6)));
    },
  };
}
