// How many calls a worker may have under way at a target that several workers call: pure arithmetic over what all hold.

/** What another worker holds, and what it would use. */
export interface HeldSlots {
  readonly slots: number;
  readonly wanted: number;
}

/**
 * Slots of `concurrency` for a worker that wants `wanted`: never more than the others leave, so that the sum holds at
 * every moment. What nobody else wants it may have; where others want more than they have, its equal part.
 */
export function slotsFor(wanted: number, others: readonly HeldSlots[], concurrency: number): number {
  const free = Math.max(0, concurrency - others.reduce((sum, { slots }) => sum + slots, 0));
  const isContested = others.some((other) => other.wanted > other.slots);
  const rivals = others.filter((other) => other.wanted > 0 || other.slots > 0).length;
  const fair = isContested ? Math.ceil(concurrency / (rivals + 1)) : free;
  return Math.min(free, wanted, fair);
}
