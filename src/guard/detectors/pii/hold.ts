// For streams: where personal data may have begun that is not whole yet. Names, addresses and numbers are chains of
// words with capitals or digits; everything else is a single word, which may yet become an e-mail address. Pure.
import { joinsChain, mayGoOn, openingIn, type Word, wordAt } from './chains.ts';

/** No chain is followed further back than this. */
const LONGEST = 256;
/** RFC 5321, 4.5.3.1.1: the part before the "@". */
const LONGEST_LOCAL_PART = 64;

/** A single word: only what an address could be made of, from its last other sign on. */
function holdForWord(text: string, start: number): number {
  const run = /[\p{L}\p{M}\p{N}._%+'’@:/#()-]*$/u.exec(text.slice(start))?.[0] ?? '';
  const longest = /[@\d:/]/.test(run) ? LONGEST : LONGEST_LOCAL_PART;
  return text.length - Math.min(run.length, longest);
}

function wordsFrom(text: string, from: number): Word[] {
  const words: Word[] = [];
  for (let word = wordAt(text, from); word !== null; word = wordAt(text, word.end)) words.push(word);
  return words;
}

/** Where the end of the text may be the beginning of personal data; the text's length where it is none. */
export function holdForPersonalData(text: string): number {
  const words = wordsFrom(text, Math.max(0, text.length - LONGEST));
  const last = words.at(-1);
  if (last === undefined) return text.length;
  const isOpen = last.end === text.length;
  let hold = isOpen ? holdForWord(text, last.start) : text.length;
  for (const word of words.toReversed()) {
    const opening = openingIn(text, word);
    if (opening >= 0) hold = Math.min(hold, opening);
    else if (!joinsChain(text, word) && !(word === last && isOpen && mayGoOn(text.slice(word.start)))) break;
  }
  return hold;
}
