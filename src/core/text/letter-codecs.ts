// Codes that swap Latin letters one for one and leave everything else alone: rot13, Caesar, Atbash.
// They decode anything with a letter in it; whether the result is language is for the caller to say.
import type { Codec } from './codec.ts';

/** The text with each Latin letter moved on by `by` places (0..25, wrapping), case kept. */
function shiftLetters(text: string, by: number): string {
  return text.replace(/[A-Za-z]/g, (letter) => {
    const base = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + by) % 26) + base);
  });
}

const mirrorLetters = (text: string): string =>
  text.replace(/[A-Za-z]/g, (letter) => String.fromCharCode((letter <= 'Z' ? 155 : 219) - letter.charCodeAt(0)));

const whereLatin = (text: string, decoded: (text: string) => string): string | null =>
  /[A-Za-z]/.test(text) ? decoded(text) : null;

/** Caesar's cipher with a shift of `by` places (1..25). */
export const caesarBy = (by: number): Codec => ({
  encode: (text) => shiftLetters(text, by),
  decode: (text) => whereLatin(text, (letters) => shiftLetters(letters, 26 - by)),
});

export const rot13: Codec = caesarBy(13);

/** Shift by three, as Suetonius tells of Caesar; other shifts: `caesarBy`. */
export const caesar: Codec = caesarBy(3);

/** a for z, b for y, and so on. */
export const atbash: Codec = { encode: mirrorLetters, decode: (text) => whereLatin(text, mirrorLetters) };
