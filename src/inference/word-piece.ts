// Splits a text into the word pieces of a BERT vocabulary.
import { readFileSync } from 'node:fs';

/** A text as numbers, without the marks for its beginning and end. */
export interface Pieces {
  readonly ids: readonly number[];
  /** Share of pieces that the vocabulary does not have, 0..1. */
  readonly unknown: number;
  /** Share of single letters of other scripts than Latin, into which words fell apart, 0..1. */
  readonly letters: number;
  /** Share of pieces that go on with a word, 0..1: high where the vocabulary does not know the language. */
  readonly continued: number;
}

export interface WordPiece {
  /** What a model is given of a text: its first pieces, `most` of them, between the marks. */
  row(pieces: readonly number[], most: number): number[];
  readonly padding: number;
  encode(text: string): Pieces;
}

/** Longer words are unknown as a whole, as in the reference implementation. */
const LONGEST_WORD = 100;

const controls = /[\p{Cc}\p{Cf}\ufffd]/gu;
const chinese = /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{2fa1f}]/gu;
/** Runs without blank or punctuation; each punctuation sign by itself. ASCII symbols count as punctuation. */
const word = /[^\s\p{P}$+<=>^`|~]+|[\p{P}$+<=>^`|~]/gu;
const oneForeignLetter = /^(?:##)?[^\x20-\x7e]$/u;

/** Whether a vocabulary tells small letters from capitals and keeps accents. */
export type Casing = 'cased' | 'uncased';

const shouted = /\p{Lu}[\p{Lu}\p{M}]{3,}/gu;

/** As BERT's normalisers do; but words in capitals alone, which a cased vocabulary hardly has, are read in small letters. */
const bared: Record<Casing, (text: string) => string> = {
  uncased: (text) =>
    text
      .toLowerCase()
      .normalize('NFD')
      .replace(/\p{Mn}/gu, ''),
  cased: (text) => text.normalize('NFC').replace(shouted, (found) => found.toLowerCase()),
};

/** Cleans the text, then cuts at blanks and punctuation. */
function wordsOf(text: string, casing: Casing): string[] {
  const cleaned = text
    .replace(/[\t\n\r]/g, ' ')
    .replace(controls, '')
    .replace(chinese, ' $& ');
  return bared[casing](cleaned).match(word) ?? [];
}

const opened = new Map<string, WordPiece>();

/**
 * Greedy longest match first (Wu et al. 2016, arXiv:1609.08144, as in BERT). `vocabularyPath` holds one piece a line,
 * whose number is its id. Models of one vocabulary share what was read of it.
 */
export function openWordPiece(vocabularyPath: string, casing: Casing = 'uncased'): WordPiece {
  const known = opened.get(vocabularyPath) ?? readWordPiece(vocabularyPath, casing);
  opened.set(vocabularyPath, known);
  return known;
}

function readWordPiece(vocabularyPath: string, casing: Casing): WordPiece {
  const pieces = readFileSync(vocabularyPath, 'utf8').split('\n');
  const idOf = new Map(pieces.map((piece, id) => [piece, id]));
  const unknownId = idOf.get('[UNK]')!;

  /** The longest piece at `from`: where it ends, or null where none fits. */
  function longestAt(text: string, from: number): { readonly id: number; readonly to: number } | null {
    const mark = from === 0 ? '' : '##';
    for (let to = text.length; to > from; to--) {
      const id = idOf.get(mark + text.slice(from, to));
      if (id !== undefined) return { id, to };
    }
    return null;
  }

  function piecesOf(text: string): number[] {
    if (text.length > LONGEST_WORD) return [unknownId];
    const found: number[] = [];
    for (let from = 0; from < text.length; ) {
      const piece = longestAt(text, from);
      if (piece === null) return [unknownId];
      found.push(piece.id);
      from = piece.to;
    }
    return found;
  }

  function encode(text: string): Pieces {
    const ids = wordsOf(text, casing).flatMap(piecesOf);
    const shareOf = (isMeant: (id: number) => boolean): number =>
      ids.length === 0 ? 0 : ids.filter(isMeant).length / ids.length;
    return {
      ids,
      unknown: shareOf((id) => id === unknownId),
      letters: shareOf((id) => oneForeignLetter.test(pieces[id]!)),
      continued: shareOf((id) => pieces[id]!.startsWith('##')),
    };
  }

  const [begin, end] = [idOf.get('[CLS]')!, idOf.get('[SEP]')!];
  const row = (ids: readonly number[], most: number): number[] => [begin, ...ids.slice(0, most), end];

  return { padding: idOf.get('[PAD]')!, row, encode };
}
