// Splits a text into the word pieces of an uncased BERT vocabulary.
import { readFileSync } from 'node:fs';

/** A text as numbers, without the marks for its beginning and end. */
export interface Pieces {
  readonly ids: readonly number[];
  /**
   * Share of pieces that tell the English encoder nothing, 0..1: unknown ones, and words of other scripts that fell
   * apart into single letters.
   */
  readonly unknown: number;
  /** Share of pieces that go on with a word, 0..1: the vocabulary is English, words of other languages fall apart. */
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

/** Cleans, lowers and strips accents as BERT's uncased normaliser does, then cuts at blanks and punctuation. */
function wordsOf(text: string): string[] {
  const cleaned = text
    .replace(/[\t\n\r]/g, ' ')
    .replace(controls, '')
    .replace(chinese, ' $& ');
  const bare = cleaned
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '');
  return bare.match(word) ?? [];
}

const opened = new Map<string, WordPiece>();

/**
 * Greedy longest match first (Wu et al. 2016, arXiv:1609.08144, as in BERT). `vocabularyPath` holds one piece a line,
 * whose number is its id. Models of one vocabulary share what was read of it.
 */
export function openWordPiece(vocabularyPath: string): WordPiece {
  const known = opened.get(vocabularyPath) ?? readWordPiece(vocabularyPath);
  opened.set(vocabularyPath, known);
  return known;
}

function readWordPiece(vocabularyPath: string): WordPiece {
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
    const ids = wordsOf(text).flatMap(piecesOf);
    const shareOf = (isMeant: (id: number) => boolean): number =>
      ids.length === 0 ? 0 : ids.filter(isMeant).length / ids.length;
    return {
      ids,
      unknown: shareOf((id) => id === unknownId || oneForeignLetter.test(pieces[id]!)),
      continued: shareOf((id) => pieces[id]!.startsWith('##')),
    };
  }

  const [begin, end] = [idOf.get('[CLS]')!, idOf.get('[SEP]')!];
  const row = (ids: readonly number[], most: number): number[] => [begin, ...ids.slice(0, most), end];

  return { padding: idOf.get('[PAD]')!, row, encode };
}
