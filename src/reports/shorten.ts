// Shortens a text to a number of characters without cutting one in two: an emoji of several code points, a letter with
// its marks. Apart because PDF, HTML and CSV shorten alike.

import { count } from './wording.ts';

let segmenter: Intl.Segmenter | null = null;

/** Made with the first text that is too long: it takes 10 ms. */
function graphemesOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return segmenter.segment(text);
}

/** A text that may have been shortened. `left` is how many code points are not shown. */
export interface Shortened {
  readonly text: string;
  readonly left: number;
}

const lengthOf = (text: string): number => {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
};

/** The first `limit` code points at most, ending between two characters as a reader sees them (UAX 29). */
export function shorten(text: string, limit: number): Shortened {
  if (text.length <= limit) return { text, left: 0 };
  const all = lengthOf(text);
  if (all <= limit) return { text, left: 0 };
  // Twice the limit in UTF-16 units holds all that can be shown, and one character more.
  const window = text.slice(0, limit * 2 + 2);
  let end = 0;
  let taken = 0;
  for (const { segment, index } of graphemesOf(window)) {
    taken += lengthOf(segment);
    if (taken > limit) break;
    end = index + segment.length;
  }
  // One endless character (hundreds of marks on a letter): it is cut after all.
  const shown = end > 0 ? window.slice(0, end) : [...window].slice(0, limit).join('');
  return { text: shown, left: all - lengthOf(shown) };
}

/** E.g. "The first words … [1,204 more characters]". */
export function shortenedText(text: string, limit: number): string {
  const { text: shown, left } = shorten(text, limit);
  return left === 0 ? shown : `${shown.trimEnd()} … [${count(left)} more characters]`;
}
