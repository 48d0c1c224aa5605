// How far two judges agree: the share, and Cohen's kappa, which takes away what chance alone would give.
import { type Rate, wilson } from './interval.ts';

/** What both said, and how often. */
export interface Pairing {
  readonly first: string;
  readonly second: string;
  readonly n: number;
}

/** `kappa` is 1 where all agree, 0 at chance, null where there is nothing to compare; its interval is 95 %. */
export interface Agreement {
  readonly agreed: Rate;
  readonly kappa: number | null;
  readonly kappaLow: number | null;
  readonly kappaHigh: number | null;
}

const Z = 1.959963984540054;

function sumBy(pairings: readonly Pairing[], keyOf: (pairing: Pairing) => string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const pairing of pairings) sums.set(keyOf(pairing), (sums.get(keyOf(pairing)) ?? 0) + pairing.n);
  return sums;
}

/**
 * Cohen's kappa (1960) with the simple large-sample standard error sqrt(po (1 - po) / (n (1 - pe)^2)). Where both only
 * ever said one and the same thing, kappa is not defined: null.
 */
export function agreementOf(pairings: readonly Pairing[]): Agreement {
  const n = pairings.reduce((sum, pairing) => sum + pairing.n, 0);
  const same = pairings.reduce((sum, { first, second, n: times }) => (first === second ? sum + times : sum), 0);
  const agreed = wilson(same, n);
  const firsts = sumBy(pairings, ({ first }) => first);
  const seconds = sumBy(pairings, ({ second }) => second);
  const byChance = [...firsts].reduce((sum, [said, times]) => sum + (times * (seconds.get(said) ?? 0)) / (n * n), 0);
  if (agreed.rate === null || byChance === 1) return { agreed, kappa: null, kappaLow: null, kappaHigh: null };
  const kappa = (agreed.rate - byChance) / (1 - byChance);
  const half = (Z * Math.sqrt((agreed.rate * (1 - agreed.rate)) / n)) / (1 - byChance);
  return { agreed, kappa, kappaLow: Math.max(-1, kappa - half), kappaHigh: Math.min(1, kappa + half) };
}
