// The two ways in which emoji get into a text: inside every word, as Wei et al. do it (exact), and in the place of words.

/** U+1F60A, as in the published code. */
export const insertedEmoji = '\u{1F60A}';

/** An emoji in the middle of every word, before a word of one letter; white space becomes single spaces. */
export const insertEmoji = (text: string): string =>
  text
    .split(/\s+/u)
    .filter((word) => word !== '')
    .map((word) => {
      const signs = Array.from(word);
      const middle = Math.floor(signs.length / 2);
      return `${signs.slice(0, middle).join('')}${insertedEmoji}${signs.slice(middle).join('')}`;
    })
    .join(' ');

export const removeEmoji = (text: string): string => text.replaceAll(insertedEmoji, '');

export interface Substituted {
  readonly text: string;
  /** Sign and the word it stands for, in the order of their first use. */
  readonly legend: readonly (readonly [string, string])[];
}

/** The text with each known word replaced by its sign; of two words with one sign the second stays, so that it can be read. */
export function substitute(text: string, signs: Readonly<Record<string, string>>): Substituted {
  const legend = new Map<string, string>();
  const written = text.replace(/\p{L}+/gu, (word) => {
    const known = word.toLowerCase();
    const sign = Object.hasOwn(signs, known) ? signs[known]! : null;
    if (sign === null || text.includes(sign) || (legend.get(sign) ?? known) !== known) return word;
    legend.set(sign, known);
    return sign;
  });
  return { text: written, legend: [...legend] };
}
