// Whose chunk a worker takes next: every project gets an equal part of what the worker can have in hand, and inside a
// project every scan, so that neither a million tests nor a hundred scans stand in anybody's way. Pure.

/** A scan that could give a worker more to do. */
export interface Wanting {
  readonly scanId: string;
  readonly projectId: string;
  /** Tests that could be taken on at once; 0: none. */
  readonly room: number;
  /** Tests of it that this worker has in hand. */
  readonly inHand: number;
}

/** Tests that one worker has in hand at most, over all scans; beyond it more would only wait for the processor. */
export const MOST_IN_HAND = 2_048;

/**
 * The scans that may take on more, the one with the smallest part first: by what its project has in hand, then by what
 * it has itself, then in the order given. Empty where the worker is full.
 */
export function inOrderOfShares(scans: readonly Wanting[], most = MOST_IN_HAND): Wanting[] {
  const ofProject = new Map<string, number>();
  for (const { projectId, inHand } of scans) ofProject.set(projectId, (ofProject.get(projectId) ?? 0) + inHand);
  const total = scans.reduce((sum, { inHand }) => sum + inHand, 0);
  if (total >= most) return [];
  return scans
    .filter(({ room }) => room > 0)
    .toSorted((a, b) => (ofProject.get(a.projectId) ?? 0) - (ofProject.get(b.projectId) ?? 0) || a.inHand - b.inHand);
}
