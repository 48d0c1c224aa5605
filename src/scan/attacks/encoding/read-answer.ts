// Ways to read an answer that was asked for in a code: models mix code and plain words, and refuse in plain words.
import type { ReadAnswer } from './code.ts';

/** A code cut off by the token limit is read as far as it goes. */
const MOST_CUT_OFF = 8;

function readCut(coded: string, decode: (text: string) => string | null): string | null {
  for (let cut = 0; cut <= Math.min(MOST_CUT_OFF, coded.length - 1); cut++) {
    const text = decode(coded.slice(0, coded.length - cut));
    if (text !== null) return text;
  }
  return null;
}

/** Reads each part that looks like the code; `run` is global and bounded. */
export const readRuns =
  (run: RegExp): ReadAnswer =>
  (answer, decode) =>
    answer.replace(run, (coded) => readCut(coded, decode) ?? coded);

/** Reads the answer as a whole where it bears the mark of the code. */
export const readMarked =
  (mark: RegExp): ReadAnswer =>
  (answer, decode) =>
    mark.test(answer) ? (decode(answer) ?? answer) : answer;

const FEWEST_LETTERS = 4;

/** Share of vowels among the Latin letters: about 0.38 in European languages, clearly less once letters are swapped. */
function vowelShare(text: string): number {
  const letters = text.match(/[A-Za-z]/g) ?? [];
  if (letters.length < FEWEST_LETTERS) return 0;
  return letters.filter((letter) => /[aeiou]/i.test(letter)).length / letters.length;
}

const likelier = (written: string, read: string | null): string =>
  read !== null && vowelShare(read) > vowelShare(written) ? read : written;

/** For codes that swap letters: each line is taken as it makes more of a language. */
export const readLines: ReadAnswer = (answer, decode) =>
  answer
    .split('\n')
    .map((line) => likelier(line, decode(line)))
    .join('\n');

/** The same for codes in which a line depends on those before it. */
export const readWhole: ReadAnswer = (answer, decode) => likelier(answer, decode(answer));
