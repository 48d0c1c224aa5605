// Which fault befalls a request: drawn from the seed and the number of its arrival, so that a run can be repeated.
import { seededRandom } from '../core/random.ts';
import type { SimulatedTargetOptions } from './target-options.ts';

export const faults = ['rate-limited', 'server-error', 'hang', 'cut', 'empty'] as const;
export type Fault = (typeof faults)[number];

export interface Fate {
  readonly fault: Fault | null;
  /** Milliseconds until the answer begins. */
  readonly delayMs: number;
}

const knobOf: Readonly<Record<Fault, 'rate429' | 'failRate' | 'hang' | 'cut' | 'empty'>> = {
  'rate-limited': 'rate429',
  'server-error': 'failRate',
  hang: 'hang',
  cut: 'cut',
  empty: 'empty',
};

type Knobs = Pick<SimulatedTargetOptions, 'rate429' | 'failRate' | 'hang' | 'cut' | 'empty' | 'latencyMs' | 'jitterMs'>;

/**
 * Draws the fate of each request. Every knob has a draw of its own, so that turning one does not change what the others
 * do; where several strike, the first of the list wins.
 */
export function fateOf(knobs: Knobs, seed: number): (arrival: number) => Fate {
  const latency = knobs.latencyMs ?? 0;
  const jitter = knobs.jitterMs ?? 0;
  const quiet = jitter === 0 && faults.every((fault) => (knobs[knobOf[fault]] ?? 0) === 0);
  if (quiet) return () => ({ fault: null, delayMs: latency });
  return (arrival) => {
    const random = seededRandom(seed, 'fate', arrival);
    const struck = faults.map((fault) => random.next() < (knobs[knobOf[fault]] ?? 0));
    const delayMs = Math.max(0, latency + (random.next() * 2 - 1) * jitter);
    return { fault: faults[struck.indexOf(true)] ?? null, delayMs };
  };
}
