// Where a text stops being JSON, and what is said of it: the words of the engine name tokens, and often no place. Pure.

/** Counted from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** Of a longer text no place is looked for: that takes parsing it again some twenty times. */
const MOST_CHARACTERS = 4 * 1024 * 1024;

const isUnexpectedToken = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('Unexpected token');

/** V8 names the token and not its place: that is where the shortest beginning ends that has the same error. */
function offsetOfToken(text: string): number {
  const hasToken = (length: number): boolean => {
    try {
      JSON.parse(text.slice(0, length));
      return false;
    } catch (error) {
      return isUnexpectedToken(error);
    }
  };
  let [without, having] = [0, text.length];
  while (having - without > 1) {
    const middle = (without + having) >> 1;
    if (hasToken(middle)) having = middle;
    else without = middle;
  }
  return without;
}

function offsetOf(text: string, error: unknown): number {
  if (isUnexpectedToken(error)) return offsetOfToken(text);
  const position = /at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  return position === undefined ? text.length : Number(position);
}

function placeAt(text: string, offset: number): TextPlace {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** `error` is what JSON.parse threw for the text. */
export const placeOfFault = (text: string, error: unknown): TextPlace => placeAt(text, offsetOf(text, error));

function wordsOf(character: string | undefined): string {
  if (character === undefined) return 'it ends too early';
  if (character < ' ') return 'a text holds a line break or tab: write \\n or \\t';
  return `${character === '"' ? "'\"'" : `"${character}"`} does not belong there`;
}

/**
 * What is wrong with a text that is no JSON, without a full stop; `error` is what JSON.parse threw for it. `from`: the line
 * of a file in which the text begins, where it is a part of one that may go over several lines.
 */
export function notJson(text: string, error: unknown, from?: number): string {
  if (text.length > MOST_CHARACTERS) return 'not valid JSON';
  const offset = offsetOf(text, error);
  const { line, column } = placeAt(text, offset);
  const at = from === undefined && !text.trimEnd().includes('\n') ? '' : `line ${(from ?? 1) + line - 1}, `;
  // In its first line a part begins somewhere.
  const place = from !== undefined && line === 1 ? at.replace(', ', '') : `${at}column ${column}`;
  return `not valid JSON (${place}: ${wordsOf([...text.slice(offset, offset + 2)][0])})`;
}
