// What a code is: the contract of every entry in codecs.ts.

/** A reversible way to write a text. Both directions are pure and linear in the length of the text. */
export interface Codec {
  encode(text: string): string;
  /** The text behind the code; null where `text` cannot have been written in it, or nothing would be left to read. */
  decode(text: string): string | null;
}
