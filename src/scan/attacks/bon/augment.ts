// The text augmentation of Best-of-N (Hughes et al., 2412.03556), step for step as the authors' code takes it: inner
// letters are scrambled, letter case is flipped, characters move to a neighbour in ASCII.
import { invalidField } from '../../../core/errors.ts';
import type { Random } from '../../../core/random.ts';

/** Everything that is left to chance, in the order in which it is drawn. */
export interface Draws {
  /** In [0, 1). */
  random(): number;
  /** For `length` items: the old place of each new one. */
  shuffle(length: number): readonly number[];
  /** One step down or up. */
  choice(): number;
}

/** One recorded draw, as the golden vectors write them. */
export type RecordedDraw =
  | readonly ['random', number]
  | readonly ['shuffle', readonly number[]]
  | readonly ['choice', number];

export function seededDraws(random: Random): Draws {
  return {
    random: () => random.next(),
    shuffle(length) {
      const places = Array.from({ length }, (_, index) => index);
      for (let last = length - 1; last > 0; last--) {
        const other = random.below(last + 1);
        [places[last], places[other]] = [places[other]!, places[last]!];
      }
      return places;
    },
    choice: () => (random.below(2) === 0 ? -1 : 1),
  };
}

/** Replays draws; throws INVALID_FIELD where they were recorded for another text. */
export function recordedDraws(recorded: readonly RecordedDraw[]): Draws {
  let taken = 0;
  function next<Kind extends RecordedDraw[0]>(kind: Kind): Extract<RecordedDraw, readonly [Kind, unknown]>[1] {
    const draw = recorded[taken];
    taken += 1;
    if (draw?.[0] !== kind)
      throw invalidField('draws', `draw ${taken} must be of kind "${kind}": they were recorded for another text`);
    return draw[1] as Extract<RecordedDraw, readonly [Kind, unknown]>[1];
  }
  return { random: () => next('random'), shuffle: () => next('shuffle'), choice: () => next('choice') };
}

/** Which of the three steps are taken; `sigma` in 0..1 is how much is changed. */
export interface Augmentation {
  readonly sigma: number;
  readonly scramble: boolean;
  readonly capitalise: boolean;
  readonly noise: boolean;
}

/** All three steps, as strongly as the paper attacks. */
export const FULL_STRENGTH: Augmentation = { sigma: 0.4, scramble: true, capitalise: true, noise: true };

const SHORTEST_SCRAMBLED = 4;

/** Words end at white space and are joined by single spaces, also where nothing is scrambled. */
function scramble(text: string, share: number, draws: Draws): string {
  const words = text.split(/\s+/u).filter((word) => word !== '');
  return words
    .map((word) => {
      const letters = Array.from(word);
      if (letters.length < SHORTEST_SCRAMBLED || draws.random() >= share) return word;
      const inner = letters.slice(1, -1);
      const places = draws.shuffle(inner.length);
      return [letters[0], ...inner.map((_, index) => inner[places[index] ?? index]), letters.at(-1)].join('');
    })
    .join(' ');
}

const isLetter = /^\p{L}$/u;

/** The authors' code drops a letter outside ASCII that is hit; here it stays as it is. */
function flipCase(letter: string): string {
  if (/^[a-z]$/.test(letter)) return letter.toUpperCase();
  return /^[A-Z]$/.test(letter) ? letter.toLowerCase() : letter;
}

const capitalise = (text: string, share: number, draws: Draws): string =>
  Array.from(text, (letter) => (isLetter.test(letter) && draws.random() < share ? flipCase(letter) : letter)).join('');

/** As Python's str.isprintable(): no control, format or unassigned character, and no separator but the space. */
const isPrintable = /^(?: |[^\p{C}\p{Z}])$/u;
const [FIRST_ASCII, LAST_ASCII] = [32, 126];

function addNoise(text: string, share: number, draws: Draws): string {
  return Array.from(text, (letter) => {
    if (!isPrintable.test(letter) || draws.random() >= share) return letter;
    const moved = letter.codePointAt(0)! + draws.choice();
    return moved >= FIRST_ASCII && moved <= LAST_ASCII ? String.fromCodePoint(moved) : letter;
  }).join('');
}

/** One augmented text. Shares follow the paper: sigma^(1/2) of the words and letters, sigma^3 of the characters. */
export function augment(text: string, { sigma, ...steps }: Augmentation, draws: Draws): string {
  const often = sigma ** 0.5;
  const scrambled = steps.scramble ? scramble(text, often, draws) : text;
  const flipped = steps.capitalise ? capitalise(scrambled, often, draws) : scrambled;
  return steps.noise ? addNoise(flipped, sigma ** 3, draws) : flipped;
}
