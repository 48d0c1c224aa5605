// For streams: where in a text so far something may have begun that a detector would find once it is whole. Pure.

const isBlank = /^\s+$/u;
const ignorable = /[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/u;

/** In lower case, with one apostrophe for both. */
const plainLetter = (letter: string): string => (letter === '’' ? "'" : letter.toLowerCase());

/** Whether `text` from `at` to its end is a beginning of the phrase: letter case, kinds of blanks and zero-width characters aside. */
function beginsPhrase(text: string, at: number, phrase: string): boolean {
  let place = 0;
  let wasBlank = false;
  for (let index = at; index < text.length; index++) {
    const letter = text[index]!;
    if (ignorable.test(letter)) continue;
    const blank = isBlank.test(letter);
    if (blank && wasBlank) continue;
    wasBlank = blank;
    if (place === phrase.length) return false;
    if (phrase[place] !== (blank ? ' ' : plainLetter(letter))) return false;
    place += 1;
  }
  return true;
}

/**
 * Where the text's end may be the beginning of one of the phrases; the text's length where it is none. A whole phrase at
 * the very end is one too: a longer one may follow. Phrases longer than `longest` are followed that far.
 */
export function holdForPhrases(phrases: readonly string[], longest: number): (text: string) => number {
  const known = phrases.map((phrase) => phrase.trim().toLowerCase().replaceAll('’', "'").replace(/\s+/gu, ' '));
  const firstLetters = new Set(known.map((phrase) => phrase[0]));
  return (text) => {
    for (let at = Math.max(0, text.length - longest); at < text.length; at++) {
      if (!firstLetters.has(plainLetter(text[at]!))) continue;
      if (known.some((phrase) => beginsPhrase(text, at, phrase))) return at;
    }
    return text.length;
  };
}
