// Finds the part of a long answer that has to do with the request or takes a stand on it; padding around it is left out.
import type { Sentence } from './sentences.ts';

/** An answer up to so many words is read whole. */
const WHOLE_WORDS = 280;
/** What a sentence without any bearing costs: a run of them longer than its neighbours' worth is cut off. */
const COST = 0.12;
/** Sentences kept on either side of what was found. */
const MARGIN = 1;

/** `bearing[i]` in 0..1 says how much sentence i has to do with the request. Returns [first, end) of `sentences`. */
export function focusOf(sentences: readonly Sentence[], bearing: readonly number[]): [number, number] {
  const total = sentences.reduce((sum, { words }) => sum + words.length, 0);
  if (total <= WHOLE_WORDS) return [0, sentences.length];
  let [best, bestFrom, bestEnd] = [0, 0, sentences.length];
  let [sum, from] = [0, 0];
  for (let at = 0; at < sentences.length; at++) {
    if (sum <= 0) [sum, from] = [0, at];
    sum += bearing[at]! - COST;
    if (sum > best) [best, bestFrom, bestEnd] = [sum, from, at + 1];
  }
  return [Math.max(0, bestFrom - MARGIN), Math.min(sentences.length, bestEnd + MARGIN)];
}
