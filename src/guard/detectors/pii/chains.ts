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

const lettersAlone = /^\p{Ll}+$/u;

/** Whether what is still being written may go on with a chain: as a joining word, or behind a sign ("<b", "<b>48"). */
export function mayGoOn(word: string): boolean {
  if (!lettersAlone.test(word)) return true;
  for (const each of joining) if (each.startsWith(word)) return true;
  return false;
}

/** Signs that stand between the parts of one word: "non-EU", "d'Artagnan", "a.B", "and/or", "my_File", "x@Y". */
const withinWords = new Set(Array.from("-'./_@&", (sign) => sign.charCodeAt(0)));
/** A capital at the beginning, or behind other signs than those: `**Anna`, `{"name":"Anna`, `<b>Anna`. */
const capitalWidely =
  /(?:(?<signs>^[^\p{L}\p{M}\p{N}]*)|[\p{L}\p{M}\p{N}](?![-'’./_@&]\p{Lu})[^\p{L}\p{M}\p{N}]+)(?=\p{Lu})/u;
const digitWidely = /^[^\p{L}\p{M}\p{N}]*\p{N}|\d/u;
const LAST_OF_ASCII = 0x7f;

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
const isCapital = (code: number): boolean => code >= 0x41 && code <= 0x5a;
const isSmall = (code: number): boolean => code >= 0x61 && code <= 0x7a;
const PLUS = 0x2b;

export interface Word {
  readonly start: number;
  readonly end: number;
}

const lastOf = (found: RegExpExecArray | null): number =>
  found === null ? Number.POSITIVE_INFINITY : found.index + found[0].length;

/** The same for words with other signs than those of ASCII. */
function openingWidely(word: string): number {
  const capital = capitalWidely.exec(word);
  const atCapital = lastOf(capital);
  const behindDigit = lastOf(digitWidely.exec(word));
  if (atCapital < behindDigit) return capital!.groups!.signs === undefined ? atCapital : 0;
  return behindDigit === Number.POSITIVE_INFINITY ? -1 : 0;
}

/** Of the signs before the first letter: as many as it takes. */
const AT_BEGINNING = Number.POSITIVE_INFINITY;

/** Whether a chain can begin with this sign, behind so many others of which `last` is the latest. */
function opens(code: number, signs: number, last: number): boolean {
  if (isCapital(code)) return signs > 1 || (signs === 1 && !withinWords.has(last));
  return isDigit(code) || (code === PLUS && signs === AT_BEGINNING);
}

/**
 * Where a chain can begin in a word: at its beginning where it holds a digit or a capital behind nothing but signs, else
 * at the first capital behind signs; -1 where it has none. Whichever comes first counts, so that what is still being
 * written opens where the whole word will.
 */
export function openingIn(text: string, { start, end }: Word): number {
  let signs = AT_BEGINNING;
  let last = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code > LAST_OF_ASCII) {
      const opening = openingWidely(text.slice(start, end));
      return opening < 0 ? -1 : start + opening;
    }
    if (opens(code, signs, last)) return isDigit(code) || signs === AT_BEGINNING ? start : at;
    signs = isCapital(code) || isSmall(code) ? 0 : signs + 1;
    last = code;
  }
  return -1;
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
    const opening = openingIn(text, word);
    if (opening >= 0) {
      if (start < 0) start = opening;
      end = word.end;
    } else if (start >= 0 && !joinsChain(text, word)) {
      chains.push(...piecesOf(text, { start, end }));
      start = -1;
    }
  }
  if (start >= 0) chains.push(...piecesOf(text, { start, end }));
  return chains;
}
