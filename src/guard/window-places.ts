// From scored windows of a text to the places that a rule means. Pure.
import type { Span } from './detectors/detector.ts';

/** Windows at or above the threshold; those that overlap or follow one another without a gap are one place, as bad as its worst. */
export function placesIn(windows: readonly Span[], threshold: number): Span[] {
  const places: Span[] = [];
  const suspicious = windows.filter(({ score }) => score >= threshold).sort((a, b) => a.start - b.start);
  for (const window of suspicious) {
    const last = places.at(-1);
    if (last === undefined || window.start > last.end) places.push(window);
    else
      places[places.length - 1] = {
        ...last,
        end: Math.max(last.end, window.end),
        score: Math.max(last.score, window.score),
      };
  }
  return places;
}
