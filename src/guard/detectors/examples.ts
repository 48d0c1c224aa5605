// Nearness to examples: the cosine of hashed n-grams between a text and the nearest of a set of examples.
import { z } from 'zod';
import { type FieldSpec, TextHasher } from '../../inference/text-hash.ts';
import type { Detector } from './detector.ts';

const MOST_EXAMPLES = 200;
const LONGEST_EXAMPLE = 2_000;
const BITS = 18;
const FIELD: FieldSpec = { name: 'text', words: [1, 2], characters: [4, 5], longest: 4_000 };

const reference = z
  .strictObject({ near: z.array(z.string().min(1).max(LONGEST_EXAMPLE)).min(1).max(MOST_EXAMPLES) })
  .describe('an object with examples of what is to be found: near');

/** The presence of n-grams; letters, signs and case that do not matter are folded by the hasher. */
export interface NgramVector {
  readonly buckets: ReadonlySet<number>;
}

let hasher: TextHasher | null = null;

export function vectorOf(text: string): NgramVector {
  hasher ??= new TextHasher([FIELD], BITS);
  const { buckets, length } = hasher.hash([text]);
  return { buckets: new Set(buckets.subarray(0, length)) };
}

/** Cosine of two presence vectors, 0..1. */
export function nearness({ buckets: a }: NgramVector, { buckets: b }: NgramVector): number {
  if (a.size === 0 || b.size === 0) return 0;
  const [fewer, more] = a.size < b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const bucket of fewer) if (more.has(bucket)) shared += 1;
  return shared / Math.sqrt(a.size * b.size);
}

/** How near the text is to the nearest of these, 0..1. */
export function nearestOf(text: string, known: readonly NgramVector[]): number {
  const vector = vectorOf(text);
  return known.reduce((best, each) => Math.max(best, nearness(vector, each)), 0);
}

export const examples: Detector = {
  id: 'examples',
  title: 'Nearness to examples',
  summary: 'Finds texts that share most of their wording with one of a set of examples.',
  version: 1,
  cost: 'linear',
  experimental: true,
  reads: 'forms',
  asks: 'message',
  threshold: 0.6,
  reference,
  open(given) {
    const known = reference.parse(given).near.map(vectorOf);
    return {
      detect(text) {
        const score = nearestOf(text, known);
        return { score, labels: [{ label: 'NEAR_EXAMPLE', score }], spans: [] };
      },
    };
  },
};
