// The four ways in which CodeChameleon writes a sentence, exact to the published code; JSON is written as Python's json.dumps does.

export interface Reordering {
  encode(text: string): string;
  /** The words behind an encoded text, joined by single spaces. Throws nothing: null where it cannot be read. */
  decode(text: string): string | null;
  /** A function in Python that reads it. */
  readonly program: string;
}

/** The published code splits at single spaces alone, other blanks stay in the words. */
const bySpace = (text: string): string[] => text.split(' ');

/** Words as Python's str.split() gives them. */
const byBlanks = (text: string): string[] => text.split(/\s+/u).filter((word) => word !== '');

/** As json.dumps writes it: characters beyond ASCII as escapes. */
const quoted = (word: string): string =>
  JSON.stringify(word).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const reverse: Reordering = {
  encode: (text) => bySpace(text).reverse().join(' '),
  decode: (text) => bySpace(text).reverse().join(' '),
  program: `def decryption(text):
    words = text.split(" ")
    words.reverse()
    return " ".join(words)`,
};

const oddEven: Reordering = {
  encode(text) {
    const words = byBlanks(text);
    return [...words.filter((_, at) => at % 2 === 0), ...words.filter((_, at) => at % 2 === 1)].join(' ');
  },
  decode(text) {
    const words = byBlanks(text);
    const half = Math.ceil(words.length / 2);
    return words.map((_, at) => words[at % 2 === 0 ? at / 2 : half + (at - 1) / 2]).join(' ');
  },
  program: `def decryption(text):
    words = text.split()
    half = (len(words) + 1) // 2
    first, second = words[:half], words[half:]
    result = []
    for i in range(len(words)):
        result.append(first[i // 2] if i % 2 == 0 else second[i // 2])
    return " ".join(result)`,
};

const length: Reordering = {
  encode(text) {
    const words = byBlanks(text).map((word, at) => ({ word, at, size: Array.from(word).length }));
    const sorted = words.sort((a, b) => a.size - b.size || a.at - b.at);
    return `[${sorted.map(({ word, at }) => `{${quoted(word)}: ${at}}`).join(', ')}]`;
  },
  decode(text) {
    const pairs = readJson(text);
    if (!Array.isArray(pairs)) return null;
    const placed = pairs.flatMap((pair: unknown) => Object.entries(pair as Record<string, number>));
    return placed
      .sort(([, a], [, b]) => a - b)
      .map(([word]) => word)
      .join(' ');
  },
  program: `def decryption(pairs):
    placed = sorted(pairs, key=lambda pair: list(pair.values())[0])
    return " ".join(list(pair.keys())[0] for pair in placed)`,
};

interface Node {
  readonly value: string;
  readonly left: Node | null;
  readonly right: Node | null;
}

/** The middle word is the root; of two the first. */
function treeText(words: readonly string[], from: number, to: number): string {
  if (from > to) return 'null';
  const middle = Math.floor((from + to) / 2);
  return `{"value": ${quoted(words[middle]!)}, "left": ${treeText(words, from, middle - 1)}, "right": ${treeText(words, middle + 1, to)}}`;
}

const wordsIn = (node: Node | null): string[] =>
  node === null ? [] : [...wordsIn(node.left), node.value, ...wordsIn(node.right)];

const binaryTree: Reordering = {
  encode(text) {
    const words = byBlanks(text);
    return treeText(words, 0, words.length - 1);
  },
  decode(text) {
    const tree = readJson(text);
    return tree === undefined ? null : wordsIn(tree as Node | null).join(' ');
  },
  program: `def decryption(node):
    if node is None:
        return ""
    parts = [decryption(node["left"]), node["value"], decryption(node["right"])]
    return " ".join(part for part in parts if part)`,
};

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export const reorderings = { reverse, 'odd-even': oddEven, length, 'binary-tree': binaryTree } as const;
