// For streams: where personal data may have begun that is not whole yet. Names, addresses and numbers are chains of
// words with capitals or digits; everything else is a single word, which may yet become an e-mail address. Pure.

/** No chain is followed further back than this. */
const LONGEST = 256;
/** RFC 5321, 4.5.3.1.1: the part before the "@". */
const LONGEST_LOCAL_PART = 64;

/** Words without a capital that stand inside of names and addresses. */
const joining =
  "van von de der den da di do du des dos del della la le las los l' d' bin al el ten bis ter rue avenue boulevard place allée impasse chemin quai ext x st nd rd th box apt".split(
    ' ',
  );
const isJoining = (word: string): boolean => /^\W{1,3}$/u.test(word) || joining.includes(word.replace(/[.,]+$/, ''));
const mayBecomeJoining = (word: string): boolean => joining.some((each) => each.startsWith(word));
const opensChain = /^[("'“‘+#]*(?:\p{Lu}|\p{N}|\+)|\d/u;

interface Word {
  readonly text: string;
  readonly start: number;
}

const wordsOf = (text: string, from: number): Word[] =>
  Array.from(text.slice(from).matchAll(/\S+/gu), ({ index, 0: word }) => ({ text: word, start: from + index }));

/** A single word: only what an address could be made of, from its last other sign on. */
function holdForWord(text: string, start: number): number {
  const run = /[\p{L}\p{M}\p{N}._%+'’@:/#()-]*$/u.exec(text.slice(start))?.[0] ?? '';
  const longest = /[@\d:/]/.test(run) ? LONGEST : LONGEST_LOCAL_PART;
  return text.length - Math.min(run.length, longest);
}

/** Where the end of the text may be the beginning of personal data; the text's length where it is none. */
export function holdForPersonalData(text: string): number {
  const words = wordsOf(text, Math.max(0, text.length - LONGEST));
  const last = words.at(-1);
  if (last === undefined) return text.length;
  const isOpen = last.start + last.text.length === text.length;
  let hold = isOpen ? holdForWord(text, last.start) : text.length;
  for (const word of words.toReversed()) {
    const opens = opensChain.test(word.text);
    if (opens) hold = Math.min(hold, word.start);
    else if (!isJoining(word.text) && !(word === last && isOpen && mayBecomeJoining(word.text))) break;
  }
  return hold;
}
