// What a language game is: a way of talking that children learn in a minute, with its rule and its inverse.

export interface GameOptions {
  /** What self-insert and self-insert-odd put between letters. */
  readonly insert: string;
}

export interface Game {
  /** As `game=` names it, kebab-case. */
  readonly id: string;
  readonly name: string;
  /** Plays with Latin letters alone. */
  readonly isLatin?: true;
  /** Tells a reader all that is needed to read and write it. */
  rule(options: GameOptions): string;
  encode(text: string, options: GameOptions): string;
  /** The exact inverse of `encode`, for any text. */
  decode(text: string, options: GameOptions): string;
  /** Whether a text bears the marks of the game; left out where only the words can tell. */
  bears?(text: string, options: GameOptions): boolean;
}

/** Below this share of the places where a mark should be, a text is plain. */
const LEAST_MARKED = 0.6;

/** Whether `marks` are found in at least most of the `places` of a text that has some. */
export function isMarked(text: string, marks: RegExp, places: RegExp): boolean {
  const all = text.match(places)?.length ?? 0;
  return all > 2 && (text.match(marks)?.length ?? 0) >= all * LEAST_MARKED;
}

export const runsOfLetters = /\p{L}+/gu;
