// A transformer over English texts that gives a few numbers a text: a place in a space of meanings, or a log-odds a class.
import { fileURLToPath } from 'node:url';
import { openOnnxModel } from './onnx-runtime.ts';
import { openWordPiece } from './word-piece.ts';

const vocabulary = fileURLToPath(new URL('../../data/models/all-minilm-l6-v2/vocab.txt', import.meta.url));

/** What the first weights were trained on; later pieces are not read. */
const MOST_PIECES = 254;
const BATCH = 16;

/** As many numbers a text as the model has answers, in the order of the texts. */
export type TextVectors = (texts: readonly string[]) => Promise<Float32Array[]>;

/** Opens the weights at `path` (ONNX, int8). Throws RUNTIME_MISSING where the optional runtime is not installed. */
export async function openTextVectors(path: string): Promise<TextVectors> {
  const pieces = openWordPiece(vocabulary);
  const model = await openOnnxModel(path, pieces.padding);
  const rowOf = (text: string): number[] => pieces.row(pieces.encode(text).ids, MOST_PIECES);

  return async (texts) => {
    const vectors: Float32Array[] = [];
    for (let from = 0; from < texts.length; from += BATCH) {
      const rows = texts.slice(from, from + BATCH).map(rowOf);
      const flat = await model.run(rows);
      const width = flat.length / rows.length;
      for (let row = 0; row < rows.length; row++) vectors.push(flat.slice(row * width, (row + 1) * width));
    }
    return vectors;
  };
}
