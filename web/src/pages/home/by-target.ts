// Scans put together by their target, each with its finished ones in the order of time.
import type { Scan } from '../../api/shapes.ts';

export interface TargetScans {
  readonly key: string;
  /** Finished, the oldest first. */
  readonly finished: readonly Scan[];
  readonly latest: Scan;
}

/** From scans, newest first. A sandbox of twelve cases says nothing about how a target stands. */
export function byTarget(scans: readonly Scan[]): TargetScans[] {
  const groups = Map.groupBy(
    scans.filter(({ kind }) => kind === 'scan'),
    ({ target }) => target.key,
  );
  return [...groups].flatMap(([key, own]) => {
    const [latest] = own;
    if (latest === undefined) return [];
    return [{ key, latest, finished: own.filter(({ headline }) => headline !== null).reverse() }];
  });
}
