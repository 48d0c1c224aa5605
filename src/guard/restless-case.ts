// How restless the letter case of a text is: noise attacks flip it at random, people hardly ever do.

/** From this share on the case of a text runs wild. */
export const WILD_CASE = 0.35;

const LEAST_WORDS = 3;
/** By themselves: runs of letters within codes, tokens and paths are no words. */
const words = /(?<![\w+/=-])[A-Za-z]{2,24}(?![\w+/=-])/g;
/** As people write: small, capital, with a capital, as names in code and brands, plurals of abbreviations. */
const usual = /^(?:[A-Z]?[a-z]+(?:[A-Z][a-z]+)*|[A-Z]+s?)$/;
const mixed = /[a-z][A-Z]/;

/**
 * Share of words of two to 24 ASCII letters, 0..1, whose letter case is as nobody writes ("pReVIoUs", "thE"), but
 * Best-of-N (Hughes et al., 2412.03556) does; 0 below three words.
 */
export function restlessCase(text: string): number {
  if (!mixed.test(text)) return 0;
  const found = text.match(words) ?? [];
  return found.length < LEAST_WORDS ? 0 : found.filter((word) => !usual.test(word)).length / found.length;
}
