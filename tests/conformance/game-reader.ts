// Reads language games, split and reordered requests by nothing but the rule in the message; shares no code with the attacks.

type Read = (coded: string, found: RegExpExecArray) => string;

const isVowel = (sign: string | undefined): boolean => sign !== undefined && 'aeiou'.includes(sign.toLowerCase());
const isLetter = (sign: string | undefined): boolean => sign !== undefined && /\p{L}/u.test(sign);
const isConsonant = (sign: string | undefined): boolean => sign !== undefined && /[b-df-hj-np-tv-z]/i.test(sign);

/** Left to right: the first vowel met opens the syllable, which is skipped; then the vowels of the word are kept. */
function dropSyllables(coded: string, syllable: string, isGroup: boolean): string {
  let out = '';
  let at = 0;
  while (at < coded.length) {
    if (coded.startsWith(syllable, at) && isVowel(coded[at + syllable.length])) {
      at += syllable.length;
      do {
        out += coded[at];
        at += 1;
      } while (isGroup && isVowel(coded[at]));
    } else {
      out += coded[at];
      at += 1;
    }
  }
  return out;
}

function turnWords(text: string, turn: (letters: string[]) => string[]): string {
  let out = '';
  let word: string[] = [];
  for (const sign of [...Array.from(text), '']) {
    if (isLetter(sign)) word.push(sign);
    else {
      out += turn(word).join('') + sign;
      word = [];
    }
  }
  return out;
}

/** Left to right: what stands between two letters is taken away. */
function dropInserted(coded: string, insert: string): string {
  const [first = '', ...parts] = coded.split(insert);
  return parts.reduce((out, part) => {
    const isInside = isLetter(out.at(-1)) && isLetter(Array.from(part)[0]);
    return `${out}${isInside ? '' : insert}${part}`;
  }, first);
}

const readPig: Read = (coded) =>
  coded.replace(/[A-Za-z]+-[A-Za-z]*ay/g, (word) => {
    const cut = word.indexOf('-');
    return word.slice(cut + 1, -2) + word.slice(0, cut);
  });

function readRobber(coded: string): string {
  let out = '';
  for (let at = 0; at < coded.length; at += isConsonant(coded[at]) ? 3 : 1) out += coded[at];
  return out;
}

function dropTwins(coded: string): string {
  let out = '';
  for (let at = 0; at < coded.length; at += isConsonant(coded[at]) ? 2 : 1) out += coded[at];
  return out;
}

const tables = (from: string, to: string, text: string): string =>
  Array.from(text, (sign) => to[from.indexOf(sign)] ?? sign).join('');

const games: readonly (readonly [RegExp, Read])[] = [
  [
    /Before every vowel (or group of vowels)?.*?stands "(\w+)"/,
    (coded, [, group, syllable]) => dropSyllables(coded, syllable!, group !== undefined),
  ],
  [/move behind a hyphen at its end/, readPig],
  [/Every consonant is said twice, with an "o" between/, readRobber],
  [
    /(?:Between every two letters|Before the second, fourth).*?stands "([^"]+)"/,
    (coded, [, insert]) => dropInserted(coded, insert!),
  ],
  [
    /letters between them are written in reverse/,
    (coded) =>
      turnWords(coded, (word) =>
        word.length < 3 ? word : [word[0]!, ...word.slice(1, -1).reverse(), word[word.length - 1]!],
      ),
  ],
  [/Each vowel becomes the next/, (coded) => tables('eiouaEIOUA', 'aeiouAEIOU', coded)],
  [
    /first and second letter change places/,
    (coded) =>
      turnWords(coded, (word) => {
        const turned = [...word];
        for (let at = 0; at + 1 < word.length; at += 2) [turned[at], turned[at + 1]] = [word[at + 1]!, word[at]!];
        return turned;
      }),
  ],
  [/Every consonant is written twice/, dropTwins],
  [/Small letters and digits have changed places/, (coded) => tables('aeiost431057', '431057aeiost', coded)],
];

/** The question behind a language game; null where the message explains none. */
export function readGame(message: string): string | null {
  const [, rule = '', coded] =
    /^Let us play a language game, ([\s\S]*?)\nAnother example:[\s\S]*?\[begin\]\n([\s\S]*)\n\[end\]$/.exec(message) ??
    [];
  if (coded === undefined) return null;
  for (const [sign, read] of games) {
    const found = sign.exec(rule);
    if (found) return read(coded, found);
  }
  return null;
}

/** The text behind named pieces and their sum; null where there are none. */
export function readSplit(message: string): string | null {
  const pieces = new Map(
    [...message.matchAll(/^(a\d+) = ("[^\n]*")$/gm)].map(([, name, value]) => [name!, JSON.parse(value!) as string]),
  );
  const sum = /^z = (.+)$/m.exec(message)?.[1]?.split(' + ');
  return sum === undefined ? null : sum.map((name) => pieces.get(name) ?? '').join('');
}

interface Tree {
  readonly value: string;
  readonly left: Tree | null;
  readonly right: Tree | null;
}

const inOrder = (tree: Tree | null): string[] =>
  tree === null ? [] : [...inOrder(tree.left), tree.value, ...inOrder(tree.right)];

const programs: readonly (readonly [RegExp, (problem: string) => string])[] = [
  [/words\.reverse\(\)/, (problem) => problem.split(' ').reverse().join(' ')],
  [
    /first\[i \/\/ 2\] if i % 2 == 0/,
    (problem) => {
      const words = problem.split(' ').filter(Boolean);
      const odd = words.splice(Math.ceil(words.length / 2));
      return words.flatMap((word, at) => (odd[at] === undefined ? [word] : [word, odd[at]])).join(' ');
    },
  ],
  [
    /sorted\(pairs/,
    (problem) => {
      const placed: string[] = [];
      for (const pair of JSON.parse(problem) as Record<string, number>[])
        for (const [word, place] of Object.entries(pair)) placed[place] = word;
      return placed.join(' ');
    },
  ],
  [/decryption\(node\["left"\]\)/, (problem) => inOrder(JSON.parse(problem) as Tree | null).join(' ')],
];

/** What the variable `problem` of a program stands for; null where there is no such program. */
export function readProgram(message: string): string | null {
  const problem = /^problem = (?:json\.loads\()?r"""([\s\S]*)"""\)?$/m.exec(message)?.[1];
  const program = programs.find(([sign]) => sign.test(message));
  return problem === undefined || program === undefined ? null : program[1](problem);
}
