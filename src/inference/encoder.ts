// A fine-tuned transformer that gives one number a text: log-odds of being what it was trained to find.
import { openOnnxModel } from './onnx-runtime.ts';
import { openWordPiece } from './word-piece.ts';

/** Above this share of pieces that it cannot read the encoder is not asked: it knows English alone. */
export const MOST_UNKNOWN = 0.2;

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
      const { ids, unknown } = pieces.encode(text);
      if (ids.length === 0 || unknown > MOST_UNKNOWN) return [];
      return [{ place, ids: pieces.row(ids, MOST_PIECES) }];
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
