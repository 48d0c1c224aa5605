// What a code of the encoding attack is: a name, the ways in which references write it, and how an answer in it is read.

export interface CodeOptions {
  /** Places by which letters move, -25..25. */
  readonly shift: number;
  /** A word of Latin letters. */
  readonly key: string;
}

/** One way of writing a code, named after the reference implementation that writes it so. */
export interface Variant {
  encode(text: string, options: CodeOptions): string;
  /** The text behind a text that is wholly in the code; null where it cannot have been written in it. */
  decode(text: string, options: CodeOptions): string | null;
  /** Tells a reader all that is needed to read it, beside the name of the code. */
  rule(options: CodeOptions): string;
  /** A letter or digit that the code can write; left out: any. */
  readonly writable?: RegExp;
}

/** Finds what is coded in an answer, which may hold plain words too, and puts plain words in its place. */
export type ReadAnswer = (answer: string, decode: (text: string) => string | null) => string;

export interface Code {
  /** As `codec=` names it, kebab-case. */
  readonly id: string;
  /** As a reader knows it. */
  readonly name: string;
  /** Changes Latin letters and digits alone; another script stays as it is. */
  readonly isLatin?: true;
  /** The first is the default. */
  readonly variants: readonly [string, Variant][];
  readonly options?: readonly (keyof CodeOptions)[];
  readonly readAnswer: ReadAnswer;
}

/** Options as the references set them where nothing else is asked. */
export const defaultOptions: CodeOptions = { shift: 3, key: 'LEMON' };
