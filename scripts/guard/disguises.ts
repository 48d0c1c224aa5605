// Dresses a text as noise attacks and careless typists do. Attacks and harmless twins are dressed alike, so that the
// dress by itself says nothing.
import type { Random } from '../../src/core/random.ts';
import { augment, seededDraws } from '../../src/scan/attacks/bon/augment.ts';
import { pick } from './phrase-bank.ts';

type Disguise = (text: string, random: Random) => string;

const each = (text: string, change: (letter: string) => string): string => Array.from(text, change).join('');

/** The augmentation of Best-of-N, at half to the full strength of its paper. */
const noise: Disguise = (text, random) =>
  augment(
    text,
    { sigma: 0.2 + 0.2 * random.next(), scramble: true, capitalise: true, noise: true },
    seededDraws(random),
  );

function typos(text: string, random: Random): string {
  return text.replace(/\p{L}{4,}/gu, (word) => {
    if (random.next() > 0.2) return word;
    const at = 1 + random.below(word.length - 2);
    return pick([word.slice(0, at) + word.slice(at + 1), word.slice(0, at) + word.charAt(at) + word.slice(at)], random);
  });
}

const leet: Readonly<Record<string, string>> = { a: '4', e: '3', i: '1', o: '0', s: '5', t: '7' };

export const disguises: readonly Disguise[] = [
  noise,
  noise,
  noise,
  typos,
  (text) => text.toUpperCase(),
  (text) => text.toLowerCase().replace(/[.,;:!?'"]/g, ''),
  (text, random) => each(text, (letter) => (random.next() < 0.6 ? (leet[letter.toLowerCase()] ?? letter) : letter)),
  (text, random) => text.replace(/ /g, () => pick([' ', '  ', ' - ', '_', '\n'], random)),
  (text, random) => each(text, (letter) => (random.next() < 0.1 && letter !== ' ' ? `${letter}.` : letter)),
];
