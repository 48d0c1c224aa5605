// Splitting a text into words and halves as Python does it, which published attacks were written in.

/** What Python's str.split() takes for white space. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: Python takes them for white space
const pythonBlank = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

/** The words of a text, without the white space around them. */
export const wordsOf = (text: string): string[] => text.split(pythonBlank).filter((word) => word !== '');

const lengthOf = (text: string): number => Array.from(text).length;

interface Piece {
  /** Blanks before it; none between the parts of a hyphenated word. */
  readonly gap: string;
  readonly text: string;
}

/** Every eighth column, as Python's expandtabs(). */
function expandTabs(text: string): string {
  let column = 0;
  return Array.from(text, (sign) => {
    const written = sign === '\t' ? ' '.repeat(8 - (column % 8)) : sign;
    column = sign === '\n' || sign === '\r' ? 0 : column + written.length;
    return written;
  }).join('');
}

/** Words and parts of hyphenated words: a line may be broken before each. */
function piecesOf(text: string): Piece[] {
  const plain = expandTabs(text).replace(/[\n\v\f\r]/g, ' ');
  return [...plain.matchAll(/( *)([^ ]+)/g)].flatMap(([, gap = '', word = '']) =>
    word
      .split(/(?<=[\p{L}_]{2}-)(?=[\p{L}_]-?[\p{L}_])/u)
      .map((part, index) => ({ gap: index === 0 ? gap : '', text: part })),
  );
}

/** Lines of at most `width` characters as Python's textwrap makes them; a longer word stands alone. */
function wrap(text: string, width: number): string[] {
  const lines: string[][] = [];
  let length = 0;
  for (const piece of piecesOf(text)) {
    const longer = length + piece.gap.length + lengthOf(piece.text);
    if (lines.length > 0 && longer <= width) {
      lines.at(-1)!.push(piece.gap, piece.text);
      length = longer;
    } else {
      lines.push([piece.text]);
      length = lengthOf(piece.text);
    }
  }
  return lines.map((line) => line.join(''));
}

/** The text in two halves of about the same length, broken between words; null where it has only one word. */
export function halvesOf(text: string): readonly [string, string] | null {
  const [first, ...rest] = wrap(text, Math.floor(lengthOf(text) / 2));
  return first === undefined || rest.length === 0 ? null : [first, rest.join(' ')];
}
