// How much of what is marked in texts is found, and how much of what is found is marked, by kind.
import { wilson } from '../../src/core/score/interval.ts';

export interface MarkedPlace {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

/** What is marked in a text, and what was found in it. */
export interface Comparison {
  readonly marked: readonly MarkedPlace[];
  readonly found: readonly MarkedPlace[];
}

/** A place counts where it overlaps one of its kind on the other side. */
const isAmong = (place: MarkedPlace, others: readonly MarkedPlace[]): boolean =>
  others.some(({ kind, start, end }) => kind === place.kind && start < place.end && place.start < end);

/** Of the kind, over all texts. */
export function spanAccuracy(texts: readonly Comparison[], kind: string) {
  const counts = { marked: 0, hit: 0, found: 0, right: 0 };
  for (const { marked, found } of texts) {
    const own = marked.filter((place) => place.kind === kind);
    const given = found.filter((place) => place.kind === kind);
    counts.marked += own.length;
    counts.hit += own.filter((place) => isAmong(place, given)).length;
    counts.found += given.length;
    counts.right += given.filter((place) => isAmong(place, own)).length;
  }
  return { recall: wilson(counts.hit, counts.marked), precision: wilson(counts.right, counts.found) };
}
