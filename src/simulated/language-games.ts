// Reads the language games that children know: Pig Latin, Ubbi Dubbi and its kin (2411.12762 uses such as attacks).

/** Syllables that are put before every vowel or run of vowels. */
const inserted = ['ub', 'op', 'aig', 'alf', 'ob', 'egg'];

function readInserted(text: string): string | null {
  const words = text.match(/[A-Za-z]{3,}/g)?.length ?? 0;
  for (const syllable of inserted) {
    const before = new RegExp(`${syllable}(?=[aeiouy])`, 'gi');
    const hits = text.match(before)?.length ?? 0;
    if (hits >= 3 && hits >= words * 0.7) return text.replace(before, '');
  }
  return null;
}

function readPigLatinWord(word: string): string {
  const hyphenated = /^([a-z']+)-([a-z]*)ay$/i.exec(word);
  if (hyphenated) return hyphenated[2]!.replace(/^w$/, '') + hyphenated[1]!;
  if (/way$/i.test(word)) return word.slice(0, -3);
  const moved = /^([aeiouy][a-z']*?)((?:qu|[bcdfghjklmnpqrstvwxz])+)ay$/i.exec(word);
  return moved ? moved[2]! + moved[1]! : word;
}

function readPigLatin(text: string): string | null {
  const words = text.match(/[A-Za-z'-]{3,}/g) ?? [];
  const ending = words.filter((word) => /ay$/i.test(word)).length;
  if (ending < 3 || ending < words.length * 0.7) return null;
  return text.replace(/[A-Za-z'-]{3,}/g, readPigLatinWord);
}

/** The text behind a language game; null where none is recognised. */
export const readLanguageGame = (text: string): string | null => readInserted(text) ?? readPigLatin(text);
