// What a scan knows of the guard: whether it is in play, what it stops, and who stopped a test.
/** `only`: the guard alone, the target is not asked. `both`: the target is asked bare, and the guard about the same words. */
export const guardModes = ['none', 'only', 'both'] as const;
export type GuardMode = (typeof guardModes)[number];

/** Who stopped a test, in the order in which they stand between a request and its reader. */
export const stoppers = ['guard_in', 'provider', 'model', 'guard_out', 'nobody'] as const;
export type StoppedBy = (typeof stoppers)[number];

/** What the guard said of one conversation. */
export interface Guarded {
  /** Where it stopped it; null where it let it pass. */
  readonly at: 'in' | 'out' | null;
  /** Ids of the policies that stopped it. */
  readonly policies: readonly string[];
  /** Whether the target was left unasked. */
  readonly alone: boolean;
  /** What it comes to hangs on a detector that could not decide; left out where none does. */
  readonly undecided?: true;
}

/** A policy that a scan was held to. */
export interface HeldPolicy {
  readonly id: string;
  readonly version: number;
  /** Of what it says, whatever its version. */
  readonly sha256: string;
}
