// Seeded randomness: the same words in, the same numbers out, on every machine.
import { hash } from 'node:crypto';

/** Draws of one purpose. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** Whole number in [0, bound). */
  below(bound: number): number;
}

/**
 * A generator whose stream depends only on the given words, e.g. (scan seed, case, attack, try).
 * sfc32 (Chris Doty-Humphrey, PractRand), seeded by SHA-256 of the words joined by 0x1f.
 */
export function seededRandom(...words: readonly (string | number)[]): Random {
  let uint32: (() => number) | null = null;
  // Seeded with the first draw: most attacks are handed a generator and draw nothing.
  const next = (): number => {
    uint32 ??= sfc32(hash('sha256', words.join('\u001f'), 'buffer'));
    return uint32() / 4294967296;
  };
  return { next, below: (bound) => Math.floor(next() * bound) };
}

function sfc32(seed: Buffer): () => number {
  let a = seed.readInt32LE(0);
  let b = seed.readInt32LE(4);
  let c = seed.readInt32LE(8);
  let counter = 1;
  const nextUint32 = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) nextUint32();
  return nextUint32;
}

/** `count` different indices below `total`, ascending; all of them where there are no more. */
export function sampleIndices(total: number, count: number, random: Random): number[] {
  if (count >= total) return Array.from({ length: total }, (_, index) => index);
  const chosen = new Set<number>();
  // Floyd's algorithm: one draw a pick, no list of `total` entries.
  for (let top = total - count; top < total; top++) {
    const pick = random.below(top + 1);
    chosen.add(chosen.has(pick) ? top : pick);
  }
  return [...chosen].sort((x, y) => x - y);
}

/** The items in an order drawn anew (Fisher and Yates, from the last to the second). */
export function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const pick = random.below(last + 1);
    [order[last], order[pick]] = [order[pick]!, order[last]!];
  }
  return order;
}
