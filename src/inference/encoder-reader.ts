// What a fine-tuned transformer is given of a text, and which texts it can read at all.
import { foreignLetters, readsAsEnglish } from '../core/text/english.ts';
import { openWordPiece, type Pieces } from './word-piece.ts';

export interface EncoderReader {
  /** The numbers of the text's pieces between the marks; null where the encoder cannot read it. */
  row(text: string): number[] | null;
  /** The number that fills up shorter rows. */
  readonly padding: number;
}

const MOST_UNKNOWN = 0.2;
const MOST_CONTINUED = 0.4;
const MOST_FOREIGN_LETTERS = 0.03;

const isEnglish = (text: string, { unknown, letters, continued }: Pieces): boolean =>
  unknown + letters <= MOST_UNKNOWN &&
  continued <= MOST_CONTINUED &&
  foreignLetters(text) <= MOST_FOREIGN_LETTERS &&
  readsAsEnglish(text);

/** Later pieces of a text are not read. */
export const MOST_PIECES = 126;
/** Above it a script has no words in the vocabulary, as Thai. */
const MOST_CONTINUED_MULTILINGUAL = 0.7;
/** Words of most languages fall into more pieces than English ones. */
const MOST_MULTILINGUAL_PIECES = 160;

/** Knows English alone: of other languages its encoder says what is not so. */
export function englishReader(vocabularyPath: string): EncoderReader {
  const pieces = openWordPiece(vocabularyPath);
  return {
    padding: pieces.padding,
    row(text) {
      const read = pieces.encode(text);
      return read.ids.length > 0 && isEnglish(text, read) ? pieces.row(read.ids, MOST_PIECES) : null;
    },
  };
}

/** Knows the languages of its vocabulary, English among them. */
export function multilingualReader(vocabularyPath: string): EncoderReader {
  const pieces = openWordPiece(vocabularyPath, 'cased');
  return {
    padding: pieces.padding,
    row(text) {
      const { ids, unknown, continued } = pieces.encode(text);
      const isRead = ids.length > 0 && unknown <= MOST_UNKNOWN && continued <= MOST_CONTINUED_MULTILINGUAL;
      return isRead ? pieces.row(ids, MOST_MULTILINGUAL_PIECES) : null;
    },
  };
}
