// A fine-tuned transformer that gives one number a text: log-odds of being what it was trained to find.
import { foreignLetters, readsAsEnglish } from '../core/text/english.ts';
import { openOnnxModel } from './onnx-runtime.ts';
import { openWordPiece, type Pieces } from './word-piece.ts';

const MOST_UNKNOWN = 0.2;
const MOST_CONTINUED = 0.4;
const MOST_FOREIGN_LETTERS = 0.03;

/** Whether the encoder can read the text: it knows English alone, and of other languages it says what is not so. */
export const isReadable = (text: string, { ids, unknown, continued }: Pieces): boolean =>
  ids.length > 0 &&
  unknown <= MOST_UNKNOWN &&
  continued <= MOST_CONTINUED &&
  foreignLetters(text) <= MOST_FOREIGN_LETTERS &&
  readsAsEnglish(text);

/** Later pieces of a text are not read. */
export const MOST_PIECES = 126;
const BATCH = 8;

export interface Encoder {
  /** Log-odds in the order of the texts; null for a text that the encoder cannot read. */
  logits(texts: readonly string[]): Promise<(number | null)[]>;
}

/** Opens weights and vocabulary. Throws RUNTIME_MISSING where the optional ONNX runtime is not installed. */
export async function openEncoder(modelPath: string, vocabularyPath: string): Promise<Encoder> {
  const pieces = openWordPiece(vocabularyPath);
  const model = await openOnnxModel(modelPath, pieces.padding);

  async function logits(texts: readonly string[]): Promise<(number | null)[]> {
    const found: (number | null)[] = texts.map(() => null);
    const rows = texts.flatMap((text, place) => {
      const read = pieces.encode(text);
      return isReadable(text, read) ? [{ place, ids: pieces.row(read.ids, MOST_PIECES) }] : [];
    });
    for (let from = 0; from < rows.length; from += BATCH) {
      const batch = rows.slice(from, from + BATCH);
      const values = await model.run(batch.map(({ ids }) => ids));
      for (const [index, { place }] of batch.entries()) found[place] = values[index]!;
    }
    return found;
  }

  return { logits };
}
