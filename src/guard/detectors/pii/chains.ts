// Chains of words that may be personal data: those that begin with a capital or hold a digit, and what joins them. Names,
// addresses and most numbers lie inside of one chain. Pure.

/** Words without a capital that stand inside of names and addresses. */
const joining = new Set(
  "van von de der den da di do du des dos del della la le las los l' d' y e bin al el ten ter bis rue avenue boulevard place allée impasse chemin quai ext x st nd rd th box apt ul os d m no nº n.º n° c.p cp sok cad mah utca út tér em fsz д дом кв корп стр г ул пер пл пр просп вул буд обл c/o".split(
    ' ',
  ),
);
const LONGEST_JOINING = 16;
const onlySigns = /^[^\p{L}\p{M}\p{N}\s]{1,3}$/u;

/** Whether what is still being written may become a joining word. */
export const mayBecomeJoining = (word: string): boolean => {
  for (const each of joining) if (each.startsWith(word)) return true;
  return false;
};

const signsBefore = new Set(Array.from('("\'“‘«„+#', (sign) => sign.charCodeAt(0)));
const opensWidely = /^[("'“‘«„+#]*(?:\p{Lu}|\p{N}|\+)|\d/u;
const LAST_OF_ASCII = 0x7f;

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
const isCapital = (code: number): boolean => code >= 0x41 && code <= 0x5a;
const PLUS = 0x2b;

export interface Word {
  readonly start: number;
  readonly end: number;
}

/** Whether a word begins with a capital (behind opening signs), or holds a digit. */
export function opensChain(text: string, { start, end }: Word): boolean {
  let isBeginning = true;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code > LAST_OF_ASCII) return opensWidely.test(text.slice(start, end));
    if (isDigit(code) || (isBeginning && (isCapital(code) || code === PLUS))) return true;
    isBeginning = isBeginning && signsBefore.has(code);
  }
  return false;
}

/** Whether a word goes on with a chain without being able to begin one. */
export function joinsChain(text: string, { start, end }: Word): boolean {
  if (end - start > LONGEST_JOINING) return false;
  const word = text.slice(start, end);
  return joining.has(word) || onlySigns.test(word) || joining.has(word.replace(/[.,:]+$/, ''));
}

const isBlank = (code: number): boolean =>
  code === 0x20 || (code >= 0x09 && code <= 0x0d) || (code > LAST_OF_ASCII && /\s/.test(String.fromCharCode(code)));

/** The first word at or behind a place; null where none follows. */
export function wordAt(text: string, from: number): Word | null {
  let start = from;
  while (start < text.length && isBlank(text.charCodeAt(start))) start++;
  let end = start;
  while (end < text.length && !isBlank(text.charCodeAt(end))) end++;
  return end === start ? null : { start, end };
}

export interface Chain {
  readonly start: number;
  readonly end: number;
}

/** No name, address or number is longer. */
export const LONGEST_CHAIN = 2_048;
/** How far back from there a place between two words is looked for. */
const CUT_REACH = 256;
const between = /[^\p{L}\p{M}\p{N}]/u;

/** In pieces of at most `LONGEST_CHAIN`, cut between two words where there is such a place: the reading of each stays small. */
function* piecesOf(text: string, { start, end }: Chain): Generator<Chain> {
  let from = start;
  while (end - from > LONGEST_CHAIN) {
    let cut = from + LONGEST_CHAIN;
    while (cut > from + LONGEST_CHAIN - CUT_REACH && !between.test(text[cut]!)) cut--;
    yield { start: from, end: cut };
    from = cut;
  }
  yield { start: from, end };
}

/** Each from its first opening word to its last one. */
export function chainsOf(text: string): Chain[] {
  const chains: Chain[] = [];
  let start = -1;
  let end = -1;
  for (let word = wordAt(text, 0); word !== null; word = wordAt(text, word.end)) {
    if (opensChain(text, word)) {
      if (start < 0) start = word.start;
      end = word.end;
    } else if (start >= 0 && !joinsChain(text, word)) {
      chains.push(...piecesOf(text, { start, end }));
      start = -1;
    }
  }
  if (start >= 0) chains.push(...piecesOf(text, { start, end }));
  return chains;
}
