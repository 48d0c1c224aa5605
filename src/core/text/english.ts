// Whether a text reads as English, by the words that hold sentences together and by its letters.

const wordsOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const english = wordsOf(
  'the and of to in is was for that with on are be this have from by my your our you we he she they i it an at as please can will has had not but what how his her their',
);
/** Function words of other languages in Latin script that are no English words. */
const foreign = wordsOf(
  'der die das und ist nicht ein eine mit auf für von den dem ich sie wir ihr el los las una un que por para con del está es mi su le les des est et une dans pour sur avec je vous nous il che di della sono per non una os uma não em com dos het een van niet ik och att som på för är og ikke jeg på w się nie na jest bir ve bu için yang dan untuk dengan và của là cho ja ei se että',
);

/** The last word of a text may be the beginning of another: "w" of "was", "die" of "died". */
const word = /[\p{L}\p{M}]+(?![\p{L}\p{M}]|$)/gu;
const latin = /^\p{Script=Latin}/u;
const LONGEST_SAMPLE = 2000;
const MOST_IN_OTHER_SCRIPTS = 0.2;

/** A text that shows no other language counts as English: a name and an address have no words that tell. */
export function readsAsEnglish(text: string): boolean {
  const words = text.slice(0, LONGEST_SAMPLE).toLowerCase().match(word) ?? [];
  const inLatin = words.filter((each) => latin.test(each));
  if (words.length - inLatin.length > MOST_IN_OTHER_SCRIPTS * words.length) return false;
  const count = (known: ReadonlySet<string>): number => inLatin.filter((each) => known.has(each)).length;
  return count(english) >= count(foreign);
}

const letter = /\p{L}/gu;
const beyondAscii = /[^\0-\x7f]/;

/** Share of the letters that English does not have, 0..1. */
export function foreignLetters(text: string): number {
  const letters = text.match(letter) ?? [];
  return letters.length === 0 ? 0 : letters.filter((each) => beyondAscii.test(each)).length / letters.length;
}
