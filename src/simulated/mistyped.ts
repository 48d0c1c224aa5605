// Repairs words with scrambled, swapped or disturbed letters, as Best-of-N sampling writes them (2412.03556).
// Against the words that matter here, common ones and those of the risk table, not against a dictionary.
import { commonWords, isCommonWord } from './english.ts';
import { riskWords } from './recognise.ts';

const byLength: ReadonlyMap<number, readonly string[]> = Map.groupBy(
  [...new Set([...commonWords, ...riskWords])].filter((word) => word.length >= 3),
  (word) => word.length,
);

/** First and last letter and the rest in alphabetical order: the same for words whose inner letters were moved. */
const scrambleKey = (word: string): string => word[0] + Array.from(word.slice(1, -1)).sort().join('') + word.at(-1);

const byScramble: ReadonlyMap<string, string> = new Map(
  [...byLength.values()].flat().map((word) => [scrambleKey(word), word]),
);

/** Whether at most a quarter of the letters differ, in words of one length. */
function resembles(written: string, meant: string): boolean {
  let left = meant.length >> 2;
  for (let place = 0; place < meant.length; place++) {
    if (written[place] === meant[place]) continue;
    if (left === 0) return false;
    left -= 1;
  }
  return true;
}

function repaired(word: string): string {
  const lower = word.toLowerCase();
  if (lower.length < 3 || isCommonWord(lower)) return lower;
  const moved = byScramble.get(scrambleKey(lower));
  return moved ?? byLength.get(lower.length)?.find((meant) => resembles(lower, meant)) ?? lower;
}

/** The text with near misses of known words repaired, in lower case; null where nothing needs it. */
export function readMistyped(text: string): string | null {
  const mended = text.replace(/[^\s]{3,}/g, (token) => {
    const tail = /[?.!,;:]*$/.exec(token)![0];
    return repaired(token.slice(0, token.length - tail.length)) + tail;
  });
  return mended === text.toLowerCase() ? null : mended;
}

/** Whether capitals stand at random inside the words, as no person writes. */
export function hasRandomCapitals(text: string): boolean {
  const words = text.slice(0, 800).match(/[A-Za-z]{3,}/g) ?? [];
  const odd = words.filter((word) => /[a-z][A-Z]/.test(word) || /^[A-Z]{2,}[a-z]/.test(word)).length;
  return words.length >= 3 && odd >= words.length * 0.35;
}
