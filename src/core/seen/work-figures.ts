// Counts what a worker does, for its `/metrics`: how much of each kind, how it came out, how long it took.

import type { EndedStretch, StretchListener } from './create-observer.ts';
import type { StretchName } from './observer.ts';

/** Upper bounds of the classes of times, in seconds; beyond the last is a class of its own. */
export const secondsBounds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] as const;

export interface Durations {
  n: number;
  seconds: number;
  /** How many took up to each bound, and how many longer. */
  readonly classes: number[];
}

export interface Counted {
  readonly name: StretchName;
  /** Of a call: the role of the model. Else empty. */
  readonly role: string;
  readonly outcome: string;
  n: number;
}

export interface WorkFigures extends StretchListener {
  counts(): readonly Counted[];
  underWay(name: StretchName): number;
  durations(name: StretchName): Durations;
}

const newDurations = (): Durations => ({ n: 0, seconds: 0, classes: [...secondsBounds, 0].map(() => 0) });

export function createWorkFigures(): WorkFigures {
  const counts = new Map<string, Counted>();
  const begun = new Map<StretchName, number>();
  const times = new Map<StretchName, Durations>();
  const durationsOf = (name: StretchName): Durations => {
    const held = times.get(name) ?? newDurations();
    times.set(name, held);
    return held;
  };
  return {
    begun: (name) => void begun.set(name, (begun.get(name) ?? 0) + 1),
    ended({ name, facts, outcome, ms }: EndedStretch) {
      const role = typeof facts.role === 'string' ? facts.role : '';
      const key = `${name} ${role} ${outcome}`;
      const held = counts.get(key) ?? { name, role, outcome, n: 0 };
      counts.set(key, held);
      held.n += 1;
      const durations = durationsOf(name);
      const seconds = ms / 1000;
      durations.n += 1;
      durations.seconds += seconds;
      const place = secondsBounds.findIndex((bound) => seconds <= bound);
      durations.classes[place < 0 ? secondsBounds.length : place]! += 1;
    },
    counts: () => [...counts.values()],
    underWay: (name) => (begun.get(name) ?? 0) - durationsOf(name).n,
    durations: durationsOf,
  };
}
