// Splits a pasted shell command into words as a POSIX shell, or the Windows prompt, would: no expansion, no execution.
// It stands apart from the reading of curl's options because quoting has rules of its own.

export interface ShellWord {
  readonly text: string;
  /** Names of shell variables that the word would have had expanded; they stand in `text` as they were written. */
  readonly variables: readonly string[];
}

export interface ShellLine {
  readonly words: readonly ShellWord[];
  /** The operator that ended the command (`|`, `;`, `>`, `&&`), or null when all of the text was one command. */
  readonly endedBy: string | null;
}

interface Piece {
  readonly text: string;
  readonly next: number;
  readonly variables: readonly string[];
}

const piece = (text: string, next: number, variables: readonly string[] = []): Piece => ({ text, next, variables });

const variableHere = /\$(?:\{(\w+)\}|([A-Za-z_]\w*))/y;

function readVariable(source: string, at: number): Piece {
  variableHere.lastIndex = at;
  const found = variableHere.exec(source);
  if (!found) return piece('$', at + 1);
  return piece(found[0], at + found[0].length, [found[1] ?? found[2] ?? '']);
}

function readSingleQuoted(source: string, at: number): Piece {
  const end = source.indexOf("'", at + 1);
  if (end < 0) throw new SyntaxError('a single quote is never closed');
  return piece(source.slice(at + 1, end), end + 1);
}

function readDoubleQuoted(source: string, at: number): Piece {
  const texts: string[] = [];
  const variables: string[] = [];
  let next = at + 1;
  while (source[next] !== '"') {
    if (next >= source.length) throw new SyntaxError('a double quote is never closed');
    const part = pieceOf(insideDouble, source, next);
    texts.push(part.text);
    variables.push(...part.variables);
    next = part.next;
  }
  return piece(texts.join(''), next + 1, variables);
}

const ansiLetters: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  E: '\u001b',
  f: '\f',
  v: '\v',
};
const ansiEscape = /\\(?:x([\da-fA-F]{1,2})|u([\da-fA-F]{1,4})|U([\da-fA-F]{1,8})|([0-7]{1,3})|([\s\S]))/g;

/** `$'...'` of bash, zsh and "copy as cURL": C escapes inside. */
function readAnsiQuoted(source: string, at: number): Piece {
  const found = /\$'((?:[^'\\]|\\[\s\S])*)'/y;
  found.lastIndex = at;
  const whole = found.exec(source);
  if (!whole) throw new SyntaxError("a quote that begins with $' is never closed");
  const text = whole[1]!.replace(ansiEscape, (_, byte, short, long, octal, letter) => {
    if (letter !== undefined) return ansiLetters[letter] ?? letter;
    const hex = byte ?? short ?? long;
    return codePoint(hex === undefined ? Number.parseInt(octal, 8) : Number.parseInt(hex, 16));
  });
  return piece(text, at + whole[0].length);
}

function codePoint(code: number): string {
  if (code > 0x10ffff) throw new SyntaxError('an escape names a character that does not exist');
  return String.fromCodePoint(code);
}

function refuseSubstitution(): Piece {
  throw new SyntaxError('holds a command substitution, which is not run here; write the value itself');
}

const literally = (source: string, at: number): Piece => piece(source[at + 1] ?? '', at + 2);
const continued = (_: string, at: number): Piece => piece('', at + 2);
const spaced = (_: string, at: number): Piece => piece(' ', at + 2);

type Reader = (source: string, at: number) => Piece;
type Readers = readonly (readonly [start: string, read: Reader])[];

const insideDouble: Readers = [
  ['\\\n', continued],
  ['\\"', literally],
  ['\\\\', literally],
  ['\\$', literally],
  ['\\`', literally],
  ['$(', refuseSubstitution],
  ['`', refuseSubstitution],
  ['$', readVariable],
];

const outside: Readers = [
  ["$'", readAnsiQuoted],
  ['$"', (source, at) => readDoubleQuoted(source, at + 1)],
  ["'", readSingleQuoted],
  ['"', readDoubleQuoted],
  ['\\', literally],
  ['$(', refuseSubstitution],
  ['`', refuseSubstitution],
  ['$', readVariable],
];

/** Line ends that go on: of POSIX shells, of the Windows prompt, of PowerShell. */
const continuations: Readers = [
  ['\\\n', spaced],
  ['^\n', spaced],
  ['`\n', spaced],
];

function pieceOf(readers: Readers, source: string, at: number): Piece {
  const reader = readers.find(([start]) => source.startsWith(start, at));
  return reader ? reader[1](source, at) : piece(source[at]!, at + 1);
}

/** "Copy as cURL (cmd)" of browsers escapes each quote by a caret; without the carets it reads like a POSIX command. */
function withoutCarets(source: string): string {
  if (!/(^|\s)\^"/.test(source)) return source;
  return source
    .replace(/[$`]/g, '\\$&')
    .replace(/\^(?:(\n\n)|(\n)|([\s\S]))/g, (_, blankLine, lineEnd, char) => (blankLine ? '\n' : lineEnd ? ' ' : char));
}

const operator = /&&|\|\|?|;|\d?>|<|&(?=\s|$)/y;

function operatorAt(source: string, at: number, insideWord: boolean): string | null {
  operator.lastIndex = at;
  const found = operator.exec(source)?.[0];
  return found === undefined || (insideWord && /^\d/.test(found)) ? null : found;
}

/**
 * The words of the first command in `source`.
 * @throws SyntaxError with a clause that says what cannot be read.
 */
export function shellWords(source: string): ShellLine {
  const text = withoutCarets(source.replace(/\r\n?/g, '\n'));
  const words: ShellWord[] = [];
  let pieces: Piece[] = [];
  const finish = (): void => {
    if (pieces.length === 0) return;
    words.push({ text: pieces.map((one) => one.text).join(''), variables: pieces.flatMap((one) => one.variables) });
    pieces = [];
  };
  for (let at = 0; at < text.length; ) {
    const gap = /\s/.test(text[at]!) ? piece('', at + 1) : gapAt(text, at);
    const ending = gap ? null : operatorAt(text, at, pieces.length > 0);
    if (ending !== null) {
      finish();
      return { words, endedBy: ending };
    }
    if (gap) finish();
    else pieces.push(pieceOf(outside, text, at));
    at = gap?.next ?? pieces.at(-1)!.next;
  }
  finish();
  return { words, endedBy: null };
}

function gapAt(source: string, at: number): Piece | null {
  const reader = continuations.find(([start]) => source.startsWith(start, at));
  return reader ? reader[1](source, at) : null;
}
