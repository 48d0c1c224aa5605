// The forms in which a text can be read: as it was sent, without disguise, and what is written in codes inside it.
// A detector is asked about each of them, so that a code hides nothing. All together linear in the length.
import { removeEmojiInWords } from '../core/text/invisible.ts';
import { leetspeak } from '../core/text/leetspeak.ts';
import { normalise } from '../core/text/normalise.ts';
import { type Piece, piecesInCode } from './coded-pieces.ts';
import { readScrambled } from './scrambled-words.ts';
import { readTurned } from './turned-text.ts';

/** `sent`: places in it are places of the message. `plain`: the same, as it would be read. `decoded`: what codes in it say. */
export type FormKind = 'sent' | 'plain' | 'decoded';

export interface Form {
  readonly kind: FormKind;
  readonly text: string;
  /** For `decoded`: its lines, and where each was written in the text as sent. Empty for the others. */
  readonly pieces: readonly Piece[];
}

/** Single letters with the same gap between them, at least six: "i g n o r e". */
const spaced = /(?<![\p{L}\p{N}])\p{L}(?:([ .\-_*])\p{L}(?:\1\p{L}){4,})(?![\p{L}\p{N}])/gu;
const joinSpaced = (text: string): string =>
  text.replace(spaced, (run) =>
    Array.from(run)
      .filter((_letter, index) => index % 2 === 0)
      .join(''),
  );

/** A digit or sign between letters, or before some: without one there is no leetspeak to read. */
const mayBeLeet = /(?<=[a-z])[01345@$7!|][a-z]|(?<![\w@])[01345@$7][a-z]{2}/i;

const LEAST_LEET_SHARE = 0.1;

/** Leetspeak is the manner of a whole line; one such word among many is the name of a product. */
function readLeetLine(line: string): string {
  const read = mayBeLeet.test(line) ? leetspeak.decode(line) : null;
  if (read === null) return line;
  const words = line.split(/\s+/);
  const readWords = read.split(/\s+/);
  const changed = words.filter((word, index) => word !== readWords[index]).length;
  return changed / words.length >= LEAST_LEET_SHARE ? read : line;
}

const readLeet = (text: string): string =>
  mayBeLeet.test(text) ? text.split('\n').map(readLeetLine).join('\n') : text;

function plainOf(text: string): string {
  return readScrambled(readLeet(joinSpaced(removeEmojiInWords(normalise(text)))));
}

/** The forms of a text, the text as sent first; a form that says nothing new is left out. */
export function formsOf(text: string): readonly Form[] {
  const forms: Form[] = [{ kind: 'sent', text, pieces: [] }];
  const plain = plainOf(text);
  if (plain !== text.trim() && plain !== '') forms.push({ kind: 'plain', text: plain, pieces: [] });
  const pieces = [...piecesInCode(text), ...readTurned(text)];
  if (pieces.length === 0) return forms;
  return [...forms, { kind: 'decoded', text: pieces.map((piece) => piece.text).join('\n'), pieces }];
}
